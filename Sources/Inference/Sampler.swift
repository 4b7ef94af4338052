import Grammar
import Glibc

/// Chooses the next token from logits, among the tokens that a mask allows.
public struct Sampler: Sendable {
    private let temperature: Float
    private var generator: SeededGenerator
    private var weights: [(token: Int, weight: Float)] = []

    public init(_ parameters: SamplingParameters) {
        temperature = parameters.temperature
        generator = SeededGenerator(seed: parameters.seed)
    }

    /// The chosen token, or nil when the mask allows none.
    ///
    /// Ties and logits that are no numbers resolve to the lowest token id, so a result never depends on their order.
    ///
    /// - Parameters:
    ///   - logits: one per token of the vocabulary; tokens of the mask beyond them are not chosen.
    ///   - alternative: one more allowed token, such as the end of the sequence.
    public mutating func choose(from logits: [Float], allowed mask: TokenMask, alternative: Int? = nil) -> Int? {
        var best: Int?
        var bestLogit = -Float.infinity
        func consider(_ token: Int) {
            guard token < logits.count else { return }
            let logit = logits[token].isNaN ? -Float.infinity : logits[token]
            if best == nil || logit > bestLogit {
                best = token
                bestLogit = logit
            }
        }
        mask.forEachAllowed(consider)
        alternative.map(consider)
        guard temperature > 0, bestLogit.isFinite else { return best }

        weights.removeAll(keepingCapacity: true)
        var sum: Float = 0
        func weigh(_ token: Int) {
            guard token < logits.count, !logits[token].isNaN else { return }
            let weight = expf((logits[token] - bestLogit) / temperature)
            sum += weight
            weights.append((token, weight))
        }
        mask.forEachAllowed(weigh)
        alternative.map(weigh)
        var left = Float.random(in: 0..<1, using: &generator) * sum
        for (token, weight) in weights {
            left -= weight
            if left < 0 { return token }
        }
        return best
    }
}
