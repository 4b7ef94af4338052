import JSONSchema
import Mistral
import Testing

/// Agreement with mistral-common on whole conversations.
@Suite struct ChatGoldenTests {
    @Test func encodesLikeTheReference() throws {
        let tokenizer = try TokenizerReference.full.get()
        let template = try ChatTemplate(tokenizer)
        var accepted = 0
        for test in try TokenizerReference.cases("chats.json") where test["error"] == nil {
            let name = try test.text("name")
            let prompt = try template.encode(try messages(of: test), tools: try tools(of: test))
            #expect(prompt.ids == (try test.integers("ids")), "\(name)")
            #expect(utf8(tokenizer.decode(prompt.ids, specialTokens: .keep)) == utf8(try test.text("text")), "\(name)")
            let grids = try test.member("images_chw").arrayValue?.map { size in
                ImageTokenGrid(
                    tokensWide: (size[2]?.intValue ?? 0) / 28, tokensHigh: (size[1]?.intValue ?? 0) / 28)
            }
            #expect(prompt.images.map(\.grid) == grids, "\(name)")
            checkImagePlaces(prompt, name)
            accepted += 1
        }
        #expect(accepted >= 30)
    }

    @Test func refusesWhatTheReferenceRefuses() throws {
        let template = try ChatTemplate(try TokenizerReference.full.get())
        var refused = 0
        for test in try TokenizerReference.cases("chats.json") where test["error"] != nil {
            let error = #expect(throws: ChatTemplateError.self) {
                try template.encode(try messages(of: test), tools: try tools(of: test))
            }
            let isExpected =
                switch (try test.text("error"), error) {
                case ("InvalidMessageStructureException", .invalidMessage(index: 2, role: .assistant, .cannotBeLast)?),
                    ("InvalidFunctionCallException", .invalidMessage(index: 1, _, .callIDFormat("call_1"))?):
                    true
                default: false
                }
            let name = try test.text("name")
            #expect(isExpected, "\(name): \(String(describing: error))")
            refused += 1
        }
        #expect(refused == 2)
    }

    /// The recorded places are exactly those of the image tokens.
    private func checkImagePlaces(_ prompt: PromptTokens, _ name: String) {
        let embeddings = prompt.images.flatMap(\.embeddingPositions)
        #expect(embeddings == prompt.ids.indices.filter { prompt.ids[$0] == 10 }, "\(name)")
        let all = prompt.images.flatMap { Array($0.range) }
        #expect(all == prompt.ids.indices.filter { [10, 12, 13].contains(prompt.ids[$0]) }, "\(name)")
        for image in prompt.images {
            #expect(prompt.ids[image.range.upperBound - 1] == 13)
            #expect(image.embeddingPositions.count == image.grid.embeddingCount)
        }
    }

    // MARK: - Conversations of the reference files

    private func messages(of test: JSONValue) throws -> [ChatMessage] {
        // Sizes of the images after preprocessing, in the order of the conversation.
        var sizes = (test["images_chw"]?.arrayValue ?? [])[...]
        return try (test.member("messages").arrayValue ?? []).map { message in
            let content = try content(message["content"] ?? .null, &sizes)
            switch try message.text("role") {
            case "system": return .system(content)
            case "user": return .user(content)
            case "tool":
                return .tool(content, callID: try message.text("tool_call_id"), name: message["name"]?.stringValue)
            default:
                let calls = try (message["tool_calls"]?.arrayValue ?? []).map { call in
                    ToolCall(
                        id: try call.text("id"), name: try call.text("name"), arguments: try call.text("arguments"))
                }
                return .assistant(content, toolCalls: calls, isPrefix: message["prefix"]?.boolValue ?? false)
            }
        }
    }

    private func content(_ value: JSONValue, _ sizes: inout ArraySlice<JSONValue>) throws -> ChatContent {
        if let text = value.stringValue { return ChatContent(text) }
        var chunks: [ContentChunk] = []
        for chunk in value.arrayValue ?? [] {
            if try chunk.text("type") == "text" {
                chunks.append(.text(try chunk.text("text")))
            } else {
                let next = sizes.popFirst()
                let size = try #require(next)
                chunks.append(
                    .image(
                        ImageTokenGrid(
                            tokensWide: (size[2]?.intValue ?? 0) / 28, tokensHigh: (size[1]?.intValue ?? 0) / 28)))
            }
        }
        return ChatContent(chunks)
    }

    private func tools(of test: JSONValue) throws -> [Tool] {
        try (test["tools"]?.arrayValue ?? []).map { tool in
            Tool(
                name: try tool.text("name"), description: tool["description"]?.stringValue ?? "",
                parameters: try #require(try tool.member("parameters").objectValue))
        }
    }
}
