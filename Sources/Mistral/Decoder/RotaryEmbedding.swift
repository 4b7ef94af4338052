import Glibc
import Tensors

/// Rotations of the decoder: angle = position * theta^(-2 i / headDimension) for the pair i of a head, unless scaled.
///
/// Angles are products of 32-bit numbers, as in the reference implementation.
public struct RotaryEmbedding: Sendable {
    /// theta^(-2 i / headDimension), (headDimension / 2), after scaling.
    public let inverseFrequencies: [Float]
    /// Which numbers of a head make a pair.
    public let pairs: RotaryPairs
    private let attentionFactor: Float
    private let queryScaling: QueryScaling?

    public init(
        headDimension: Int, theta: Double, scaling: RotaryScaling? = nil, queryScaling: QueryScaling? = nil,
        pairs: RotaryPairs = .halves
    ) {
        let unscaled = (0..<headDimension / 2).map { pair in
            1 / pow(Float(theta), Float(2 * pair) / Float(headDimension))
        }
        inverseFrequencies = scaling?.scaled(unscaled, theta: theta) ?? unscaled
        attentionFactor = Float(scaling?.attentionFactor ?? 1)
        self.queryScaling = queryScaling
        self.pairs = pairs
    }

    /// The rotations of a decoder.
    init(_ text: MistralConfiguration.Text, pairs: RotaryPairs) {
        self.init(
            headDimension: text.headDimension, theta: text.ropeTheta, scaling: text.ropeScaling,
            queryScaling: text.queryScaling, pairs: pairs)
    }

    /// The rotations of some positions: (positions.count, headDimension / 2).
    public func table(positions: Range<Int>) -> RotaryTable {
        var (cosines, sines): ([Float], [Float]) = ([], [])
        cosines.reserveCapacity(positions.count * inverseFrequencies.count)
        sines.reserveCapacity(positions.count * inverseFrequencies.count)
        for position in positions {
            for frequency in inverseFrequencies {
                let angle = Float(position) * frequency
                cosines.append(cos(angle) * attentionFactor)
                sines.append(sin(angle) * attentionFactor)
            }
        }
        return RotaryTable(
            cosines: Matrix(rows: positions.count, columns: inverseFrequencies.count, values: cosines),
            sines: Matrix(rows: positions.count, columns: inverseFrequencies.count, values: sines), pairs: pairs,
            queryFactors: queryScaling.map { scaling in positions.map(scaling.factor) })
    }
}
