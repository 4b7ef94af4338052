/// A block of the prompt: one message, or neighbouring messages of one role taken together.
enum ChatTurn {
    case system(String)
    case user([ContentChunk])
    case assistant(String, [ToolCall], isPrefix: Bool)
    case tool(callID: String, String)

    /// Texts of one turn are joined by an empty line.
    private static let separator = "\n\n"

    /// The turns of a conversation that has passed the validator.
    static func turns(of messages: [ChatMessage], version: TekkenVersion) -> [ChatTurn] {
        let turns = turns(of: messages, ordersResults: version.ordersResults)
        return version.hasSystemMessages ? turns : withSystemInUser(turns)
    }

    private static func turns(of messages: [ChatMessage], ordersResults: Bool) -> [ChatTurn] {
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
            case .tool: turns += toolTurns(group, answering: ordersResults ? latestCalls : [])
            }
            start = end
        }
        return turns
    }

    /// The system messages as one text before the last user message. The first turn is a user's, if need be an empty
    /// one.
    private static func withSystemInUser(_ turns: [ChatTurn]) -> [ChatTurn] {
        var (others, texts): ([ChatTurn], [String]) = ([], [])
        for turn in turns {
            if case .system(let text) = turn { if !text.isEmpty { texts.append(text) } } else { others.append(turn) }
        }
        if case .user? = others.first {} else { others.insert(.user([]), at: 0) }
        guard !texts.isEmpty else { return others }
        let system = texts.joined(separator: separator) + separator
        for index in others.indices.reversed() {
            guard case .user(let chunks) = others[index] else { continue }
            // Text alone continues the system's; before an image it stands by itself.
            if chunks.count <= 1, case .text(let text) = chunks.first ?? .text("") {
                others[index] = .user([.text(system + text)])
            } else {
                others[index] = .user([.text(system)] + chunks)
            }
            break
        }
        return others
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

    /// One turn for each result, in the order of the calls; in its own without calls.
    private static func toolTurns(_ group: ArraySlice<ChatMessage>, answering calls: [ToolCall]) -> [ChatTurn] {
        let order = Dictionary(zip(calls.map(\.id), calls.indices), uniquingKeysWith: { first, _ in first })
        var results: [(order: Int, turn: ChatTurn)] = []
        for (index, message) in group.enumerated() {
            guard case .tool(let content, let callID, _) = message else { continue }
            results.append((order[callID] ?? calls.count + index, .tool(callID: callID, text(of: [content]))))
        }
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
