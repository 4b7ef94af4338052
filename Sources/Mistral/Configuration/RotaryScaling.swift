import Glibc

/// Stretches rotations that were learnt on few positions over many: slow pairs of a head turn slower by a factor, fast
/// ones as before, those between in proportion.
///
/// Source: Peng and others, "YaRN: Efficient Context Window Extension of Large Language Models", 2023.
public struct RotaryScaling: Sendable, Equatable {
    /// How many times more positions.
    public var factor: Double
    /// Positions that the model was first trained on.
    public var originalPositions: Int
    /// A pair that turns as often over the original positions, or more often, stays as it is.
    public var fastTurns: Double
    /// A pair that turns as often, or less often, is slowed down by the whole factor.
    public var slowTurns: Double
    /// What cosines and sines are multiplied by.
    public var attentionFactor: Double
    /// Whether the bounds are rounded to whole pairs.
    public var roundsBounds: Bool

    public init(
        factor: Double, originalPositions: Int, fastTurns: Double = 32, slowTurns: Double = 1,
        attentionFactor: Double = 1, roundsBounds: Bool = true
    ) {
        self.factor = factor
        self.originalPositions = originalPositions
        self.fastTurns = fastTurns
        self.slowTurns = slowTurns
        self.attentionFactor = attentionFactor
        self.roundsBounds = roundsBounds
    }

    /// The paper's factor of attention for a stretch: 0.1 ln(factor) + 1; `multiplier` scales the logarithm.
    static func attentionFactor(_ factor: Double, multiplier: Double = 1) -> Double {
        factor <= 1 ? 1 : 0.1 * multiplier * log(factor) + 1
    }

    /// Frequencies of all pairs of a head, from those without scaling.
    func scaled(_ frequencies: [Float], theta: Double) -> [Float] {
        let dimension = Double(2 * frequencies.count)
        // The pair that turns so often over the original positions.
        func pair(_ turns: Double) -> Double {
            dimension * log(Double(originalPositions) / (turns * 2 * .pi)) / (2 * log(theta))
        }
        var (low, high) = (pair(fastTurns), pair(slowTurns))
        if roundsBounds { (low, high) = (low.rounded(.down), high.rounded(.up)) }
        low = max(low, 0)
        high = min(high, dimension - 1)
        if low == high { high += 0.001 }
        return frequencies.enumerated().map { pair, frequency in
            let ramp = min(max((Float(pair) - Float(low)) / Float(high - low), 0), 1)
            let kept = 1 - ramp
            return frequency / Float(factor) * (1 - kept) + frequency * kept
        }
    }
}

/// Multiplies queries by 1 + beta ln(1 + floor(position / originalPositions)), so that attention stays sharp far from
/// the start.
///
/// Source: the attention temperature of Llama 4, as Ministral 3 uses it.
public struct QueryScaling: Sendable, Equatable {
    public var beta: Double
    public var originalPositions: Int

    public init(beta: Double, originalPositions: Int) {
        self.beta = beta
        self.originalPositions = originalPositions
    }

    func factor(position: Int) -> Float {
        1 + Float(beta) * log(1 + (Float(position) / Float(originalPositions)).rounded(.down))
    }
}
