import JSONSchema

/// The instruct format of Mistral models, version 11: a conversation becomes token ids.
///
/// `<s>[SYSTEM_PROMPT]…[/SYSTEM_PROMPT][INST]…[/INST]…</s>[INST]…[/INST]` without added spaces; control tokens are
/// inserted as ids, and every text between them is encoded by itself. Follows mistral-common 1.13.1 token for token.
public struct ChatTemplate: Sendable {
    private let tokenizer: TekkenTokenizer
    private let control: TemplateTokens

    /// - Throws: `ChatTemplateError.missingControlToken`.
    public init(_ tokenizer: TekkenTokenizer) throws(ChatTemplateError) {
        self.tokenizer = tokenizer
        control = try TemplateTokens(tokenizer)
    }

    /// The prompt after which the model writes the next assistant message, or continues an assistant prefix.
    ///
    /// Neighbouring user messages become one, as do assistant messages; texts are joined by an empty line. Tool results
    /// are put in the order of the calls. The tools stand before the last user message. Trailing spaces of assistant
    /// texts are dropped. In a message of text followed by one image, the image comes first.
    ///
    /// - Throws: `ChatTemplateError` saying which message or tool is refused and why.
    public func encode(
        _ messages: [ChatMessage], tools: [Tool] = []
    ) throws(ChatTemplateError) -> PromptTokens {
        try ChatValidator(imageSettings: tokenizer.imageSettings).check(messages, tools: tools)
        let turns = ChatTurn.turns(of: messages)
        let lastUserTurn = turns.lastIndex {
            if case .user = $0 { true } else { false }
        }
        var prompt = PromptTokens()
        prompt.ids.append(control.beginSequence)
        for (index, turn) in turns.enumerated() {
            if index == lastUserTurn, !tools.isEmpty { append(tools, to: &prompt) }
            append(turn, to: &prompt)
        }
        return prompt
    }

    private func append(_ turn: ChatTurn, to prompt: inout PromptTokens) {
        switch turn {
        case .system(let text):
            prompt.ids.append(control.beginSystemPrompt)
            append(text, to: &prompt)
            prompt.ids.append(control.endSystemPrompt)
        case .user(let chunks):
            prompt.ids.append(control.beginInstruction)
            for chunk in chunks { append(chunk, to: &prompt) }
            prompt.ids.append(control.endInstruction)
        case .assistant(let text, let calls, let isPrefix):
            append(text, to: &prompt)
            for call in calls { append(call, to: &prompt) }
            if !isPrefix { prompt.ids.append(control.endSequence) }
        case .tool(let callID, let text):
            prompt.ids.append(control.beginToolResults)
            append(callID, to: &prompt)
            prompt.ids.append(control.toolContent)
            append(text, to: &prompt)
            prompt.ids.append(control.endToolResults)
        }
    }

    private func append(_ text: String, to prompt: inout PromptTokens) {
        prompt.ids.append(contentsOf: tokenizer.encode(text))
    }

    private func append(_ chunk: ContentChunk, to prompt: inout PromptTokens) {
        switch chunk {
        case .text(let text):
            append(text, to: &prompt)
        case .image(let grid):
            prompt.images.append(PromptImage(grid: grid, start: prompt.ids.count))
            for row in 1...grid.tokensHigh {
                prompt.ids.append(contentsOf: repeatElement(control.image, count: grid.tokensWide))
                prompt.ids.append(row < grid.tokensHigh ? control.imageBreak : control.imageEnd)
            }
        }
    }

    private func append(_ call: ToolCall, to prompt: inout PromptTokens) {
        prompt.ids.append(control.toolCalls)
        append(call.name, to: &prompt)
        prompt.ids.append(control.callID)
        append(call.id, to: &prompt)
        prompt.ids.append(control.arguments)
        append(Self.normalizedArguments(call.arguments), to: &prompt)
    }

    /// The arguments as Python would write them; text that is not JSON becomes a JSON string.
    private static func normalizedArguments(_ arguments: String) -> String {
        if arguments.isEmpty { return "{}" }
        let value = (try? JSONValue(parsing: Array(arguments.utf8))) ?? .string(arguments)
        return PythonJSON.string(value)
    }

    private func append(_ tools: [Tool], to prompt: inout PromptTokens) {
        let list = tools.map { tool in
            JSONValue.object(
                JSONObject([
                    ("type", .string("function")),
                    (
                        "function",
                        .object(
                            JSONObject([
                                ("name", .string(tool.name)),
                                ("description", .string(tool.description)),
                                ("parameters", .object(tool.parameters)),
                            ]))
                    ),
                ]))
        }
        prompt.ids.append(control.beginAvailableTools)
        append(PythonJSON.string(.array(list)), to: &prompt)
        prompt.ids.append(control.endAvailableTools)
    }
}
