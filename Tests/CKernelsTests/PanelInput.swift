import CKernels
import Glibc

/// Queries, keys and values of one head, and their attention.
struct PanelInput {
    let dimension: Int
    var queries: [Float]  // (queries, dimension)
    var keys: [Float]  // (keys, dimension)
    var values: [Float]  // (keys, dimension)
    /// Keys that the first query sees; after each `group` queries the next see one more. With 0 all see the same.
    let visible: Int
    let group: Int

    init(
        queries: Int, keys: Int, dimension: Int, visible: Int, group: Int, seed: UInt64, spread: Float = 1
    ) {
        var numbers = Numbers(seed: seed)
        self.dimension = dimension
        self.queries = numbers.floats(queries * dimension, spread: spread)
        self.keys = numbers.floats(keys * dimension, spread: spread)
        values = numbers.floats(keys * dimension)
        self.visible = visible
        self.group = group
    }

    var queryCount: Int { queries.count / dimension }
    var keyCount: Int { keys.count / dimension }

    func seen(by query: Int) -> Int { min(keyCount, group > 0 ? visible + query / group : visible) }

    /// By the definition, in double precision, with powers of two: (queries, dimension).
    func attendedByDefinition() -> [Float] {
        (0..<queryCount).flatMap { query -> [Float] in
            let scores = (0..<seen(by: query)).map { key in
                (0..<dimension).reduce(0.0) {
                    $0 + Double(queries[query * dimension + $1]) * Double(keys[key * dimension + $1])
                }
            }
            let largest = scores.max() ?? 0
            let weights = scores.map { exp2($0 - largest) }
            let sum = weights.reduce(0, +)
            return (0..<dimension).map { i in
                Float(
                    weights.enumerated().reduce(0.0) { $0 + $1.element * Double(values[$1.offset * dimension + i]) }
                        / sum)
            }
        }
    }

    /// Attention of some of the queries, whose first must be the first of its group: (queries, dimension).
    ///
    /// - Parameters:
    ///   - isHalf: the keys and values are stored as binary16.
    ///   - junk: what lies behind the keys of the last block.
    func attended(_ range: Range<Int>, _ table: AttentionTable, isHalf: Bool = false, junk: Float = 7) -> [Float] {
        let (width, size, count) = (Int(CK_PACKED_QUERIES), Int(CK_BLOCK_KEYS), range.count)
        let packed = Buffer((count + width - 1) / width * width * dimension, filledWith: .nan)
        for index in 0..<count {
            let start = (range.lowerBound + index) * dimension
            ck_pack_query(
                Array(queries[start..<(start + dimension)]), 1, dimension,
                packed.pointer + index / width * width * dimension + index % width)
        }
        let output = Buffer(count * dimension + 64, filledWith: 0)
        let (largest, sums) = (Buffer(count, filledWith: -.infinity), Buffer(count, filledWith: 0))
        let (scores, factors) = (Buffer(count * size, filledWith: .nan), Buffer(count, filledWith: .nan))
        var panel = ck_attention_panel(
            queries: count, dimension: dimension, packed: packed.pointer, largest: largest.pointer,
            sums: sums.pointer, output: output.pointer, scores: scores.pointer, factors: factors.pointer)
        let first = group > 0 ? visible + range.lowerBound / group : visible
        for start in stride(from: 0, to: seen(by: range.upperBound - 1), by: size) {
            let blockKeys = min(size, keyCount - start)
            var columns = [Float](repeating: junk, count: dimension * size)
            var rows = [Float](repeating: junk, count: dimension * size + 64)
            for key in 0..<blockKeys {
                for i in 0..<dimension {
                    columns[i * size + key] = keys[(start + key) * dimension + i]
                    rows[key * dimension + i] = values[(start + key) * dimension + i]
                }
            }
            if isHalf {
                table.kernels.attend(
                    &panel, table.toF16(columns), table.toF16(rows), CK_NUMBERS_F16, blockKeys, first - start, group)
            } else {
                table.kernels.attend(&panel, columns, rows, CK_NUMBERS_F32, blockKeys, first - start, group)
            }
        }
        let (found, divisors) = (output.numbers, sums.numbers)
        return (0..<(count * dimension)).map { found[$0] / divisors[$0 / dimension] }
    }
}
