/// A part of a message's content.
public enum ContentChunk: Hashable, Sendable {
    case text(String)
    /// An image, known to the template only by its size in tokens. User messages only.
    case image(ImageTokenGrid)
}

/// Content of a message: texts and images in order. A string literal is one text.
public struct ChatContent: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    public var chunks: [ContentChunk]

    public init(_ chunks: [ContentChunk]) { self.chunks = chunks }
    public init(_ text: String) { chunks = [.text(text)] }
    public init(stringLiteral text: String) { chunks = [.text(text)] }
    public init(arrayLiteral chunks: ContentChunk...) { self.chunks = chunks }

    /// No text at all.
    public static let empty = ChatContent([ContentChunk]())
}

/// Who speaks in a message.
public enum ChatRole: String, Hashable, Sendable {
    case system, user, assistant, tool
}

/// A message of a conversation.
public enum ChatMessage: Hashable, Sendable {
    case system(ChatContent)
    case user(ChatContent)
    /// `isPrefix`: the model is to continue this text, which must be the last message.
    case assistant(ChatContent = .empty, toolCalls: [ToolCall] = [], isPrefix: Bool = false)
    /// The result of the tool call `callID`. The name is checked but does not reach the prompt.
    case tool(ChatContent, callID: String, name: String? = nil)

    public var role: ChatRole {
        switch self {
        case .system: .system
        case .user: .user
        case .assistant: .assistant
        case .tool: .tool
        }
    }

    public var content: ChatContent {
        switch self {
        case .system(let content), .user(let content), .assistant(let content, _, _), .tool(let content, _, _): content
        }
    }
}
