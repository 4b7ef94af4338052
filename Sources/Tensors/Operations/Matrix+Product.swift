import CKernels

extension Matrix {
    /// Sets this matrix to the products of `x` (n, in) with the transposes of several weights (out, in), side by side:
    /// (n, sum of out).
    ///
    /// A row of the result depends on its row of `x` alone, bit by bit, whatever the other rows and however many
    /// threads there are. Weights are used as they are stored; for most quantised types the rows of `x` are rounded to
    /// eight bits with a scale for each 32 or 256 of them. Infinite or NaN activations give NaN.
    /// Cost: 2 * n * in * out operations.
    public mutating func setProduct(_ x: Matrix, _ weights: [WeightMatrix], threads: ThreadPool) {
        reshape(rows: x.rows, columns: weights.reduce(0) { $0 + $1.rows })
        multiply(x, weights, into: mutablePointer(), stride: columns, accumulate: false, threads: threads)
    }

    /// Adds the product of `x` (n, in) with the transpose of a weight (out, in) to this matrix (n, out).
    public mutating func addProduct(_ x: Matrix, _ weight: WeightMatrix, threads: ThreadPool) {
        precondition(rows == x.rows && columns == weight.rows)
        multiply(x, [weight], into: mutablePointer(), stride: columns, accumulate: true, threads: threads)
    }

    /// The product of this matrix (n, in) with the transpose of a weight (out, in): (n, out).
    public func multiplied(by weight: WeightMatrix, threads: ThreadPool) -> Matrix {
        var result = Matrix(uninitializedRows: 0, columns: 0)
        result.setProduct(self, [weight], threads: threads)
        return result
    }
}

private func multiply(
    _ x: Matrix, _ weights: [WeightMatrix], into y: UnsafeMutablePointer<Float>, stride: Int, accumulate: Bool,
    threads: ThreadPool
) {
    precondition(weights.allSatisfy { $0.columns == x.columns })
    guard x.rows > 0, x.columns > 0 else { return }
    let products = ck_products_beside(threads.kernels.table)
    let activations = Activations(x, for: weights, products: products, threads: threads)
    let split = ProductSplit(weights, rows: x.rows, threadCount: threads.threadCount)
    let compute = { (task: Int, _: Int) in
        let part = split.part(task, of: weights)
        let weight = weights[part.weight]
        let rows = activations.rows(part.rows, for: weight.type)
        var product = ck_product(
            type: weight.type.rawValue, weights: weight.bytes + part.outputs.lowerBound * weight.rowBytes,
            weight_stride_bytes: weight.rowBytes, outputs: part.outputs.count, depth: weight.columns,
            x: rows.floats, x_blocks: rows.blocks, x_stride: rows.stride, rows: part.rows.count,
            y: y + part.rows.lowerBound * stride + part.column, y_stride: stride, accumulate: accumulate ? 1 : 0)
        products.pointee.multiply(&product)
    }
    threads.run(count: split.count, body: compute)
    activations.giveBack(to: threads)
    withExtendedLifetime(x) {}
}

/// The rows of `x` in all forms that some weights need.
private struct Activations {
    let floats: UnsafePointer<Float>
    let columns: Int
    let rows: Int
    // By format: blocks (columns / 256, rows) in borrowed memory.
    private var quantized: [(format: ck_activation_format, storage: AlignedStorage)] = []

    init(
        _ x: Matrix, for weights: [WeightMatrix], products: UnsafePointer<ck_products>, threads: ThreadPool
    ) {
        (floats, columns, rows) = (x.pointer, x.columns, x.rows)
        for weight in weights {
            let format = ck_activation_format_for(weight.type.rawValue)
            if format == CK_ACTIVATIONS_FLOAT || quantized.contains(where: { $0.format == format }) { continue }
            let blocksPerRow = (columns + Int(CK_ACTIVATION_BLOCK) - 1) / Int(CK_ACTIVATION_BLOCK)
            let floatsPerBlock = MemoryLayout<ck_activation_block>.stride / MemoryLayout<Float>.stride
            let storage = threads.scratch.borrow(rows * blocksPerRow * floatsPerBlock)
            quantized.append((format, storage))
            let (from, to, rows, columns) = (floats, Self.blocks(storage), self.rows, self.columns)
            forRows(rows, columns, threads) { row in
                products.pointee.quantize(from + row * columns, columns, format, to + row, rows)
            }
        }
    }

    /// Some of the rows in the form that weights of a type need.
    func rows(_ range: Range<Int>, for type: TensorType) -> (
        floats: UnsafePointer<Float>?, blocks: UnsafePointer<ck_activation_block>?, stride: Int
    ) {
        let format = ck_activation_format_for(type.rawValue)
        if let blocks = quantized.first(where: { $0.format == format }) {
            return (nil, UnsafePointer(Self.blocks(blocks.storage) + range.lowerBound), rows)
        }
        return (floats + range.lowerBound * columns, nil, columns)
    }

    func giveBack(to threads: ThreadPool) {
        for blocks in quantized { threads.scratch.giveBack(blocks.storage) }
    }

    private static func blocks(_ storage: AlignedStorage) -> UnsafeMutablePointer<ck_activation_block> {
        UnsafeMutableRawPointer(storage.pointer).assumingMemoryBound(to: ck_activation_block.self)
    }
}
