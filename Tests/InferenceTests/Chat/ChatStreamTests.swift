import Grammar
import JSONSchema
import Mistral
import Testing

@testable import Inference

@Suite("Chat streams") struct ChatStreamTests {
    private let tokenizer: TekkenTokenizer

    init() throws { tokenizer = try RandomModel.tokenizer.get() }

    /// What the deltas amount to.
    private struct Received {
        var text = ""
        var calls: [ToolCall] = []

        mutating func take(_ deltas: [ChatDelta]) {
            for delta in deltas {
                switch delta {
                case .text(let more): text += more
                case .toolCall(let index, let id, let name):
                    #expect(index == calls.count)
                    calls.append(ToolCall(id: id, name: name, arguments: ""))
                case .toolCallArguments(let index, let more):
                    #expect(index == calls.count - 1)
                    guard let call = calls.popLast() else { return }
                    calls.append(ToolCall(id: call.id, name: call.name, arguments: call.arguments + more))
                }
            }
        }
    }

    /// Streams an answer as a scheduler does: tokens that end within what is settled, in events of any size.
    private func stream(_ request: GenerationRequest, seed: UInt64) throws -> (Received, Generation) {
        var stream = ChatStream(tokenizer, seed: seed)
        var received = Received()
        var numbers = SeededGenerator(seed: seed)
        var (tokens, bytes, tokenBytes) = (0, 0, 0)
        let controls = try [ControlToken.toolCalls, .callID, .arguments].map { try AnswerPlayer.id($0) }
        func post(_ allTokens: [Int], _ allBytes: [UInt8], until settled: Int) throws {
            var end = tokens
            while end < allTokens.count {
                let length = tokenizer.tokenBytes(allTokens[end])?.count ?? 0
                guard tokenBytes + length <= settled || settled == allBytes.count else { break }
                tokenBytes += length
                end += 1
            }
            received.take(try stream.append(tokens: allTokens[tokens..<end], bytes: allBytes[bytes..<settled]))
            (tokens, bytes) = (end, settled)
        }
        let answer = try AnswerPlayer.write(request, seed: seed, favourites: controls) { answer in
            guard !answer.isAtEnd, numbers.next() % 3 > 0 else { return }
            try post(answer.tokens, answer.bytes, until: answer.settledByteCount)
        }
        let generation = Generation(answer)
        try post(generation.tokens, generation.bytes, until: generation.bytes.count)
        received.take(try stream.finish())
        return (received, generation)
    }

    @Test("amount to the completion, whatever the form and however events are cut")
    func streams() throws {
        let grammar = try Grammar(schema: json(#"{"type":"array","items":{"type":"string"},"maxItems":4}"#))
        let forms: [AnswerForm] = [
            .text(), .text(stop: try StopStrings(["e", "日", "ab"])), .grammar(grammar),
            .tools(try ToolSamples.form()), .tools(try ToolSamples.form(), stop: try StopStrings(["é", "th"])),
            .tools(try ToolSamples.form(.required)), .toolsOrGrammar(try ToolSamples.form(), grammar),
        ]
        var calls = 0
        var texts = 0
        for form in forms {
            for seed in 0..<60 as Range<UInt64> {
                let request = AnswerPlayer.request(form, budget: 90)
                let (received, generation) = try stream(request, seed: seed)
                let choice = try ChatCompletion.Choice(generation, index: 0, seed: seed, tokenizer: tokenizer)
                #expect(received.text == choice.text)
                #expect(received.calls == choice.toolCalls)
                #expect(Set(choice.toolCalls.map(\.id)).count == choice.toolCalls.count)
                #expect((choice.finishReason == .toolCalls) == !choice.toolCalls.isEmpty)
                let parsed = try AssistantOutputParser.parse(generation.tokens, tokenizer: tokenizer)
                #expect(parsed.toolCalls.map(\.arguments) == choice.toolCalls.map(\.arguments))
                if !choice.toolCalls.isEmpty { #expect(parsed.text == choice.text) }
                calls += choice.toolCalls.count
                texts += choice.text.isEmpty ? 0 : 1
            }
        }
        #expect(calls > 50 && texts > 50)
    }

    @Test("give calls without an id one that follows from the seed, and repeated ones another")
    func ids() throws {
        let parts: [OutputPart] = [
            .control(.toolCalls), "now", .control(.arguments), "{}",
            .control(.toolCalls), "now", .control(.callID), "abcdefghi", .control(.arguments), "{}",
            .control(.toolCalls), "now", .control(.callID), "abcdefghi", .control(.arguments), "{}",
        ]
        func ids(seed: UInt64, choice: Int) throws -> [String] {
            var stream = ChatStream(tokenizer, seed: seed, choice: choice)
            return try stream.append(tokens: OutputPart.tokens(parts), bytes: []).compactMap { delta in
                if case .toolCall(_, let id, _) = delta { id } else { nil }
            }
        }
        let first = try ids(seed: 1, choice: 0)
        #expect(first.count == 3 && Set(first).count == 3 && first[1] == "abcdefghi")
        #expect(first.allSatisfy { $0.wholeMatch(of: /[a-zA-Z0-9]{9}/) != nil })
        #expect(try ids(seed: 1, choice: 0) == first)
        #expect(try ids(seed: 2, choice: 0)[0] != first[0])
        #expect(try ids(seed: 1, choice: 1)[0] != first[0])
    }
}
