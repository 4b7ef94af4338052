/// A block of the prompt: one message, or neighbouring messages of one role taken together.
enum ChatTurn {
    case system(String)
    case user([ContentChunk])
    case assistant(String, [ToolCall], isPrefix: Bool)
    case tool(callID: String, String)

    /// Texts of one turn are joined by an empty line.
    private static let separator = "\n\n"

    /// The turns of a conversation that has passed the validator.
    static func turns(of messages: [ChatMessage]) -> [ChatTurn] {
        var turns: [ChatTurn] = []
        var latestCalls: [ToolCall] = []
        var start = 0
        while start < messages.count {
            let role = messages[start].role
            let end = messages[start...].firstIndex { $0.role != role } ?? messages.count
            let group = messages[start..<end]
            switch role {
            case .system: turns += group.map { .system(text(of: [$0.content])) }
            case .user: turns.append(.user(imageFirst(merged(group.map(\.content)))))
            case .assistant:
                let turn = assistantTurn(group)
                if case .assistant(_, let calls, _) = turn { latestCalls = calls }
                turns.append(turn)
            case .tool: turns += toolTurns(group, answering: latestCalls)
            }
            start = end
        }
        return turns
    }

    private static func assistantTurn(_ group: ArraySlice<ChatMessage>) -> ChatTurn {
        var calls: [ToolCall] = []
        var continues = false
        for case .assistant(_, let toolCalls, let isPrefix) in group {
            calls += toolCalls
            continues = continues || isPrefix
        }
        // Only U+0020 is dropped: a newline at the end is content.
        var text = Substring(text(of: group.map(\.content))).unicodeScalars
        while text.last == " " { text.removeLast() }
        return .assistant(String(text), calls, isPrefix: continues)
    }

    /// One turn for each result, in the order of the calls.
    private static func toolTurns(_ group: ArraySlice<ChatMessage>, answering calls: [ToolCall]) -> [ChatTurn] {
        let order = Dictionary(zip(calls.map(\.id), calls.indices), uniquingKeysWith: { first, _ in first })
        var results: [(order: Int, turn: ChatTurn)] = []
        for case .tool(let content, let callID, _) in group {
            results.append((order[callID] ?? calls.count, .tool(callID: callID, text(of: [content]))))
        }
        // Every call has one result at most, so the order of equal elements does not come up.
        return results.sorted { $0.order < $1.order }.map(\.turn)
    }

    /// Joins neighbouring texts, across messages too, and drops empty ones.
    private static func merged(_ contents: [ChatContent]) -> [ContentChunk] {
        var merged: [ContentChunk] = []
        var text = ""
        for chunk in contents.lazy.flatMap(\.chunks) {
            switch chunk {
            case .text(let part):
                if !text.isEmpty, !part.isEmpty { text += separator }
                text += part
            case .image:
                if !text.isEmpty { merged.append(.text(text)) }
                text = ""
                merged.append(chunk)
            }
        }
        if !text.isEmpty { merged.append(.text(text)) }
        return merged
    }

    /// Moves an image that follows all the text of a message to the front, as the model was trained to see it.
    private static func imageFirst(_ chunks: [ContentChunk]) -> [ContentChunk] {
        // After merging, "text chunks and one final image" is exactly one text and one image.
        if chunks.count == 2, case .text = chunks[0], case .image = chunks[1] { return [chunks[1], chunks[0]] }
        return chunks
    }

    /// The joined texts of messages that hold no images.
    private static func text(of contents: [ChatContent]) -> String {
        if case .text(let text)? = merged(contents).first { text } else { "" }
    }
}
