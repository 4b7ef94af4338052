import JSONSchema
import Mistral
import Testing

@Suite struct ChatTemplateTests {
    private let call = ToolCall(id: "aaaaaaaa1", name: "f", arguments: "{}")
    private let otherCall = ToolCall(id: "bbbbbbbb2", name: "g", arguments: "{}")

    /// The prompt as text, with the names of its control tokens.
    private func prompt(_ messages: [ChatMessage], tools: [Tool] = []) throws -> String {
        let tokenizer = try TokenizerReference.full.get()
        return tokenizer.decode(try ChatTemplate(tokenizer).encode(messages, tools: tools).ids, specialTokens: .keep)
    }

    // MARK: - Shape

    @Test func resultsFollowTheOrderOfTheCalls() throws {
        let text = try prompt([
            .user("u"), .assistant(toolCalls: [call, otherCall]),
            .tool("second", callID: "bbbbbbbb2"), .tool("first", callID: "aaaaaaaa1"),
        ])
        #expect(
            text.hasSuffix(
                "</s>[TOOL_RESULTS]aaaaaaaa1[TOOL_CONTENT]first[/TOOL_RESULTS]"
                    + "[TOOL_RESULTS]bbbbbbbb2[TOOL_CONTENT]second[/TOOL_RESULTS]"))
    }

    @Test func neighbouringAssistantMessagesBecomeOne() throws {
        let text = try prompt([
            .user("u"), .assistant("a "), .assistant("b ", toolCalls: [call]),
            .tool("r", callID: "aaaaaaaa1"), .assistant("c", isPrefix: true),
        ])
        #expect(
            text == "<s>[INST]u[/INST]a \n\nb[TOOL_CALLS]f[CALL_ID]aaaaaaaa1[ARGS]{}</s>"
                + "[TOOL_RESULTS]aaaaaaaa1[TOOL_CONTENT]r[/TOOL_RESULTS]c")
    }

    @Test func emptyTextsLeaveNoSeparator() throws {
        #expect(try prompt([.user(["", "a", ""].asContent), .user(""), .user("b")]) == "<s>[INST]a\n\nb[/INST]")
        #expect(try prompt([.user("")]) == "<s>[INST][/INST]")
        #expect(try prompt([.system("s")]) == "<s>[SYSTEM_PROMPT]s[/SYSTEM_PROMPT]")
    }

    @Test func anImageAfterAllTextComesFirstAcrossMessages() throws {
        let image = ContentChunk.image(ImageTokenGrid(tokensWide: 1, tokensHigh: 1))
        #expect(try prompt([.user("a"), .user([.text(""), image])]) == "<s>[INST][IMG][IMG_END]a[/INST]")
        #expect(
            try prompt([.user([.text("a"), image, image])]) == "<s>[INST]a[IMG][IMG_END][IMG][IMG_END][/INST]")
        #expect(
            try prompt([.user([.text("a"), image]), .user("b")]) == "<s>[INST]a[IMG][IMG_END]b[/INST]")
    }

    @Test func worksWithASmallVocabulary() throws {
        let tokenizer = try TokenizerReference.tiny.get()
        let ids = try ChatTemplate(tokenizer).encode([.user("Hi")]).ids
        #expect(tokenizer.decode(ids, specialTokens: .keep) == "<s>[INST]Hi[/INST]")
    }

    // MARK: - Arguments as Python writes them

    @Test(arguments: [
        ("[2.50, 1e5, 1E5, -0, -0.0, 1.5e300]", "[2.5, 100000.0, 100000.0, 0, -0.0, 1.5e+300]"),
        ("[0.0001, 0.00001, 1e15, 1e16, 5e-324]", "[0.0001, 1e-05, 1000000000000000.0, 1e+16, 5e-324]"),
        ("123456789012345680.0", "1.2345678901234568e+17"),
        (
            "[123456789012345678901234567890, 1e400, -1e400, 0.1, 100, 12.0e1, 9007199254740993.0]",
            "[123456789012345678901234567890, Infinity, -Infinity, 0.1, 100, 120.0, 9007199254740992.0]"
        ),
        (#"{"b":[],"a":{},"c":null,"d":true , "e":false}"#, #"{"b": [], "a": {}, "c": null, "d": true, "e": false}"#),
        (
            #"["\u00e9\/\"\\\b\f\n\r\t\u0001\u001f\u007f\ud83d\ude00"]"#,
            "[\"é/\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u{7F}😀\"]"
        ),
        ("not json", #""not json""#),
        ("{\"a\": ", #""{\"a\": ""#),
        ("", "{}"), ("{}", "{}"), (" 7 ", "7"),
    ])
    func normalizesArguments(arguments: String, expected: String) throws {
        let call = ToolCall(id: "aaaaaaaa1", name: "f", arguments: arguments)
        let text = try prompt([.user("u"), .assistant(toolCalls: [call]), .tool("r", callID: "aaaaaaaa1")])
        let tail = "</s>[TOOL_RESULTS]aaaaaaaa1[TOOL_CONTENT]r[/TOOL_RESULTS]"
        #expect(utf8(text) == utf8("<s>[INST]u[/INST][TOOL_CALLS]f[CALL_ID]aaaaaaaa1[ARGS]\(expected)\(tail)"))
    }

    // MARK: - Refusals

    private func expectRefusal(
        _ messages: [ChatMessage], at index: Int, _ role: ChatRole, _ problem: ChatTemplateError.MessageProblem,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let template = try ChatTemplate(try TokenizerReference.full.get())
        #expect(
            throws: ChatTemplateError.invalidMessage(index: index, role: role, problem), sourceLocation: sourceLocation
        ) { try template.encode(messages) }
    }

    @Test func refusesWrongOrder() throws {
        let template = try ChatTemplate(try TokenizerReference.full.get())
        #expect(throws: ChatTemplateError.emptyConversation) { try template.encode([]) }
        try expectRefusal([.assistant("a", isPrefix: true)], at: 0, .assistant, .cannotBeFirst)
        try expectRefusal([.tool("r", callID: "aaaaaaaa1")], at: 0, .tool, .cannotBeFirst)
        try expectRefusal([.user("u"), .assistant("a")], at: 1, .assistant, .cannotBeLast)
        try expectRefusal([.user("u"), .system("s")], at: 1, .system, .cannotBeLast)
        try expectRefusal([.user("u"), .tool("r", callID: "aaaaaaaa1")], at: 1, .tool, .unexpectedAfter(.user))
        try expectRefusal(
            [.user("u"), .assistant("a"), .system("s"), .user("u")], at: 2, .system, .unexpectedAfter(.assistant))
        try expectRefusal(
            [.user("u"), .assistant("a", isPrefix: true), .user("u")], at: 1, .assistant, .prefixIsNotLast)
    }

    @Test func refusesWrongContent() throws {
        let image = ContentChunk.image(ImageTokenGrid(tokensWide: 2, tokensHigh: 2))
        try expectRefusal([.system([image]), .user("u")], at: 0, .system, .imageNotAllowed)
        try expectRefusal([.user("u"), .assistant([image]), .user("u")], at: 1, .assistant, .imageNotAllowed)
        try expectRefusal([.user("u"), .assistant(""), .user("u")], at: 1, .assistant, .noContent)
        for grid in [(0, 1), (1, 0), (56, 1), (1, 56), (-1, 5), (Int.max, Int.max)] {
            let grid = ImageTokenGrid(tokensWide: grid.0, tokensHigh: grid.1)
            try expectRefusal(
                [.user([.image(grid)])], at: 0, .user, .imageGridOutOfRange(grid, maximumPerSide: 55))
        }
    }

    @Test(arguments: ["", "12345678", "1234567890", "12345678\n", "1234-5678", "éééé1", "null"])
    func refusesCallIDs(id: String) throws {
        let call = ToolCall(id: id, name: "f", arguments: "{}")
        try expectRefusal(
            [.user("u"), .assistant(toolCalls: [call]), .user("v")], at: 1, .assistant, .callIDFormat(id))
        try expectRefusal(
            [.user("u"), .assistant(toolCalls: [self.call]), .tool("r", callID: id)], at: 2, .tool, .callIDFormat(id))
    }

    @Test(arguments: ["", "a b", "a.b", "é", String(repeating: "a", count: 65)])
    func refusesFunctionNames(name: String) throws {
        let call = ToolCall(id: "aaaaaaaa1", name: name, arguments: "{}")
        try expectRefusal(
            [.user("u"), .assistant(toolCalls: [call]), .user("v")], at: 1, .assistant, .functionNameFormat(name))
        try expectRefusal(
            [.user("u"), .assistant(toolCalls: [self.call]), .tool("r", callID: "aaaaaaaa1", name: name)],
            at: 2, .tool, .functionNameFormat(name))
        let template = try ChatTemplate(try TokenizerReference.full.get())
        #expect(throws: ChatTemplateError.invalidTool(index: 0, .functionNameFormat(name))) {
            try template.encode([.user("u")], tools: [Tool(name: name, parameters: JSONObject())])
        }
    }

    @Test func refusesUnmatchedCallsAndResults() throws {
        let calls = ChatMessage.assistant(toolCalls: [call, otherCall])
        let result = ChatMessage.tool("r", callID: "aaaaaaaa1")
        try expectRefusal(
            [.user("u"), calls, result, .assistant("a"), .user("v")], at: 3, .assistant,
            .unansweredCalls(["bbbbbbbb2"]))
        try expectRefusal([.user("u"), calls, result, result], at: 3, .tool, .duplicateResult(callID: "aaaaaaaa1"))
        try expectRefusal(
            [.user("u"), calls, .tool("r", callID: "ccccccccc")], at: 2, .tool, .unexpectedResult(callID: "ccccccccc"))
        try expectRefusal(
            [.user("u"), .assistant(toolCalls: [call, call]), result], at: 1, .assistant,
            .duplicateCallID("aaaaaaaa1"))
        // Calls without results may stand at the end.
        #expect(try prompt([.user("u"), calls, result]).hasSuffix("[/TOOL_RESULTS]"))
    }

    @Test func refusalsSayWhichMessageAndWhy() {
        let error = ChatTemplateError.invalidMessage(index: 3, role: .tool, .callIDFormat("call_1"))
        #expect(
            "\(error)"
                == "message 3 (tool): the tool call id \"call_1\" must be 9 of the characters a-z, A-Z and 0-9"
        )
    }
}

extension [String] {
    fileprivate var asContent: ChatContent { ChatContent(map { .text($0) }) }
}
