import Glibc
import Tensors

/// Rotations of some rows by angles that differ from row to row.
func testRotation(_ count: Int, _ dimension: Int, pairs: RotaryPairs = .halves) -> RotaryTable {
    let angles = (0..<(count * dimension / 2)).map { Float($0 % 37) * 0.1 }
    return RotaryTable(
        cosines: Matrix(rows: count, columns: dimension / 2, values: angles.map { cos($0) }),
        sines: Matrix(rows: count, columns: dimension / 2, values: angles.map { sin($0) }), pairs: pairs)
}

/// Some rows of a table.
func rows(_ range: Range<Int>, of table: RotaryTable) -> RotaryTable {
    RotaryTable(
        cosines: table.cosines.rows(range), sines: table.sines.rows(range), pairs: table.pairs,
        queryFactors: table.queryFactors.map { Array($0[range]) })
}

/// Attention by its definition, in double precision: (rows of x, heads * headDimension), row by row.
func attentionByDefinition(_ x: Matrix, _ shape: AttentionShape, _ rotary: RotaryTable, causal: Bool) -> [Float] {
    let (count, d) = (x.rows, shape.headDimension)
    func vector(_ row: Int, _ start: Int, rotated: Bool) -> [Double] {
        let v = (0..<d).map { Double(x[row, start + $0]) }
        guard rotated else { return v }
        var result = v
        for pair in 0..<(d / 2) {
            let (c, s) = (Double(rotary.cosines[row, pair]), Double(rotary.sines[row, pair]))
            let (a, b) = rotary.pairs == .halves ? (pair, pair + d / 2) : (2 * pair, 2 * pair + 1)
            result[a] = v[a] * c - v[b] * s
            result[b] = v[b] * c + v[a] * s
        }
        return result
    }
    var output = [Float](repeating: 0, count: count * shape.heads * d)
    for head in 0..<shape.heads {
        let shared = head / (shape.heads / shape.keyValueHeads)
        let keys = (0..<count).map { vector($0, (shape.heads + shared) * d, rotated: true) }
        let values = (0..<count).map { vector($0, (shape.heads + shape.keyValueHeads + shared) * d, rotated: false) }
        for row in 0..<count {
            let factor = Double(rotary.queryFactors?[row] ?? 1) / Double(d).squareRoot()
            let query = vector(row, head * d, rotated: true).map { $0 * factor }
            let seen = causal ? row + 1 : count
            let scores = (0..<seen).map { (key: Int) -> Double in
                var product = 0.0
                for i in 0..<d { product += query[i] * keys[key][i] }
                return exp(product)
            }
            let sum = scores.reduce(0, +)
            for i in 0..<d {
                var value = 0.0
                for key in 0..<seen { value += scores[key] * values[key][i] }
                output[(row * shape.heads + head) * d + i] = Float(value / sum)
            }
        }
    }
    return output
}

/// The largest absolute difference; infinite for different lengths or NaN.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).map { abs($0 - $1) }.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
}
