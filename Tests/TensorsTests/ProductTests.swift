import Tensors
import Testing

@Suite("Products with every type of weights")
struct ProductTests {
    @Test("agree with the product of the dequantised weights in double precision", arguments: TensorType.allCases)
    func agreement(type: TensorType) throws {
        for (rows, blocks, outputs) in [(1, 3, 40), (5, 10, 33), (40, 2, 70)] {
            let columns = type.isQuantized ? blocks * type.weightsPerBlock : 100 * blocks + 7
            let weight = try RandomWeights(type, rows: outputs, columns: columns, seed: 41)
            let x = Matrix(rows: rows, columns: columns, values: randomNumbers(rows * columns, seed: 42))
            for kernels in Kernels.available {
                let pool = ThreadPool(threadCount: 2, kernels: kernels)
                let found = x.multiplied(by: weight.matrix, threads: pool)
                var sum = found
                sum.addProduct(x, weight.matrix, threads: pool)
                for row in 0..<rows {
                    for output in 0..<outputs {
                        let (exact, bound) = weight.product(x.row(row), output: output)
                        #expect(abs(Double(found[row, output]) - exact) <= bound, "\(kernels.name) \(row) \(output)")
                        #expect(abs(Double(sum[row, output]) - 2 * exact) <= 2.01 * bound)
                    }
                }
            }
        }
    }

    @Test("give a row the same bits in any company, on any number of threads", arguments: TensorType.allCases)
    func invariance(type: TensorType) throws {
        let columns = type.isQuantized ? 3 * max(192, type.weightsPerBlock) : 601
        let weights = try [(70, 43), (8, 44), (129, 45)].map { rows, seed in
            try RandomWeights(type, rows: rows, columns: columns, seed: UInt64(seed)).matrix
        }
        let x = Matrix(rows: 500, columns: columns, values: randomNumbers(500 * columns, seed: 46))
        for kernels in Kernels.available {
            var together = Matrix(rows: 0, columns: 0)
            together.setProduct(x, weights, threads: ThreadPool(threadCount: 1, kernels: kernels))
            for threads in [1, 2, 3] {
                let pool = ThreadPool(threadCount: threads, kernels: kernels)
                for count in [1, 2, 7, 8, 33, 100, 500] {
                    let first = (500 - count) / 2
                    var found = Matrix(rows: 0, columns: 0)
                    found.setProduct(x.rows(first..<(first + count)), weights, threads: pool)
                    #expect(found.values == together.rows(first..<(first + count)).values, "\(kernels.name) \(count)")
                }
            }
            // Each weight alone gives its part of the columns.
            let pool = ThreadPool(threadCount: 2, kernels: kernels)
            let alone = x.rows(11..<17).multiplied(by: weights[2], threads: pool)
            for row in 0..<6 { #expect(alone.row(row) == Array(together.row(11 + row)[78...])) }
        }
    }

    @Test("weights of different types side by side give what each gives alone")
    func mixture() throws {
        let weights = try [TensorType.q4_K, .q6_K, .f32, .q8_0, .bf16, .q5_1].enumerated().map { number, type in
            try RandomWeights(type, rows: 30 + number, columns: 512, seed: UInt64(50 + number)).matrix
        }
        let x = Matrix(rows: 9, columns: 512, values: randomNumbers(9 * 512, seed: 47))
        let pool = ThreadPool(threadCount: 2)
        var together = Matrix(rows: 0, columns: 0)
        together.setProduct(x, weights, threads: pool)
        var column = 0
        for weight in weights {
            let alone = x.multiplied(by: weight, threads: pool)
            for row in 0..<9 {
                #expect(alone.row(row) == Array(together.row(row)[column..<(column + weight.rows)]), "\(weight.type)")
            }
            column += weight.rows
        }
        #expect(together.columns == column)
    }

    @Test("activations that are zero, huge or tiny", arguments: TensorType.allCases)
    func sizes(type: TensorType) throws {
        let columns = type.isQuantized ? 2 * max(64, type.weightsPerBlock) : 130
        let weight = try RandomWeights(type, rows: 35, columns: columns, seed: 48)
        for kernels in Kernels.available {
            let pool = ThreadPool(threadCount: 2, kernels: kernels)
            for size in [0, 1e-36, 1e-20, 1e20, 1e33] as [Float] {
                let values = randomNumbers(2 * columns, seed: 49).map { $0 * size }
                let found = Matrix(rows: 2, columns: columns, values: values).multiplied(
                    by: weight.matrix, threads: pool)
                for row in 0..<2 {
                    let x = Array(values[(row * columns)..<((row + 1) * columns)])
                    for output in 0..<35 {
                        let (exact, bound) = weight.product(x, output: output)
                        #expect(abs(Double(found[row, output]) - exact) <= bound, "\(kernels.name) \(size)")
                        if size == 0 { #expect(found[row, output] == 0) }
                    }
                }
            }
        }
    }

    @Test(
        "infinite and NaN activations never give finite numbers, nor touch other rows", arguments: TensorType.allCases)
    func notFinite(type: TensorType) throws {
        let columns = type.isQuantized ? 2 * max(64, type.weightsPerBlock) : 130
        let weight = try RandomWeights(type, rows: 35, columns: columns, seed: 51).matrix
        var x = Matrix(rows: 9, columns: columns, values: randomNumbers(9 * columns, seed: 52))
        for kernels in Kernels.available {
            let pool = ThreadPool(threadCount: 2, kernels: kernels)
            let before = x.multiplied(by: weight, threads: pool)
            for bad in [Float.nan, .infinity, -.infinity] {
                let old = x[4, columns - 1]
                x[4, columns - 1] = bad
                let found = x.multiplied(by: weight, threads: pool)
                x[4, columns - 1] = old
                for row in 0..<9 {
                    if row == 4 {
                        #expect(found.row(row).allSatisfy { !$0.isFinite }, "\(kernels.name) \(bad)")
                    } else {
                        #expect(found.row(row) == before.row(row))
                    }
                }
            }
        }
    }

    @Test("stored bytes must be those of whole rows; rows come back as the type says")
    func storedWeights() throws {
        #expect(WeightMatrix(rows: 2, columns: 33, type: .q8_0, stored: [UInt8](repeating: 0, count: 70)) == nil)
        #expect(WeightMatrix(rows: 2, columns: 32, type: .q8_0, stored: [UInt8](repeating: 0, count: 67)) == nil)
        #expect(WeightMatrix(rows: -1, columns: 32, type: .q8_0, stored: []) == nil)
        let weight = try RandomWeights(.q4_K, rows: 3, columns: 512, seed: 53)
        #expect(weight.matrix.byteCount == 3 * 2 * 144 && weight.matrix.type == .q4_K)
        #expect(weight.matrix.row(1) == Array(weight.values[512..<1024]))
        #expect(weight.matrix.rows(at: [2, 0]).values == Array(weight.values[1024...] + weight.values[..<512]))
    }
}
