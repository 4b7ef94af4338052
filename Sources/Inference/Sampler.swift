import Glibc
import Grammar

/// Chooses the next token from logits, among the tokens that a mask allows.
public struct Sampler: Sendable {
    private let parameters: SamplingParameters
    private var generator: SeededGenerator
    private var penalties: SamplerPenalties?
    private var candidates = Candidates()

    public init(_ parameters: SamplingParameters) {
        self.parameters = parameters
        generator = SeededGenerator(seed: parameters.seed)
        penalties = SamplerPenalties(parameters)
    }

    /// Goes to the random numbers of a place in the answer, so that they do not depend on how it was reached.
    mutating func move(toPlace place: Int) {
        generator = SeededGenerator(seed: parameters.seed, skipping: UInt64(truncatingIfNeeded: place) &* 4)
    }

    /// Takes note of a token of the answer, chosen or not: penalties count it.
    public mutating func accept(_ token: Int) { penalties?.accept(token) }

    /// The chosen token, or nil when the mask allows none.
    ///
    /// Ties and logits that are no numbers resolve to the lowest token id, so a result never depends on their order.
    ///
    /// - Parameters:
    ///   - logits: one per token of the vocabulary; tokens of the mask beyond them are not chosen.
    ///   - alternative: one more allowed token, such as the end of the sequence.
    public mutating func choose(
        from logits: Span<Float>, allowed mask: TokenMask, alternative: Int? = nil
    ) -> Int? {
        choose(from: logits, words: mask.words.span, alternative: alternative)
    }

    public mutating func choose(from logits: [Float], allowed mask: TokenMask, alternative: Int? = nil) -> Int? {
        choose(from: logits.span, allowed: mask, alternative: alternative)
    }

    /// As above, with the words of the mask.
    mutating func choose(from logits: Span<Float>, words: Span<UInt64>, alternative: Int?) -> Int? {
        let alternative = alternative.flatMap { logits.indices.contains($0) && !words.contains($0) ? $0 : nil }
        guard var penalties, !penalties.isEmpty else { return choose(from: logits, words, alternative) }
        // Its memory is not shared meanwhile, so that nothing is copied but the logits.
        self.penalties = nil
        defer { self.penalties = penalties }
        penalties.lower(logits)
        return choose(from: penalties.lowered.span, words, alternative)
    }

    private mutating func choose(from logits: Span<Float>, _ words: Span<UInt64>, _ alternative: Int?) -> Int? {
        var best = Best(logits, words)
        if let alternative { best.consider(alternative, logits[alternative]) }
        guard parameters.temperature > 0, best.logit.isFinite else { return best.token }
        return draw(from: logits, words, alternative, best: best)
    }

    /// Draws a token with the weights exp((logit - best) / temperature).
    private mutating func draw(
        from logits: Span<Float>, _ words: Span<UInt64>, _ alternative: Int?, best: Best
    ) -> Int? {
        let temperature = parameters.temperature
        // Below this a weight is 0 in 32 bits, or less than minP: most of a vocabulary costs no exponential.
        var reach = -Exponential.lowest
        if parameters.minP > 0 { reach = min(reach, 0.001 - logf(parameters.minP)) }
        candidates.collect(
            logits, words, alternative: alternative, lowest: best.logit - reach * temperature, most: parameters.topK)
        // The likeliest has the weight 1, so a weight is the share of its probability.
        candidates.weigh(best: best.logit, temperature: temperature, least: parameters.minP)
        if parameters.topP < 1 { candidates.keepNucleus(share: Double(parameters.topP)) }
        var left = Double.random(in: 0..<1, using: &generator) * candidates.sum
        for index in 0..<candidates.count {
            left -= Double(candidates[index].value)
            if left < 0 { return Int(candidates[index].token) }
        }
        return best.token
    }
}

/// The likeliest token of a mask, the lowest of several; one that is no number only if there is no other.
private struct Best {
    private(set) var token: Int?
    private(set) var logit = -Float.infinity

    /// Reads the logits at the speed of memory: only words of the mask with a larger logit than the best are looked
    /// into.
    init(_ logits: Span<Float>, _ words: Span<UInt64>) {
        for index in 0..<min(words.count, logits.count / 64) where words[index] != 0 {
            let part = logits.extracting((index << 6)..<(index << 6 + 64))
            var isLarger: Int32 = 0
            for lane in 0..<64 { isLarger |= part[lane] > logit ? 1 : 0 }
            if isLarger != 0 || token == nil { consider(words[index], index, logits) }
        }
        // The last word may stand for more tokens than there are logits.
        let last = logits.count / 64
        if last < words.count { consider(words[last], last, logits) }
    }

    private mutating func consider(_ word: UInt64, _ index: Int, _ logits: Span<Float>) {
        var rest = word
        while rest != 0 {
            let token = index << 6 + rest.trailingZeroBitCount
            if token < logits.count { consider(token, logits[token]) }
            rest &= rest - 1
        }
    }

    mutating func consider(_ token: Int, _ logit: Float) {
        if logit > self.logit {
            (self.token, self.logit) = (token, logit)
        } else if self.token == nil {
            self.token = token
        }
    }
}

extension Span<UInt64> {
    /// Whether the bit of a token is set.
    fileprivate func contains(_ token: Int) -> Bool {
        indices.contains(token >> 6) && self[token >> 6] >> UInt64(truncatingIfNeeded: token & 63) & 1 == 1
    }
}
