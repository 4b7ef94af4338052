/// What the model wrote: text and tool calls.
public struct AssistantOutput: Hashable, Sendable {
    /// Text before the first tool call.
    public internal(set) var text = ""
    public internal(set) var toolCalls: [GeneratedToolCall] = []
    /// Whether the model ended its message, rather than being stopped.
    public internal(set) var isComplete = false

    /// The message to put into the conversation, so that results of the calls can follow.
    ///
    /// Calls without a usable id get a random one.
    public func message(using generator: inout some RandomNumberGenerator) -> ChatMessage {
        var calls: [ToolCall] = []
        for call in toolCalls {
            var id = call.id ?? ""
            while !ToolCall.isValidID(id) || calls.contains(where: { $0.id == id }) {
                id = ToolCall.randomID(using: &generator)
            }
            calls.append(ToolCall(id: id, name: call.name, arguments: call.arguments))
        }
        return .assistant(ChatContent(text), toolCalls: calls)
    }
}

/// A tool call as the model wrote it.
public struct GeneratedToolCall: Hashable, Sendable {
    public internal(set) var name = ""
    /// The id, if the model wrote one; models often leave it out.
    public internal(set) var id: String?
    /// JSON text of the arguments.
    public internal(set) var arguments = ""
}

/// News from the output while it is generated.
public enum AssistantOutputEvent: Hashable, Sendable {
    /// More text of the message.
    case text(String)
    /// The call number `call` (from 0) has begun; its name is complete.
    case toolCallName(call: Int, String)
    /// The id of the call is complete.
    case toolCallID(call: Int, String)
    /// More JSON text of the call's arguments.
    case toolCallArguments(call: Int, String)
    /// The model ended its message.
    case end
}

/// Why generated ids are not a well-formed assistant message.
public enum AssistantOutputError: Error, Hashable, Sendable {
    /// A control token at a place where it has no meaning.
    case unexpectedControlToken(name: String, position: Int)
    /// A token after the end of the message.
    case tokenAfterEnd(position: Int)
    /// The name of call `call` is not a permitted function name.
    case invalidName(call: Int, name: String)
    /// The output ends, or the next call begins, before the arguments of call `call`.
    case missingArguments(call: Int, name: String)
    /// The arguments of call `call` are not a JSON text, perhaps because generation was stopped inside them.
    case argumentsNotJSON(call: Int, name: String, reason: String)
    /// The tool calls are not a JSON array, in which the model writes them.
    case callsNotJSON(reason: String)
}

extension AssistantOutputError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpectedControlToken(let name, let position):
            "unexpected control token \(name) at position \(position) of the output"
        case .tokenAfterEnd(let position):
            "a token at position \(position) of the output, after its end"
        case .invalidName(let call, let name):
            "tool call \(call): \"\(name)\" is not a function name"
        case .missingArguments(let call, let name):
            "tool call \(call) (\(name)) has no arguments"
        case .argumentsNotJSON(let call, let name, let reason):
            "the arguments of tool call \(call) (\(name)) are not JSON: \(reason)"
        case .callsNotJSON(let reason):
            "the tool calls are not a JSON array: \(reason)"
        }
    }
}
