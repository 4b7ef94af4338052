import Grammar
import Mistral
import Tensors

/// What is to be generated: a prompt with its pictures, the grammar of the answer, and its budget.
public struct GenerationRequest: Sendable {
    public var prompt: PromptTokens
    /// Of each picture, in order: (merged patches, hidden).
    public var imageFeatures: [Matrix]
    public var grammar: Grammar
    /// The most tokens of the answer, its end not counted.
    public var maximumTokens: Int
    public var sampling: SamplingParameters
    /// Whether text that the grammar leaves no choice about is read by the model in one pass, instead of being chosen
    /// token by token.
    public var forcesTokens = true
    /// Whether an answer that goes round in circles is brought to its shortest valid end.
    public var endsRepetition = true

    public init(
        prompt: PromptTokens, imageFeatures: [Matrix] = [], grammar: Grammar, maximumTokens: Int,
        sampling: SamplingParameters = .init()
    ) {
        self.prompt = prompt
        self.imageFeatures = imageFeatures
        self.grammar = grammar
        self.maximumTokens = maximumTokens
        self.sampling = sampling
    }
}

/// A generated answer: always a whole text of its grammar.
public struct Generation: Sendable {
    public let tokens: [Int]
    public let bytes: [UInt8]
    /// Indices of the tokens that the grammar forced: the model read them but was not asked for them.
    public let forcedPositions: [Int]
    /// True when the budget kept out a token that the model would have taken: the text may lack values.
    public let endedByBudget: Bool
    /// True when the model repeated itself without end and the text was closed there: it may lack values.
    public let endedByRepetition: Bool
    /// Wall-clock seconds of the prompt and of the answer.
    public let prefillSeconds: Double
    public let decodeSeconds: Double

    public var forcedTokens: Int { forcedPositions.count }

    init(_ answer: Answer, prefillSeconds: Double, decodeSeconds: Double) {
        tokens = answer.tokens
        bytes = answer.bytes
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
