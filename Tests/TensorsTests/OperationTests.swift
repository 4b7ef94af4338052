import Tensors
import Testing

@Suite("Matrix operations")
struct OperationTests {
    @Test("products agree with sums in double precision", arguments: Kernels.available.indices)
    func products(implementation: Int) {
        let pool = ThreadPool(threadCount: 2, kernels: Kernels.available[implementation])
        let sizes = [(1, 5, 3), (3, 300, 70), (7, 64, 33), (8, 96, 65), (40, 588, 64), (100, 520, 31)]
        for (rows, depth, outputs) in sizes {
            let x = Matrix(rows: rows, columns: depth, values: randomNumbers(rows * depth, seed: 1))
            let w = randomNumbers(outputs * depth, seed: 2)
            let weight = WeightMatrix(rows: outputs, columns: depth, values: w)
            let found = x.multiplied(by: weight, threads: pool)
            var largest = 0.0
            for row in 0..<rows {
                let numbers = x.row(row)
                for output in 0..<outputs {
                    var exact = 0.0
                    for k in 0..<depth { exact += Double(numbers[k]) * Double(w[output * depth + k]) }
                    largest = max(largest, abs(exact - Double(found[row, output])))
                }
            }
            #expect(largest < 2e-5, "\(rows) x \(depth) x \(outputs)")
            var sum = found
            sum.addProduct(x, weight, threads: pool)
            #expect(zip(sum.values, found.values).allSatisfy { abs($0 - 2 * $1) < 1e-5 })
        }
    }

    @Test("results do not depend on the number of threads, or on other rows")
    func independence() {
        let weights = [(300, 3), (130, 4), (7, 5)].map { rows, seed in
            WeightMatrix(rows: rows, columns: 400, values: randomNumbers(rows * 400, seed: UInt64(seed)))
        }
        for rows in [1, 5, 8, 100, 900] {
            let x = Matrix(rows: rows, columns: 400, values: randomNumbers(rows * 400, seed: 6))
            let results = [1, 2, 3, 5].map { threads in
                var result = Matrix(rows: 0, columns: 0)
                result.setProduct(x, weights, threads: ThreadPool(threadCount: threads))
                return result.values
            }
            #expect(results.allSatisfy { $0 == results[0] }, "\(rows) rows")
            if rows == 900 {
                let part = x.rows(100..<150)
                var alone = Matrix(rows: 0, columns: 0)
                alone.setProduct(part, weights, threads: ThreadPool(threadCount: 2))
                #expect(alone.values == Array(results[0][(100 * 437)..<(150 * 437)]))
            }
        }
    }

    @Test("patches are taken channel by channel, and merged as unfold does")
    func patches() {
        // Channel c, row y, column x of a 2 x 4 x 4 picture is the number 100 c + 10 y + x.
        let picture = (0..<32).map { (i: Int) -> Float in Float(i / 16 * 100 + i % 16 / 4 * 10 + i % 4) }
        let patches = Matrix(patchesOf: picture, channels: 2, height: 4, width: 4, size: 2)
        #expect(patches.rows == 4)
        #expect(patches.row(1) == [2, 3, 12, 13, 102, 103, 112, 113])
        #expect(patches.row(2) == [20, 21, 30, 31, 120, 121, 130, 131])
        // Features c of the patch in row r and column k of a 2 x 4 grid are 100 r + 10 k + c.
        let features = (0..<24).map { (i: Int) -> Float in Float(i / 12 * 100 + i % 12 / 3 * 10 + i % 3) }
        let merged = Matrix(rows: 8, columns: 3, values: features).mergedPatches(gridRows: 2, gridColumns: 4, size: 2)
        #expect(merged.row(1) == [20, 30, 120, 130, 21, 31, 121, 131, 22, 32, 122, 132])
    }

    @Test("a copy of a matrix does not see later changes")
    func values() {
        var a = Matrix(rows: 2, columns: 2, values: [1, 2, 3, 4])
        let b = a
        a[0, 1] = 9
        #expect(b.values == [1, 2, 3, 4] && a.values == [1, 9, 3, 4])
    }
}
