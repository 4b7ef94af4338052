import CKernels
import Testing

@Suite("Products with weights as files store them agree with plain arithmetic")
struct ProductTableTests {
    private static let vectors: [ProductTable] = [CK_AVX2, CK_AVX512].compactMap { ProductTable($0) }
    private static let all = [ProductTable(CK_PLAIN)].compactMap { $0 } + vectors
    private static let integerTypes: [UInt32] = [2, 8, 12, 13, 14]
    private static let floatTypes: [UInt32] = [0, 1, 30, 3, 6, 7, 10, 11, 20, 23]

    @Test("activations become the same integers", arguments: vectors)
    func activations(table: ProductTable) throws {
        let plain = try #require(ProductTable(CK_PLAIN))
        var numbers = Numbers(seed: 31)
        for format in [CK_ACTIVATIONS_SHARED_BY_32, CK_ACTIVATIONS_SHARED_BY_256] {
            for depth in [32, 64, 256, 288, 1024] {
                var x = numbers.floats(depth, spread: 3)
                #expect(table.blocks(x, format) == plain.blocks(x, format), "\(depth)")
                for extreme in [0, 0x1p-146, 0x1p-128, 3e38, .infinity, .nan] as [Float] {
                    x[Int(numbers.next() % UInt64(depth))] = -extreme
                    #expect(table.blocks(x, format) == plain.blocks(x, format), "\(depth), \(extreme)")
                }
                let zeros = [Float](repeating: 0, count: depth)
                #expect(table.blocks(zeros, format) == plain.blocks(zeros, format))
            }
        }
    }

    @Test("activations are integers within half a step of what they stand for", arguments: all)
    func steps(table: ProductTable) {
        var numbers = Numbers(seed: 32)
        let x = numbers.floats(320, spread: 1000)
        for (format, shared) in [(CK_ACTIVATIONS_SHARED_BY_32, 32), (CK_ACTIVATIONS_SHARED_BY_256, 256)] {
            let blocks = table.blocks(x, format)
            for (i, number) in x.enumerated() {
                let group = x[(i / shared * shared)..<min(x.count, (i / shared + 1) * shared)]
                let scale = blocks[i / 256].scales[i % 256 / 32]
                let largest = group.map { abs($0) }.max() ?? 0
                #expect(abs(scale - largest / 127) <= 1e-6 * largest)
                #expect(abs(Float(blocks[i / 256].values[i % 256]) * scale - number) <= 0.5001 * scale)
            }
        }
    }

    @Test("sums of integers give the same bits as in plain C", arguments: vectors, integerTypes)
    func integers(table: ProductTable, type: UInt32) throws {
        let plain = try #require(ProductTable(CK_PLAIN))
        for shape in ProductShape.all {
            for scale in [ScaleRange.usual, .huge, .tiny] {
                let operands = ProductOperands(type: type, shape: shape, scale: scale, seed: 33)
                for accumulate in [false, true] {
                    let (found, expected) = (
                        table.multiply(operands, accumulate: accumulate),
                        plain.multiply(operands, accumulate: accumulate)
                    )
                    #expect(found == expected, "\(shape) \(scale)")
                }
            }
        }
    }

    @Test("sums of floats agree with those in double precision", arguments: all, floatTypes)
    func floats(table: ProductTable, type: UInt32) {
        for shape in ProductShape.all {
            let operands = ProductOperands(type: type, shape: shape, scale: .usual, seed: 34)
            for accumulate in [false, true] {
                let found = table.multiply(operands, accumulate: accumulate)
                #expect(operands.largestError(found, accumulate: accumulate) < 1e-6, "\(shape)")
            }
        }
    }

    @Test("the largest weights and activations do not overflow", arguments: all, integerTypes)
    func extremes(table: ProductTable, type: UInt32) throws {
        let plain = try #require(ProductTable(CK_PLAIN))
        for byte in [0x00, 0x7F, 0x80, 0xFF] as [UInt8] {
            let shape = ProductShape(rows: 3, outputs: 5, blocks: 8, depth: 0)
            var operands = ProductOperands(type: type, shape: shape, scale: .usual, seed: 35)
            operands.fillWeights(with: byte)
            for sign in [1, -1] as [Float] {
                operands.x = operands.x.map { _ in sign * 2 }
                let found = table.multiply(operands, accumulate: false)
                #expect(found == plain.multiply(operands, accumulate: false))
                // All activations are 127 steps, so there is no rounding to speak of.
                #expect(operands.largestError(found, accumulate: false) < 1e-5, "\(byte)")
            }
        }
    }
}
