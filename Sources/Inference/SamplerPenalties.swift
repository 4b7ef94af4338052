/// Lowers the logits of tokens that the answer has already, as OpenAI defines it:
/// logit - count * frequencyPenalty - (count > 0 ? presencePenalty : 0).
///
/// Tokens of the prompt do not count; tokens that the grammar forced do, as they are in the answer like all others.
struct SamplerPenalties: Sendable {
    private let frequency: Float
    private let presence: Float
    private var counts: [Int: Int] = [:]
    /// The logits of this step, lowered.
    private(set) var lowered: [Float] = []

    /// Nil where both are 0.
    init?(_ parameters: SamplingParameters) {
        guard parameters.frequencyPenalty != 0 || parameters.presencePenalty != 0 else { return nil }
        frequency = parameters.frequencyPenalty
        presence = parameters.presencePenalty
    }

    /// Whether there is nothing to lower yet.
    var isEmpty: Bool { counts.isEmpty }

    mutating func accept(_ token: Int) { counts[token, default: 0] += 1 }

    /// Copies the logits and takes the penalties from the copy, `lowered`.
    mutating func lower(_ logits: Span<Float>) {
        if lowered.count != logits.count { lowered = Array(repeating: 0, count: logits.count) }
        Self.copy(logits, to: &lowered)
        for (token, count) in counts where lowered.indices.contains(token) {
            lowered[token] -= Float(count) * frequency + presence
        }
    }

    private static func copy(_ logits: Span<Float>, to array: inout [Float]) {
        var copy = array.mutableSpan
        for index in 0..<min(logits.count, copy.count) { copy[index] = logits[index] }
    }
}
