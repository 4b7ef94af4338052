import Grammar
import Mistral
import Tensors

/// What is to be generated: a prompt with its pictures, the form of the answer, and its budget.
public struct GenerationRequest: Sendable {
    /// Most answers to one prompt.
    public static let mostChoices = 16

    public var prompt: PromptTokens
    /// Of each picture, in order: (merged patches, hidden).
    public var imageFeatures: [Matrix]
    /// What tells each picture from all others, such as the SHA-256 of its pixels, so that a prompt that has the same
    /// pictures in the same places can take over what was computed for it. Empty: not known; then prompts have in
    /// common at most what stands before their first picture.
    public var imageDigests: [[UInt8]] = []
    public var form: AnswerForm
    /// The most tokens of the answer, its end not counted.
    public var maximumTokens: Int
    public var sampling: SamplingParameters
    /// Nil: no log probabilities.
    public var logprobs: LogprobsRequest?
    /// How many answers are written, 1 to 16. The first draws by the seed, each other by a seed of its own that
    /// follows from that one and its number.
    public var choices = 1
    /// How keys and values are kept.
    public var cacheFormat = KeyValueFormat.float16
    /// Whether the keys and values of the prompt are taken from earlier prompts and kept for later ones. The answer is
    /// the same either way.
    public var sharesPrompt = true
    /// Whether text that the grammar leaves no choice about is read by the model in one pass, instead of being chosen
    /// token by token.
    public var forcesTokens = true
    /// Whether an answer that goes round in circles is brought to its shortest valid end.
    public var endsRepetition = true

    public init(
        prompt: PromptTokens, imageFeatures: [Matrix] = [], grammar: Grammar, maximumTokens: Int,
        sampling: SamplingParameters = .init()
    ) {
        self.init(
            prompt: prompt, imageFeatures: imageFeatures, form: .grammar(grammar), maximumTokens: maximumTokens,
            sampling: sampling)
    }

    public init(
        prompt: PromptTokens, imageFeatures: [Matrix] = [], form: AnswerForm, maximumTokens: Int,
        sampling: SamplingParameters = .init(), logprobs: LogprobsRequest? = nil
    ) {
        self.prompt = prompt
        self.imageFeatures = imageFeatures
        self.form = form
        self.maximumTokens = maximumTokens
        self.sampling = sampling
        self.logprobs = logprobs
    }
}
