import JSONSchema
import Mistral
import TestSupport
import Testing

@testable import Inference

/// Tool calls of the reference conversations, written by our template, come back as the same calls.
@Suite("Chat round trips") struct ChatRoundTripTests {
    private struct Conversation {
        let name: String
        let tools: [Tool]
        let text: String
        let calls: [ToolCall]
    }

    private func conversations() throws -> [Conversation] {
        let cases = try JSONValue(parsing: Repository.bytes(of: Repository.reference("tokenizer/chats.json")))["cases"]
        return try (cases?.arrayValue ?? []).filter { $0["error"] == nil }.compactMap { test in
            let tools = try (test["tools"]?.arrayValue ?? []).map { tool in
                Tool(
                    name: try #require(tool["name"]?.stringValue),
                    parameters: try #require(tool["parameters"]?.objectValue))
            }
            let message = test["messages"]?.arrayValue?.first { $0["tool_calls"]?.arrayValue?.isEmpty == false }
            guard let message else { return nil }
            let calls = try (message["tool_calls"]?.arrayValue ?? []).map { call in
                ToolCall(
                    id: try #require(call["id"]?.stringValue), name: try #require(call["name"]?.stringValue),
                    arguments: try #require(call["arguments"]?.stringValue))
            }
            return Conversation(
                name: test["name"]?.stringValue ?? "", tools: tools, text: message["content"]?.stringValue ?? "",
                calls: calls)
        }
    }

    /// The tokens of the assistant's turn, without the end of the sequence.
    private func tokens(_ conversation: Conversation) throws -> [Int] {
        let template = try ChatTemplate(RandomModel.tokenizer.get())
        let before = try template.encode([.user("u")]).ids
        let message = ChatMessage.assistant(ChatContent(conversation.text), toolCalls: conversation.calls)
        let all = try template.encode([.user("u"), message, .user("v")]).ids
        let end = try #require(all.firstIndex(of: AnswerPlayer.id(.endSequence)))
        return Array(all[before.count..<end])
    }

    @Test("of calls: names, ids and arguments")
    func calls() throws {
        let tokenizer = try RandomModel.tokenizer.get()
        let conversations = try conversations()
        #expect(conversations.count >= 6)
        for conversation in conversations {
            let output = try AssistantOutputParser.parse(tokens(conversation), tokenizer: tokenizer)
            #expect(output.text == conversation.text)
            #expect(output.toolCalls.map(\.name) == conversation.calls.map(\.name))
            #expect(output.toolCalls.map(\.id) == conversation.calls.map(\.id))
            for (written, call) in zip(output.toolCalls, conversation.calls) {
                let arguments = call.arguments.isEmpty ? "{}" : call.arguments
                #expect(try json(written.arguments) == json(arguments), "\(conversation.name)")
            }
        }
    }

    /// Under their tools the answer takes those very tokens, wherever the arguments are valid.
    @Test("of tokens: a model that writes as the template does is not hindered")
    func forms() throws {
        var written = 0
        for conversation in try conversations() {
            let areValid = try conversation.calls.allSatisfy { call in
                let tool = try #require(conversation.tools.first { $0.name == call.name })
                let arguments = try json(call.arguments.isEmpty ? "{}" : call.arguments)
                let names = Set((tool.parameters["properties"]?.objectValue?.members ?? []).map(\.key))
                return try SchemaValidator(schema: .object(tool.parameters)).validate(arguments).isEmpty
                    && (arguments.objectValue?.members ?? []).allSatisfy { names.contains($0.key) }
            }
            guard areValid else { continue }
            let form = AnswerForm.tools(try ToolForm(ToolGrammars(conversation.tools)))
            let wanted = try tokens(conversation)
            #expect(try AnswerPlayer.write(AnswerPlayer.request(form), wanted: wanted).tokens == wanted)
            written += 1
        }
        #expect(written >= 4)
    }
}
