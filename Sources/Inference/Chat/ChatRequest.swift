import Mistral
import Tensors

/// A conversation, and how the model is to go on with it: the parameters of the public chat APIs, by their names.
///
/// The values may be anything; `prepared` checks them all. Where the last message is an assistant's that is marked as a
/// prefix, the answer continues it: the response format then speaks of the continuation alone.
public struct ChatRequest: Sendable {
    /// Tokens of an answer where nothing else is said and the context has room for them.
    public static let defaultMaximumTokens = 4096

    public var messages: [ChatMessage]
    /// Of each image in the messages, in order: (merged patches, hidden).
    public var imageFeatures: [Matrix] = []
    /// What tells each image from all others; see `GenerationRequest.imageDigests`.
    public var imageDigests: [[UInt8]] = []
    /// Whether the features are put into the prepared request afterwards: a request that is refused then costs no
    /// encoding.
    public var encodesImagesLater = false
    public var tools: [Tool] = []
    /// Nil: `auto` where there are tools.
    public var toolChoice: ToolChoice?
    public var parallelToolCalls = true
    public var responseFormat = ResponseFormat.text
    /// 0.15 is what the model's makers recommend; 0 always takes the likeliest token.
    public var temperature = SamplingParameters.recommendedTemperature
    public var topP: Float = 1
    public var topK = 0
    public var minP: Float = 0
    public var frequencyPenalty: Float = 0
    public var presencePenalty: Float = 0
    /// Nil: another one each time.
    public var seed: UInt64?
    /// Texts that end the answer where it would come to hold one; at most four, and none where the response format is
    /// not text.
    public var stop: [String] = []
    /// Most tokens of the answer. Nil: 4,096, or what the context leaves.
    public var maximumTokens: Int?
    /// `n`: how many answers are written, 1 to 16.
    public var choices = 1
    public var logprobs = false
    /// How many of the likeliest tokens are reported at each place, 0 to 20; only with `logprobs`.
    public var topLogprobs: Int?
    /// Whether an answer that repeats itself without end is ended there. Off, as a text that repeats itself may have
    /// been asked for; extraction has it on.
    public var endsRepetition = false
    /// How keys and values are kept.
    public var cacheFormat = KeyValueFormat.float16

    public init(messages: [ChatMessage]) {
        self.messages = messages
    }
}
