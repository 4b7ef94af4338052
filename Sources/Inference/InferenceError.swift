import Grammar
import Mistral

/// Why nothing could be generated. Everything that can be known beforehand is refused before any work.
public enum InferenceError: Error, Sendable, CustomStringConvertible {
    /// The prompt and the answer are longer than the model's context.
    case contextTooShort(promptTokens: Int, answerTokens: Int, contextLength: Int)
    /// The budget is smaller than the shortest text that the grammar admits.
    case budgetTooSmall(budget: Int, shortest: Int)
    case model(ModelError)
    /// The grammar refused a token that its own mask allowed, or allowed none: a defect.
    case grammar(String)
    /// The model computed no numbers: its weights are damaged.
    case notANumber
    case cancelled

    public var description: String {
        switch self {
        case .contextTooShort(let prompt, let answer, let context):
            "\(prompt) tokens of prompt and \(answer) of answer exceed the model's context of \(context)"
        case .budgetTooSmall(let budget, let shortest):
            "a budget of \(budget) tokens is too small for this grammar, whose shortest text takes \(shortest)"
        case .model(let error): error.description
        case .grammar(let reason): "constrained decoding failed: \(reason); this is a defect, please report it"
        case .notANumber: "the model computes no numbers, so its weights are damaged; get the model again"
        case .cancelled: "generation was cancelled"
        }
    }
}
