/// Why a conversation cannot be turned into a prompt.
public enum ChatTemplateError: Error, Hashable, Sendable {
    /// The tokenizer file lacks a control token of the template.
    case missingControlToken(ControlToken)
    case emptyConversation
    /// The message at `index` (from 0) is refused.
    case invalidMessage(index: Int, role: ChatRole, MessageProblem)
    /// The tool at `index` (from 0) is refused.
    case invalidTool(index: Int, ToolProblem)

    public enum MessageProblem: Hashable, Sendable {
        /// This role cannot follow the role of the message before it.
        case unexpectedAfter(ChatRole)
        /// A conversation of one message must be a user or a system message, and none starts with a tool result.
        case cannotBeFirst
        /// The last message must be from the user, a tool, or an assistant prefix to continue.
        case cannotBeLast
        case prefixIsNotLast
        /// An assistant message needs text or tool calls.
        case noContent
        /// Before v7 an assistant message has text or tool calls, not both.
        case textWithCalls
        case imageNotAllowed
        /// The tokenizer file describes a text-only model.
        case imagesNotSupported
        case imageGridOutOfRange(ImageTokenGrid, maximumPerSide: Int)
        case callIDFormat(String)
        case functionNameFormat(String)
        case duplicateCallID(String)
        /// The result belongs to no call of the assistant message before it.
        case unexpectedResult(callID: String)
        case duplicateResult(callID: String)
        /// The assistant speaks before these calls of its previous message have been answered.
        case unansweredCalls([String])
    }

    public enum ToolProblem: Hashable, Sendable {
        case functionNameFormat(String)
    }
}

extension ChatTemplateError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missingControlToken(let token):
            "the tokenizer has no control token \(token.rawValue), which the chat template needs"
        case .emptyConversation:
            "the conversation has no message"
        case .invalidMessage(let index, let role, let problem):
            "message \(index) (\(role.rawValue)): \(problem)"
        case .invalidTool(let index, let problem):
            "tool \(index): \(problem)"
        }
    }
}

private func functionNameRule(_ name: String) -> String {
    "the function name \"\(name)\" must be 1 to 64 of the characters a-z, A-Z, 0-9, _ and -"
}

extension ChatTemplateError.ToolProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .functionNameFormat(let name): functionNameRule(name)
        }
    }
}

extension ChatTemplateError.MessageProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unexpectedAfter(let role): "a message of this role cannot follow one of the role \(role.rawValue)"
        case .cannotBeFirst: "the conversation must start with a user or system message"
        case .cannotBeLast:
            "the last message must be from the user or a tool, or an assistant message that is marked as a prefix"
        case .prefixIsNotLast: "only the last message can be a prefix to continue"
        case .noContent: "an assistant message needs text or tool calls"
        case .textWithCalls: "the model's instruct format has no messages with both text and tool calls"
        case .imageNotAllowed: "only user messages can hold images"
        case .imagesNotSupported: "the model takes no images: its tokenizer file has no image settings"
        case .imageGridOutOfRange(let grid, let maximum):
            "an image of \(grid.tokensWide) x \(grid.tokensHigh) tokens; each side must be 1 to \(maximum)"
        case .callIDFormat(let id): "the tool call id \"\(id)\" must be 9 of the characters a-z, A-Z and 0-9"
        case .functionNameFormat(let name): functionNameRule(name)
        case .duplicateCallID(let id): "two tool calls have the id \"\(id)\""
        case .unexpectedResult(let id):
            "the result of a call \"\(id)\", which the assistant message before it did not make"
        case .duplicateResult(let id): "a second result of the call \"\(id)\""
        case .unansweredCalls(let ids):
            "the assistant continues while these tool calls have no result: \(ids.joined(separator: ", "))"
        }
    }
}
