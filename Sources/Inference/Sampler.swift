import Glibc
import Grammar

/// Chooses the next token from logits, among the tokens that a mask allows.
public struct Sampler: Sendable {
    private let temperature: Float
    private let seed: UInt64
    private var generator: SeededGenerator
    private var candidates: [Candidate] = []

    private struct Candidate {
        let token: Int32
        /// Its logit, then its weight.
        var value: Float
    }

    public init(_ parameters: SamplingParameters) {
        temperature = parameters.temperature
        seed = parameters.seed
        generator = SeededGenerator(seed: parameters.seed)
    }

    /// Goes to the random numbers of a place in the answer, so that they do not depend on how it was reached.
    mutating func move(toByte offset: Int) {
        generator = SeededGenerator(seed: seed, skipping: UInt64(truncatingIfNeeded: offset) &* 4)
    }

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
        let words = mask.words.span
        var best = Best(logits, words)
        if let alternative, logits.indices.contains(alternative) { best.consider(alternative, logits[alternative]) }
        guard temperature > 0, best.logit.isFinite else { return best.token }
        return draw(from: logits, words, alternative, best: best)
    }

    public mutating func choose(from logits: [Float], allowed mask: TokenMask, alternative: Int? = nil) -> Int? {
        choose(from: logits.span, allowed: mask, alternative: alternative)
    }

    /// Draws a token with the weights exp((logit - best) / temperature).
    private mutating func draw(
        from logits: Span<Float>, _ words: Span<UInt64>, _ alternative: Int?, best: Best
    ) -> Int? {
        candidates.removeAll(keepingCapacity: true)
        // Below this a weight is 0 in 32 bits: most of a vocabulary costs no exponential.
        let lowest = best.logit - 104 * temperature
        var sum: Float = 0
        func weigh(_ token: Int, _ logit: Float) {
            guard logit >= lowest else { return }
            let weight = expf((logit - best.logit) / temperature)
            sum += weight
            candidates.append(Candidate(token: Int32(truncatingIfNeeded: token), value: weight))
        }
        for index in 0..<min(words.count, (logits.count + 63) / 64) {
            var rest = words[index]
            while rest != 0 {
                let token = index << 6 + rest.trailingZeroBitCount
                if token < logits.count { weigh(token, logits[token]) }
                rest &= rest - 1
            }
        }
        if let alternative, logits.indices.contains(alternative) { weigh(alternative, logits[alternative]) }
        var left = Float.random(in: 0..<1, using: &generator) * sum
        for candidate in candidates {
            left -= candidate.value
            if left < 0 { return Int(candidate.token) }
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
