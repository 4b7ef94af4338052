/// The instruct formats of Mistral models: a conversation becomes token ids.
///
/// `<s>[SYSTEM_PROMPT]…[/SYSTEM_PROMPT][INST]…[/INST]…</s>[INST]…[/INST]` without added spaces; control tokens are
/// inserted as ids, and every text between them is encoded by itself. The tokenizer's version decides how tools are
/// written, and where: see `TekkenVersion`. Follows mistral-common 1.13.1 token for token.
public struct ChatTemplate: Sendable {
    let tokenizer: TekkenTokenizer
    let control: TemplateTokens

    public var version: TekkenVersion { tokenizer.version }

    /// - Throws: `ChatTemplateError.missingControlToken`.
    public init(_ tokenizer: TekkenTokenizer) throws(ChatTemplateError) {
        self.tokenizer = tokenizer
        control = try TemplateTokens(tokenizer)
    }

    /// The prompt after which the model writes the next assistant message, or continues an assistant prefix.
    ///
    /// Neighbouring user messages become one, as do assistant messages; texts are joined by an empty line. The tools
    /// stand before a user message: the last one, since v13 the first. Tool results are put in the order of the calls
    /// since v11. Trailing spaces of assistant texts are dropped. In a message of text followed by one image, the image
    /// comes first.
    ///
    /// - Throws: `ChatTemplateError` saying which message or tool is refused and why.
    public func encode(
        _ messages: [ChatMessage], tools: [Tool] = []
    ) throws(ChatTemplateError) -> PromptTokens {
        try ChatValidator(version: version, imageSettings: tokenizer.imageSettings).check(messages, tools: tools)
        let turns = ChatTurn.turns(of: messages, version: version)
        let isUser = { (turn: ChatTurn) in if case .user = turn { true } else { false } }
        let lastUserTurn = turns.lastIndex(where: isUser)
        let toolTurn = version.hasToolsFirst ? turns.firstIndex(where: isUser) : lastUserTurn
        var prompt = PromptTokens()
        prompt.ids.append(control.beginSequence)
        for (index, turn) in turns.enumerated() {
            if index == toolTurn, !tools.isEmpty { append(tools, to: &prompt) }
            append(turn, to: &prompt)
        }
        return prompt
    }

    private func append(_ turn: ChatTurn, to prompt: inout PromptTokens) {
        switch turn {
        case .system(let text):
            if let begin = control.beginSystemPrompt { prompt.ids.append(begin) }
            append(text, to: &prompt)
            if let end = control.endSystemPrompt { prompt.ids.append(end) }
        case .user(let chunks):
            prompt.ids.append(control.beginInstruction)
            for chunk in chunks { append(chunk, to: &prompt) }
            prompt.ids.append(control.endInstruction)
        case .assistant(let text, let calls, let isPrefix):
            append(text, to: &prompt)
            append(calls, to: &prompt)
            if !isPrefix { prompt.ids.append(control.endSequence) }
        case .tool(let callID, let text):
            appendResult(of: callID, text, to: &prompt)
        }
    }

    func append(_ text: String, to prompt: inout PromptTokens) {
        prompt.ids.append(contentsOf: tokenizer.encode(text))
    }

    private func append(_ chunk: ContentChunk, to prompt: inout PromptTokens) {
        switch chunk {
        case .text(let text):
            append(text, to: &prompt)
        case .image(let grid):
            // The validator let images pass only where the vocabulary has them.
            guard let image = control.image, let imageBreak = control.imageBreak, let imageEnd = control.imageEnd else {
                return
            }
            prompt.images.append(PromptImage(grid: grid, start: prompt.ids.count))
            for row in 1...grid.tokensHigh {
                prompt.ids.append(contentsOf: repeatElement(image, count: grid.tokensWide))
                prompt.ids.append(row < grid.tokensHigh ? imageBreak : imageEnd)
            }
        }
    }
}
