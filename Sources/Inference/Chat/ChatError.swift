import Grammar
import Mistral

/// Why a chat request is refused, before any work.
public enum ChatError: Error, Sendable, CustomStringConvertible {
    case parameter(ParameterError)
    case messages(ChatTemplateError)
    case tool(ToolError)
    /// The response format: a schema, a pattern, or choices.
    case responseFormat(GrammarError)
    /// The prompt and the answer are longer than the model's context.
    case contextTooShort(promptTokens: Int, answerTokens: Int, contextLength: Int)

    public var description: String {
        switch self {
        case .parameter(let error): error.description
        case .messages(let error): error.description
        case .tool(let error): error.description
        case .responseFormat(let error): "response_format: \(error)"
        case .contextTooShort(let prompt, let answer, let context):
            InferenceError.contextTooShort(promptTokens: prompt, answerTokens: answer, contextLength: context)
                .description
        }
    }

    /// Makes an error of a part one of the whole.
    static func wrapping<Value, Failure: Error>(
        _ wrap: (Failure) -> ChatError, _ body: () throws(Failure) -> Value
    ) throws(ChatError) -> Value {
        do {
            return try body()
        } catch {
            throw wrap(error)
        }
    }
}
