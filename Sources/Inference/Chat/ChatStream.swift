import Mistral

/// News of a chat answer while it is written.
public enum ChatDelta: Hashable, Sendable {
    /// More text.
    case text(String)
    /// A call has begun; its arguments follow.
    case toolCall(index: Int, id: String, name: String)
    /// More JSON text of the arguments of a call.
    case toolCallArguments(index: Int, String)
}

/// Makes text and tool calls of the tokens and bytes of one answer as they come.
///
/// All deltas together are the answer as `ChatCompletion` has it, however it is cut into pieces.
public struct ChatStream: Sendable {
    private let toolCalls: Int?
    private let arguments: Int?
    private var ids: ToolCallIDs
    private var parser: AssistantOutputParser
    private var isInCalls = false
    /// Bytes of the text.
    private(set) var text: [UInt8] = []
    /// How many of them have been given.
    private var given = 0
    private var calls: [ToolCall] = []
    /// The call whose name is complete and whose arguments are to come.
    private var begun: (name: String, id: String?)?

    /// - Parameters:
    ///   - seed: that of the prepared chat.
    ///   - choice: number of the answer.
    public init(_ tokenizer: TekkenTokenizer, seed: UInt64, choice: Int = 0) {
        toolCalls = tokenizer.id(of: .toolCalls)
        arguments = tokenizer.id(of: .arguments)
        ids = ToolCallIDs(seed: seed, choice: choice)
        parser = AssistantOutputParser(tokenizer)
    }

    /// Takes what was added to the answer.
    ///
    /// - Parameters:
    ///   - tokens: those of the text may come before their bytes or behind them, but none of a call before these.
    ///   - bytes: of the text, as far as it is settled.
    /// - Throws: where the tokens are no well-formed answer.
    public mutating func append(
        tokens: some Sequence<Int>, bytes: some Sequence<UInt8>
    ) throws(AssistantOutputError) -> [ChatDelta] {
        var deltas: [ChatDelta] = []
        text += bytes
        let tokens = isInCalls ? Array(tokens) : Array(tokens.drop { $0 != toolCalls })
        if !tokens.isEmpty { isInCalls = true }
        appendText(to: &deltas, isAtEnd: isInCalls)
        for token in tokens { try append(token, to: &deltas) }
        return deltas
    }

    /// Ends the answer: what was held back comes, and calls are checked for being whole.
    public mutating func finish() throws(AssistantOutputError) -> [ChatDelta] {
        var deltas: [ChatDelta] = []
        if isInCalls { take(try parser.finish(), to: &deltas) } else { appendText(to: &deltas, isAtEnd: true) }
        return deltas
    }

    /// The calls so far; the arguments of the last may not be whole.
    var toolCallsSoFar: [ToolCall] {
        zip(calls, parser.output.toolCalls).map { call, written in
            ToolCall(id: call.id, name: call.name, arguments: written.arguments)
        }
    }

    private mutating func appendText(to deltas: inout [ChatDelta], isAtEnd: Bool) {
        let end = isAtEnd ? text.count : text.count - UTF8Tail.incompleteCount(of: text[given...])
        guard end > given else { return }
        deltas.append(.text(String(decoding: text[given..<end], as: UTF8.self)))
        given = end
    }

    private mutating func append(_ token: Int, to deltas: inout [ChatDelta]) throws(AssistantOutputError) {
        take(try parser.append(token), to: &deltas)
        // Name and id are complete where the arguments begin.
        if token == arguments { beginCall(&deltas) }
    }

    private mutating func take(_ events: [AssistantOutputEvent], to deltas: inout [ChatDelta]) {
        for event in events {
            switch event {
            case .toolCallName(_, let name): begun = (name, nil)
            case .toolCallID(_, let id): begun?.id = id
            case .toolCallArguments(let call, let text):
                beginCall(&deltas)
                deltas.append(.toolCallArguments(index: call, text))
            case .text, .end: break
            }
        }
    }

    private mutating func beginCall(_ deltas: inout [ChatDelta]) {
        guard let call = begun else { return }
        begun = nil
        let id = ids.next(call.id)
        deltas.append(.toolCall(index: calls.count, id: id, name: call.name))
        calls.append(ToolCall(id: id, name: call.name, arguments: ""))
    }
}
