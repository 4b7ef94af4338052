import Mistral
import Testing

@Suite struct AssistantOutputTests {
    private let tokenizer: TekkenTokenizer

    init() throws { tokenizer = try TokenizerReference.full.get() }

    /// Ids of an output given as texts and control tokens.
    private func ids(_ parts: Part...) throws -> [Int] {
        try parts.flatMap { part in
            switch part {
            case .text(let text): tokenizer.encode(text)
            case .control(let token): [try #require(tokenizer.id(of: token))]
            }
        }
    }

    private enum Part: ExpressibleByStringLiteral {
        case text(String), control(ControlToken)
        init(stringLiteral text: String) { self = .text(text) }
    }

    @Test func plainText() throws {
        let output = try AssistantOutputParser.parse(
            ids("Größe: 🎉 [TOOL_CALLS]", .control(.endSequence)), tokenizer: tokenizer)
        #expect(output.text == "Größe: 🎉 [TOOL_CALLS]")
        #expect(output.toolCalls.isEmpty && output.isComplete)
        #expect(try AssistantOutputParser.parse(ids("cut"), tokenizer: tokenizer).isComplete == false)
        #expect(try AssistantOutputParser.parse([], tokenizer: tokenizer).text.isEmpty)
    }

    @Test func textAndParallelCalls() throws {
        let output = try AssistantOutputParser.parse(
            ids(
                "Let me look.", .control(.toolCalls), "search_web", .control(.callID), "abcdefghi",
                .control(.arguments), "{\"q\": \"é\"}",
                .control(.toolCalls), "now", .control(.arguments), "{}", .control(.endSequence)),
            tokenizer: tokenizer)
        #expect(output.text == "Let me look.")
        #expect(output.toolCalls.map(\.name) == ["search_web", "now"])
        #expect(output.toolCalls.map(\.id) == ["abcdefghi", nil])
        #expect(output.toolCalls.map(\.arguments) == ["{\"q\": \"é\"}", "{}"])
        #expect(output.isComplete)
    }

    /// What the model wrote becomes a message that the template turns back into the same tokens.
    @Test func outputReturnsToTheConversation() throws {
        let generated = try ids(
            "Let me look.", .control(.toolCalls), "f", .control(.callID), "abcdefghi", .control(.arguments),
            "{\"a\": [1, 2]}", .control(.endSequence))
        let template = try ChatTemplate(tokenizer)
        let start = try template.encode([.user("u")]).ids
        var generator = TokenizerTestGenerator(state: 1)
        let message = try AssistantOutputParser.parse(generated, tokenizer: tokenizer).message(using: &generator)
        let prompt = try template.encode([.user("u"), message, .tool("r", callID: "abcdefghi")]).ids
        #expect(prompt.starts(with: start + generated))
    }

    @Test func missingIDsAreReplaced() throws {
        let output = try AssistantOutputParser.parse(
            ids(
                .control(.toolCalls), "f", .control(.arguments), "{}",
                .control(.toolCalls), "f", .control(.callID), "x", .control(.arguments), "{}"),
            tokenizer: tokenizer)
        #expect(output.toolCalls.map(\.id) == [nil, "x"])
        var generator = TokenizerTestGenerator(state: 3)
        guard case .assistant(_, let calls, _) = output.message(using: &generator) else {
            Issue.record("not an assistant message")
            return
        }
        #expect(Set(calls.map(\.id)).count == 2)
        _ = try ChatTemplate(tokenizer).encode(
            [.user("u"), output.message(using: &generator), .user("v")])
    }

    @Test func streamsEvents() throws {
        var parser = AssistantOutputParser(tokenizer)
        var events: [AssistantOutputEvent] = []
        let generated = try ids(
            "日本", .control(.toolCalls), "get_weather", .control(.callID), "abcdefghi",
            .control(.arguments), "{\"a\": 1}", .control(.endSequence))
        for id in generated { events += try parser.append(id) }
        var text = ""
        var arguments = ""
        var others: [AssistantOutputEvent] = []
        for event in events {
            switch event {
            case .text(let part): text += part
            case .toolCallArguments(call: 0, let part): arguments += part
            default: others.append(event)
            }
        }
        #expect(text == "日本")
        #expect(arguments == "{\"a\": 1}")
        #expect(others == [.toolCallName(call: 0, "get_weather"), .toolCallID(call: 0, "abcdefghi"), .end])
        #expect(try parser.finish().isEmpty)
        #expect(throws: AssistantOutputError.tokenAfterEnd(position: generated.count)) { try parser.append(2000) }
    }

    @Test func incompleteCharactersComeOutAtTheEnd() throws {
        var parser = AssistantOutputParser(tokenizer)
        #expect(try parser.append(1000 + 0xE2) == [])
        #expect(try parser.finish() == [.text("\u{FFFD}")])
        #expect(parser.output.text == "\u{FFFD}")
    }

    // MARK: - Refusals

    private func error(_ ids: [Int]) -> AssistantOutputError? {
        #expect(throws: AssistantOutputError.self) { try AssistantOutputParser.parse(ids, tokenizer: tokenizer) }
    }

    @Test func refusesMisplacedControlTokens() throws {
        let misplaced = AssistantOutputError.unexpectedControlToken
        #expect(error(try ids(.control(.arguments), "{}")) == misplaced("[ARGS]", 0))
        #expect(error(try ids(.control(.callID))) == misplaced("[CALL_ID]", 0))
        #expect(error(try ids(.control(.beginInstruction))) == misplaced("[INST]", 0))
        #expect(error([999]) == misplaced("<SPECIAL_999>", 0))
        #expect(
            error(try ids(.control(.toolCalls), "f", .control(.arguments), "{}", .control(.callID)))
                == misplaced("[CALL_ID]", 4))
    }

    @Test func refusesIncompleteCalls() throws {
        #expect(error(try ids(.control(.toolCalls), "f")) == .missingArguments(call: 0, name: "f"))
        #expect(
            error(try ids(.control(.toolCalls), "f", .control(.endSequence))) == .missingArguments(call: 0, name: "f"))
        #expect(
            error(try ids(.control(.toolCalls), "f", .control(.toolCalls))) == .missingArguments(call: 0, name: "f"))
        #expect(error(try ids(.control(.toolCalls), .control(.arguments))) == .invalidName(call: 0, name: ""))
        #expect(error(try ids(.control(.toolCalls), "a b", .control(.arguments))) == .invalidName(call: 0, name: "a b"))
    }

    @Test func refusesArgumentsThatAreNotJSON() throws {
        let call = try ids(.control(.toolCalls), "f", .control(.arguments))
        for arguments in ["", "{\"a\": ", "{} {}", "[1,]"] {
            guard case .argumentsNotJSON(call: 0, name: "f", _)? = error(call + tokenizer.encode(arguments)) else {
                Issue.record("accepted \(arguments)")
                continue
            }
        }
        var parser = AssistantOutputParser(tokenizer)
        for id in try call + ids("{\"a\": ") { _ = try parser.append(id) }
        #expect(throws: AssistantOutputError.self) { try parser.finish() }
        #expect(parser.output.toolCalls.first?.arguments == "{\"a\": ")
    }
}
