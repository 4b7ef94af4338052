import Glibc
import Tensors

/// Rotations of the decoder: angle = position * theta^(-2 i / headDimension) for the pair i of a head.
///
/// Angles are products of 32-bit numbers, as in the reference implementation.
public struct RotaryEmbedding: Sendable {
    /// theta^(-2 i / headDimension), (headDimension / 2).
    public let inverseFrequencies: [Float]

    public init(headDimension: Int, theta: Double) {
        inverseFrequencies = (0..<headDimension / 2).map { pair in
            1 / pow(Float(theta), Float(2 * pair) / Float(headDimension))
        }
    }

    /// The rotations of some positions: (positions.count, headDimension / 2).
    public func table(positions: Range<Int>) -> RotaryTable {
        var (cosines, sines): ([Float], [Float]) = ([], [])
        cosines.reserveCapacity(positions.count * inverseFrequencies.count)
        sines.reserveCapacity(positions.count * inverseFrequencies.count)
        for position in positions {
            for frequency in inverseFrequencies {
                let angle = Float(position) * frequency
                cosines.append(cos(angle))
                sines.append(sin(angle))
            }
        }
        return RotaryTable(
            cosines: Matrix(rows: positions.count, columns: inverseFrequencies.count, values: cosines),
            sines: Matrix(rows: positions.count, columns: inverseFrequencies.count, values: sines))
    }
}
