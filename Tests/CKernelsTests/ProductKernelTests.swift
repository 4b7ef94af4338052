import CKernels
import Testing

@Suite("Kernels of products agree with plain arithmetic")
struct ProductKernelTests {
    private static let depths = [1, 3, 8, 15, 16, 17, 33, 64, 100, 256]

    @Test("packed rows are the transposed rows", arguments: KernelTable.all)
    func packRows(table: KernelTable) {
        var numbers = Numbers(seed: 11)
        let tile = Int(CK_TILE_ROWS)
        for rows in 1...tile {
            for depth in Self.depths {
                let stride = depth + 5
                let x = numbers.floats(rows * stride)
                var packed = [Float](repeating: .nan, count: depth * tile + 1)
                table.kernels.pack_rows(x, stride, rows, depth, &packed)
                var expected = [Float](repeating: 0, count: depth * tile)
                for row in 0..<rows { for k in 0..<depth { expected[k * tile + row] = x[row * stride + k] } }
                #expect(Array(packed.dropLast()) == expected, "\(rows) x \(depth)")
                #expect(packed.last?.isNaN == true, "written beyond the end")
            }
        }
    }

    @Test("packed weights are the transposed weights, at any address", arguments: KernelTable.all)
    func packWeights(table: KernelTable) {
        var numbers = Numbers(seed: 12)
        let width = Int(CK_TILE_COLUMNS)
        for kind in [CK_WEIGHT_F32, CK_WEIGHT_BF16] {
            for rows in [1, 7, 8, 9, 16, 17, 31, 32] {
                for depth in Self.depths {
                    let weights = StoredWeights(numbers.floats(rows * depth), kind: kind, misplacement: 1)
                    var packed = [Float](repeating: .nan, count: depth * width + 1)
                    weights.withBytes {
                        table.kernels.pack_weights($0, kind, depth * weights.elementBytes, rows, depth, &packed)
                    }
                    var expected = [Float](repeating: 0, count: depth * width)
                    for row in 0..<rows {
                        for k in 0..<depth { expected[k * width + row] = weights.values[row * depth + k] }
                    }
                    #expect(Array(packed.dropLast()) == expected, "\(kind) \(rows) x \(depth)")
                    #expect(packed.last?.isNaN == true, "written beyond the end")
                }
            }
        }
    }

    @Test("tiles of all sizes", arguments: KernelTable.all)
    func tile(table: KernelTable) {
        var numbers = Numbers(seed: 13)
        let width = Int(CK_TILE_COLUMNS)
        for rows in 1...Int(CK_TILE_ROWS) {
            for columns in [1, 5, 8, 9, 15, 16, 17, 24, 25, 31, 32] {
                for depth in [1, 2, 16, 37] {
                    let (aStep, bStride, cStride) = (rows + 2, width + 3, columns + 1)
                    let (a, b) = (numbers.floats(depth * aStep), numbers.floats(depth * bStride + width))
                    let start = numbers.floats(rows * cStride)
                    for accumulate in [false, true] {
                        var expected = start
                        for row in 0..<rows {
                            for column in 0..<columns {
                                var sum = 0.0
                                for k in 0..<depth {
                                    sum += Double(a[k * aStep + row]) * Double(b[k * bStride + column])
                                }
                                let old = accumulate ? Double(start[row * cStride + column]) : 0
                                expected[row * cStride + column] = Float(old + sum)
                            }
                        }
                        var found = start
                        table.kernels.tile(
                            rows, columns, depth, a, aStep, b, bStride, &found, cStride, accumulate ? 1 : 0)
                        #expect(largestError(found, expected) < 1e-5, "\(rows) x \(columns) x \(depth)")
                    }
                }
            }
        }
    }

    @Test("products with few rows", arguments: KernelTable.all)
    func matvec(table: KernelTable) {
        var numbers = Numbers(seed: 14)
        for kind in [CK_WEIGHT_F32, CK_WEIGHT_BF16] {
            for (count, rows) in [(1, 1), (1, 4), (1, 9), (2, 3), (3, 5), (7, 6)] {
                for depth in Self.depths {
                    let x = numbers.floats(count * (depth + 1))
                    let weights = StoredWeights(numbers.floats(rows * depth), kind: kind, misplacement: 1)
                    let start = numbers.floats(count * (rows + 2))
                    var expected = start
                    for i in 0..<count {
                        for row in 0..<rows {
                            var sum = Double(start[i * (rows + 2) + row])
                            for k in 0..<depth {
                                sum += Double(x[i * (depth + 1) + k]) * Double(weights.values[row * depth + k])
                            }
                            expected[i * (rows + 2) + row] = Float(sum)
                        }
                    }
                    var found = start
                    weights.withBytes {
                        table.kernels.matvec(
                            x, depth + 1, count, $0, kind, depth * weights.elementBytes, rows, depth, &found,
                            rows + 2, 1)
                    }
                    #expect(largestError(found, expected) < 1e-5, "\(count) x \(rows) x \(depth)")
                }
            }
        }
    }

    @Test("one output is the same number in any company", arguments: KernelTable.all)
    func matvecIndependence(table: KernelTable) {
        var numbers = Numbers(seed: 15)
        let (rows, depth) = (11, 77)
        let (x, w) = (numbers.floats(3 * depth), numbers.floats(rows * depth))
        var together = [Float](repeating: 0, count: 3 * rows)
        table.kernels.matvec(x, depth, 3, w, CK_WEIGHT_F32, 4 * depth, rows, depth, &together, rows, 0)
        for i in 0..<3 {
            for row in 0..<rows {
                var alone: [Float] = [0]
                table.kernels.matvec(
                    Array(x[(i * depth)...]), depth, 1, Array(w[(row * depth)...]), CK_WEIGHT_F32, 4 * depth, 1,
                    depth, &alone, 1, 0)
                #expect(alone[0] == together[i * rows + row])
            }
        }
    }
}

/// Weights as bytes, starting `misplacement` bytes after an aligned address.
private struct StoredWeights {
    let values: [Float]
    let elementBytes: Int
    private let bytes: [UInt8]
    private let misplacement: Int

    init(_ wanted: [Float], kind: ck_weight_kind, misplacement: Int) {
        var bytes = [UInt8](repeating: 0, count: misplacement)
        if kind == CK_WEIGHT_BF16 {
            values = wanted.map { Float(bitPattern: $0.bitPattern & 0xffff_0000) }
            for value in values {
                let upper = value.bitPattern >> 16
                bytes += [UInt8(truncatingIfNeeded: upper), UInt8(truncatingIfNeeded: upper >> 8)]
            }
        } else {
            values = wanted
            for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 } }
        }
        self.bytes = bytes
        self.misplacement = misplacement
        elementBytes = kind == CK_WEIGHT_BF16 ? 2 : 4
    }

    func withBytes(_ body: (UnsafeRawPointer) -> Void) {
        bytes.withUnsafeBytes { buffer in
            if let start = buffer.baseAddress { body(start + misplacement) }
        }
    }
}
