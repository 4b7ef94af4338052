import Glibc
import Tensors

/// Rotations of the vision encoder: the first half of a head's pairs turns with the patch's row, by the even
/// frequencies, the second half with its column, by the odd ones.
///
/// Source: Agrawal and others, "Pixtral 12B", 2024 (RoPE-2D).
public struct AxialRotaryEmbedding: Sendable {
    /// theta^(-4 j / headDimension), (headDimension / 4).
    public let rowFrequencies: [Float]
    /// theta^(-(4 j + 2) / headDimension), (headDimension / 4).
    public let columnFrequencies: [Float]
    /// Which numbers of a head make a pair.
    public let pairs: RotaryPairs

    public init(headDimension: Int, theta: Double, pairs: RotaryPairs = .halves) {
        self.pairs = pairs
        let all = RotaryEmbedding(headDimension: headDimension, theta: theta).inverseFrequencies
        rowFrequencies = stride(from: 0, to: all.count, by: 2).map { all[$0] }
        columnFrequencies = stride(from: 1, to: all.count, by: 2).map { all[$0] }
    }

    /// The rotations of all patches of a grid, row-major: (rows * columns, headDimension / 2).
    public func table(rows: Int, columns: Int) -> RotaryTable {
        let half = rowFrequencies.count + columnFrequencies.count
        func values(_ function: (Float) -> Float) -> Matrix {
            let ofRows = (0..<rows).map { row in rowFrequencies.map { function(Float(row) * $0) } }
            let ofColumns = (0..<columns).map { column in columnFrequencies.map { function(Float(column) * $0) } }
            var values: [Float] = []
            values.reserveCapacity(rows * columns * half)
            for row in ofRows {
                for column in ofColumns {
                    values += row
                    values += column
                }
            }
            return Matrix(rows: rows * columns, columns: half, values: values)
        }
        return RotaryTable(cosines: values { cos($0) }, sines: values { sin($0) }, pairs: pairs)
    }
}
