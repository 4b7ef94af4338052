import CKernels
import Testing

/// The products of one implementation, as a test argument.
struct ProductTable: CustomTestStringConvertible, @unchecked Sendable {
    private let products: ck_products

    init?(_ implementation: ck_implementation) {
        guard let products = ck_products_for(implementation) else { return nil }
        self.products = products.pointee
    }

    var testDescription: String { String(cString: products.name) }

    /// One row of activations as integers.
    func blocks(_ x: [Float], _ format: ck_activation_format) -> [ActivationBlock] {
        quantized([x], format).map { ActivationBlock($0) }
    }

    private func quantized(_ rows: [[Float]], _ format: ck_activation_format) -> [ck_activation_block] {
        let depth = rows[0].count
        var blocks = [ck_activation_block](repeating: ck_activation_block(), count: (depth + 255) / 256 * rows.count)
        blocks.withUnsafeMutableBufferPointer { blocks in
            guard let first = blocks.baseAddress else { return }
            for (row, x) in rows.enumerated() { products.quantize(x, depth, format, first + row, rows.count) }
        }
        return blocks
    }

    /// The product, with the columns between the results of two rows that nothing may write to.
    func multiply(_ operands: ProductOperands, accumulate: Bool) -> [UInt32] {
        let shape = operands.shape
        let format = ck_activation_format_for(operands.type)
        let rows = (0..<shape.rows).map {
            Array(operands.x[($0 * operands.depth)..<(($0 + 1) * operands.depth)])
        }
        let blocks = format == CK_ACTIVATIONS_FLOAT ? [] : quantized(rows, format)
        var y = operands.start
        operands.weights.withUnsafeBytes { weights in
            operands.x.withUnsafeBufferPointer { x in
                blocks.withUnsafeBufferPointer { blocks in
                    y.withUnsafeMutableBufferPointer { y in
                        guard let start = weights.baseAddress, let to = y.baseAddress else { return }
                        // One byte on, so that no number lies where it would best.
                        var product = ck_product(
                            type: operands.type, weights: start + 1, weight_stride_bytes: operands.rowBytes,
                            outputs: shape.outputs, depth: operands.depth, x: x.baseAddress,
                            x_blocks: blocks.baseAddress,
                            x_stride: format == CK_ACTIVATIONS_FLOAT ? operands.depth : shape.rows,
                            rows: shape.rows, y: to, y_stride: operands.yStride, accumulate: accumulate ? 1 : 0)
                        products.multiply(&product)
                    }
                }
            }
        }
        return y.map { $0.isNaN ? UInt32.max : $0.bitPattern }
    }
}

/// What of a block can be compared.
struct ActivationBlock: Equatable {
    let values: [Int8]
    let corrections: [Int32]
    let sums: [Int16]
    let scales: [Float]
    // NaN equals NaN here.
    private let scaleBits: [UInt32]

    init(_ block: ck_activation_block) {
        values = withUnsafeBytes(of: block.values) { Array($0.bindMemory(to: Int8.self)) }
        corrections = withUnsafeBytes(of: block.corrections) { Array($0.bindMemory(to: Int32.self)) }
        sums = withUnsafeBytes(of: block.sums) { Array($0.bindMemory(to: Int16.self)) }
        scales = withUnsafeBytes(of: block.scales) { Array($0.bindMemory(to: Float.self)) }
        scaleBits = scales.map { $0.isNaN ? UInt32.max : $0.bitPattern }
    }

    static func == (a: Self, b: Self) -> Bool {
        a.values == b.values && a.corrections == b.corrections && a.sums == b.sums && a.scaleBits == b.scaleBits
    }
}

/// Extents of a product; the depth in blocks of the type, or in numbers if it has no blocks.
struct ProductShape: CustomStringConvertible {
    let rows: Int
    let outputs: Int
    let blocks: Int
    let depth: Int

    var description: String { "\(rows) x \(outputs), \(blocks) blocks or \(depth) numbers" }

    static let all = [
        ProductShape(rows: 1, outputs: 1, blocks: 1, depth: 1), ProductShape(rows: 1, outputs: 9, blocks: 3, depth: 15),
        ProductShape(rows: 2, outputs: 33, blocks: 2, depth: 77),
        ProductShape(rows: 3, outputs: 8, blocks: 9, depth: 16),
        ProductShape(rows: 5, outputs: 31, blocks: 4, depth: 513),
        ProductShape(rows: 6, outputs: 32, blocks: 1, depth: 64),
        ProductShape(rows: 7, outputs: 5, blocks: 11, depth: 1031),
        ProductShape(rows: 14, outputs: 40, blocks: 3, depth: 31),
        ProductShape(rows: 45, outputs: 17, blocks: 2, depth: 600),
    ]
}

/// How large the scales of blocks are.
enum ScaleRange { case usual, huge, tiny }

/// Random weights and activations.
struct ProductOperands {
    let type: UInt32
    let shape: ProductShape
    let depth: Int
    let rowBytes: Int
    /// The weights, from the second byte on.
    private(set) var weights: [UInt8]
    var x: [Float]
    /// What is in y before: (rows, yStride).
    let start: [Float]
    var yStride: Int { shape.outputs + 3 }

    init(type: UInt32, shape: ProductShape, scale: ScaleRange, seed: UInt64) {
        var numbers = Numbers(seed: seed)
        guard let format = ck_block_format_for(type)?.pointee else { preconditionFailure("no type \(type)") }
        self.type = type
        self.shape = shape
        depth = format.weights == 1 ? shape.depth : shape.blocks * format.weights
        rowBytes = depth / format.weights * format.bytes
        weights = (0..<(rowBytes * shape.outputs + 1)).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
        let spread: Float = scale == .usual ? 2 : scale == .huge ? 1e34 : 1e-34
        x = numbers.floats(shape.rows * depth, spread: spread)
        start = numbers.floats(shape.rows * (shape.outputs + 3))
        let offsets = [format.scale_offsets.0, format.scale_offsets.1].prefix(Int(format.scale_count))
        for block in stride(from: 1, to: weights.count, by: format.bytes) {
            for offset in offsets {
                // Exponents near 1 as 16-bit and as 32-bit floats, or near the ends of the 16-bit ones.
                let random = UInt16(truncatingIfNeeded: numbers.next())
                let bits: UInt16 =
                    switch scale {
                    case .usual: format.exponent_mask == 0x7C00 ? random & 0x87FF | 0x2000 : random & 0x80FF | 0x3F00
                    case .huge: random & 0x83FF | 0x7800
                    case .tiny: random & 0x83FF
                    }
                weights[block + Int(offset)] = UInt8(truncatingIfNeeded: bits)
                weights[block + Int(offset) + 1] = UInt8(truncatingIfNeeded: bits >> 8)
            }
        }
    }

    /// Makes all bytes of the blocks the same, except for the scales.
    mutating func fillWeights(with byte: UInt8) {
        guard let format = ck_block_format_for(type)?.pointee else { return }
        let offsets = [format.scale_offsets.0, format.scale_offsets.1].prefix(Int(format.scale_count))
        for i in 1..<weights.count {
            let place = (i - 1) % format.bytes
            if !offsets.contains(where: { place == Int($0) || place == Int($0) + 1 }) { weights[i] = byte }
        }
    }

    /// The largest difference from the product in double precision, relative to the sum of the terms' sizes; infinite
    /// if anything else was written to.
    func largestError(_ found: [UInt32], accumulate: Bool) -> Double {
        var w = [Float](repeating: 0, count: shape.outputs * depth)
        guard let format = ck_block_format_for(type)?.pointee else { return .infinity }
        w.withUnsafeMutableBufferPointer { w in
            weights.withUnsafeBufferPointer { bytes in
                guard let to = w.baseAddress, let from = bytes.baseAddress else { return }
                format.dequantize(from + 1, shape.outputs * depth / format.weights, to)
            }
        }
        var largest = 0.0
        for row in 0..<shape.rows {
            for column in 0..<yStride {
                let place = row * yStride + column
                let number = Double(Float(bitPattern: found[place]))
                if column >= shape.outputs {
                    if found[place] != start[place].bitPattern { return .infinity }
                    continue
                }
                var sum = accumulate ? Double(start[place]) : 0
                var size = abs(sum) + 1e-30
                for k in 0..<depth {
                    let term = Double(x[row * depth + k]) * Double(w[column * depth + k])
                    sum += term
                    size += abs(term)
                }
                let error = abs(number - sum) / size
                if error.isNaN { return .infinity }
                largest = max(largest, error)
            }
        }
        return largest
    }
}
