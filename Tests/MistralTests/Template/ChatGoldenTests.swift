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
            let conversation = try ChatConversation(test)
            let prompt = try template.encode(conversation.messages, tools: conversation.tools)
            #expect(prompt.ids == (try test.integers("ids")), "\(name)")
            #expect(utf8(tokenizer.decode(prompt.ids, specialTokens: .keep)) == utf8(try test.text("text")), "\(name)")
            #expect(prompt.images.map(\.grid) == conversation.grids, "\(name)")
            checkImagePlaces(prompt, name)
            accepted += 1
        }
        #expect(accepted >= 30)
    }

    @Test func refusesWhatTheReferenceRefuses() throws {
        let template = try ChatTemplate(try TokenizerReference.full.get())
        var refused = 0
        for test in try TokenizerReference.cases("chats.json") where test["error"] != nil {
            let conversation = try ChatConversation(test)
            let error = #expect(throws: ChatTemplateError.self) {
                try template.encode(conversation.messages, tools: conversation.tools)
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
}
