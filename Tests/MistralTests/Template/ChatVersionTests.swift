import JSONSchema
import Mistral
import TestSupport
import Testing

/// Agreement with mistral-common for every version of the instruct format.
@Suite("Chat templates of other versions")
struct ChatVersionTests {
    /// The full vocabulary under another version.
    private static func tokenizer(_ version: TekkenVersion) throws -> TekkenTokenizer {
        let text = String(
            decoding: try Repository.bytes(of: TokenizerReference.path("tekken_v11_full.json")), as: UTF8.self)
        let named = replacing(#""version":"v11""#, #""version":"\#(version.rawValue)""#)(text)
        return try TekkenTokenizer(json: Array(named.utf8))
    }

    @Test("whole conversations", arguments: TekkenVersion.allCases)
    func goldens(version: TekkenVersion) throws {
        let tokenizer = try Self.tokenizer(version)
        #expect(tokenizer.version == version)
        let template = try ChatTemplate(tokenizer)
        let known = Dictionary(
            uniqueKeysWithValues: try TokenizerReference.cases("chats.json").map { (try $0.text("name"), $0) })
        var (accepted, refused) = (0, 0)
        for test in try TokenizerReference.cases("chats_versions.json")
        where try test.text("version") == version.rawValue {
            let name = try test.text("name")
            let conversation = try ChatConversation(
                test["messages"] == nil ? #require(known[name]) : test, golden: test)
            do {
                let prompt = try template.encode(conversation.messages, tools: conversation.tools)
                guard test["error"] == nil else {
                    Issue.record("\(version): \(name) is not refused")
                    continue
                }
                #expect(prompt.ids == (try test.integers("ids")), "\(version): \(name)")
                #expect(prompt.images.map(\.grid) == conversation.grids)
                accepted += 1
            } catch {
                #expect(test["error"] != nil, "\(version): \(name): \(error)")
                refused += 1
            }
        }
        #expect(accepted >= (version == .v11 ? 10 : 39) && refused > 0)
    }

    @Test("a generated message returns to the conversation as it was written", arguments: TekkenVersion.allCases)
    func roundTrip(version: TekkenVersion) throws {
        let tokenizer = try Self.tokenizer(version)
        let template = try ChatTemplate(tokenizer)
        let calls = [
            ToolCall(id: "abcdefghi", name: "search", arguments: #"{"q": "é", "n": [1, 2.5]}"#),
            ToolCall(id: "123456789", name: "now", arguments: "{}"),
        ]
        let start = try template.encode([.user("u")]).ids
        let whole = try template.encode([
            .user("u"), .assistant(toolCalls: calls), .tool("r", callID: "abcdefghi"), .tool("s", callID: "123456789"),
        ]).ids
        let endOfMessage = try #require(tokenizer.id(of: .endSequence))
        let end = try #require(whole.firstIndex(of: endOfMessage))
        let generated = Array(whole[start.count...end])
        let output = try AssistantOutputParser.parse(generated, tokenizer: tokenizer)
        #expect(output.toolCalls.map(\.name) == ["search", "now"] && output.isComplete && output.text.isEmpty)
        #expect(output.toolCalls.map(\.arguments) == calls.map(\.arguments))
        #expect(output.toolCalls.map(\.id) == (version == .v13 ? [nil, nil] : calls.map(\.id)))
        var generator = TokenizerTestGenerator(state: 5)
        let message = output.message(using: &generator)
        guard case .assistant(_, let again, _) = message else {
            Issue.record("not an assistant message")
            return
        }
        let results = again.map { ChatMessage.tool("r", callID: $0.id) }
        #expect(try template.encode([.user("u"), message] + results).ids.starts(with: start + generated))
    }

    @Test("calls in an array that are none are refused")
    func damagedLists() throws {
        let tokenizer = try Self.tokenizer(.v7)
        let begin = try #require(tokenizer.id(of: .toolCalls))
        func error(_ text: String) -> AssistantOutputError? {
            #expect(throws: AssistantOutputError.self) {
                try AssistantOutputParser.parse([begin] + tokenizer.encode(text), tokenizer: tokenizer)
            }
        }
        for text in ["", "[{", #"{"name": "f"}"#] {
            guard case .callsNotJSON = error(text) else {
                Issue.record("\(text) is not refused as it should")
                continue
            }
        }
        #expect(error(#"[{"name": "f g", "arguments": {}}]"#) == .invalidName(call: 0, name: "f g"))
        #expect(error(#"[{"name": "f"}]"#) == .missingArguments(call: 0, name: "f"))
        guard case .argumentsNotJSON(call: 0, name: "f", _) = error(#"[{"name": "f", "arguments": "{"}]"#) else {
            Issue.record("arguments that are no JSON are not refused")
            return
        }
        let twice = #expect(throws: AssistantOutputError.self) {
            try AssistantOutputParser.parse([begin, begin], tokenizer: tokenizer)
        }
        guard case .unexpectedControlToken(name: "[TOOL_CALLS]", position: 1) = twice else {
            Issue.record("\(String(describing: twice))")
            return
        }
    }
}
