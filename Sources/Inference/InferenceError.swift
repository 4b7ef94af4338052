import Grammar
import Mistral

/// Why nothing could be generated. Everything that can be known beforehand is refused before any work.
public enum InferenceError: Error, Sendable, CustomStringConvertible {
    /// The prompt and the answer are longer than the model's context.
    case contextTooShort(promptTokens: Int, answerTokens: Int, contextLength: Int)
    /// The budget is smaller than the shortest text that the grammar admits.
    case budgetTooSmall(budget: Int, shortest: Int)
    /// A parameter is out of its range.
    case parameter(ParameterError)
    /// Keys and values of the request, `needed` bytes at most, exceed what all requests together may have.
    case cacheTooSmall(positions: Int, needed: Int, limit: Int)
    /// So many requests wait already.
    case busy(waiting: Int, limit: Int)
    /// The system refuses the thread that requests run on.
    case noThread
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
        case .parameter(let error): error.description
        case .cacheTooSmall(let positions, let needed, let limit):
            "\(positions) tokens need \(needed) bytes of keys and values, but \(limit) are allowed for all requests; "
                + "use a shorter prompt or budget, keep keys and values as q8_0, or allow more"
        case .busy(let waiting, let limit):
            "\(waiting) requests wait already, of \(limit) that may; try again when some are done"
        case .noThread: "the system refuses another thread; end other programs or allow more processes"
        case .model(let error): error.description
        case .grammar(let reason): "constrained decoding failed: \(reason); this is a defect, please report it"
        case .notANumber: "the model computes no numbers, so its weights are damaged; get the model again"
        case .cancelled: "generation was cancelled"
        }
    }
}
