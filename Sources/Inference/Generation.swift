import Grammar
import Mistral
import Tensors

/// What is to be generated: a prompt with its pictures, the form of the answer, and its budget.
public struct GenerationRequest: Sendable {
    public var prompt: PromptTokens
    /// Of each picture, in order: (merged patches, hidden).
    public var imageFeatures: [Matrix]
    public var form: AnswerForm
    /// The most tokens of the answer, its end not counted.
    public var maximumTokens: Int
    public var sampling: SamplingParameters
    /// Nil: no log probabilities.
    public var logprobs: LogprobsRequest?
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

/// A generated answer: always a whole text of its grammar, if it has one.
public struct Generation: Sendable {
    /// Those that begin before the stop text; the last may go on into it.
    public let tokens: [Int]
    /// Without the stop text. Free text may end inside a character where its budget or its model ended it.
    public let bytes: [UInt8]
    /// One for each of `tokens`; nil if they were not asked for.
    public let logprobs: [Logprobs]?
    /// How many tokens were generated, those of the stop text as well.
    public let generatedTokens: Int
    /// The stop string that ended the text.
    public let stoppedBy: String?
    /// Indices of the tokens that the grammar forced: the model read them but was not asked for them.
    public let forcedPositions: [Int]
    /// True when the budget kept out a token that the model would have taken, or free text used it up: the text may
    /// lack values.
    public let endedByBudget: Bool
    /// True when the model repeated itself without end and the text was closed there: it may lack values.
    public let endedByRepetition: Bool
    /// Wall-clock seconds of the prompt and of the answer.
    public let prefillSeconds: Double
    public let decodeSeconds: Double

    public var forcedTokens: Int { forcedPositions.count }

    init(_ answer: Answer, hasLogprobs: Bool, prefillSeconds: Double, decodeSeconds: Double) {
        let kept = answer.tokensBeforeStop
        tokens = Array(answer.tokens.prefix(kept))
        bytes = Array(answer.bytes.prefix(answer.stop?.offset ?? answer.bytes.count))
        logprobs = hasLogprobs ? Array(answer.logprobs.prefix(kept)) : nil
        generatedTokens = answer.tokens.count
        stoppedBy = answer.stop?.text
        forcedPositions = answer.forcedPositions
        endedByBudget = answer.endedByBudget
        endedByRepetition = answer.endedByRepetition
        self.prefillSeconds = prefillSeconds
        self.decodeSeconds = decodeSeconds
    }
}

/// What is happening in a generation.
public enum GenerationProgress: Sendable {
    /// `share` of the prompt, 0 to 1.
    case prefilling(share: Double)
    case decoding(tokens: Int, tokensPerSecond: Double)
}
