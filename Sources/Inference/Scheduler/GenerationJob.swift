import Mistral
import Tensors

/// A request as the scheduler takes it: checked, with its answers begun.
struct GenerationJob: Sendable {
    /// Tokens to read before the first choice: the prompt, and what every answer begins with.
    let tokens: [Int]
    let promptTokens: Int
    /// Released when the prompt was read.
    var imageFeatures: [Matrix]
    let prefix: PrefixCacheKey
    let sharesPrompt: Bool
    /// One for each answer.
    let writers: [AnswerWriter]
    let channel: GenerationChannel
    /// Bytes of keys and values that it needs at most.
    let cacheBytes: Int
    let submitted = Stopwatch()

    var format: KeyValueFormat { prefix.format }
}
