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
    /// True when the budget kept out a token that the model would have taken: the text may lack values.
    public let endedByBudget: Bool
    /// Wall-clock seconds of the prompt and of the answer.
    public let prefillSeconds: Double
    public let decodeSeconds: Double
}

/// What is happening in a generation.
public enum GenerationProgress: Sendable {
    /// `share` of the prompt, 0 to 1.
    case prefilling(share: Double)
    case decoding(tokens: Int, tokensPerSecond: Double)
}
