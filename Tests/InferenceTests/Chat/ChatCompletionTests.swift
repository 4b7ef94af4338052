import Grammar
import JSONSchema
import Mistral
import Testing

@testable import Inference

/// Chats with a small model of random weights.
@Suite("Chat completions") struct ChatCompletionTests {
    private let tokenizer: TekkenTokenizer
    private let template: ChatTemplate

    init() throws {
        tokenizer = try RandomModel.tokenizer.get()
        template = try ChatTemplate(tokenizer)
    }

    private func complete(_ change: (inout ChatRequest) -> Void = { _ in }) throws -> ChatCompletion {
        var request = ChatRequest(messages: [.user("Hi")])
        (request.temperature, request.seed, request.maximumTokens) = (1, 7, 40)
        change(&request)
        let chat = try request.prepared(template: template, contextLength: 1024)
        let generations = try RandomModel.generator().generateAll(chat.request)
        return try ChatCompletion(chat, generations: generations, tokenizer: tokenizer)
    }

    private func text(_ change: (inout ChatRequest) -> Void = { _ in }) throws -> String {
        try #require(try complete(change).choices.first).text
    }

    @Test("are others with every other parameter, and the same with the same ones")
    func parameters() throws {
        let base = try text()
        #expect(try text() == base)
        let changes: [(String, (inout ChatRequest) -> Void)] = [
            ("temperature", { $0.temperature = 0.05 }), ("temperature 0", { $0.temperature = 0 }),
            ("top_p", { $0.topP = 0.1 }), ("top_k", { $0.topK = 3 }), ("min_p", { $0.minP = 0.9 }),
            ("seed", { $0.seed = 8 }), ("max_tokens", { $0.maximumTokens = 39 }),
            ("frequency_penalty", { ($0.frequencyPenalty, $0.topK) = (2, 3) }),
            ("presence_penalty", { ($0.presencePenalty, $0.topK) = (-2, 3) }),
            ("messages", { $0.messages = [.system("Be brief."), .user("Hi")] }),
            ("response_format", { $0.responseFormat = .jsonObject }),
        ]
        var texts = [base]
        for (name, change) in changes {
            let changed = try text(change)
            #expect(!texts.contains(changed), "\(name)")
            texts.append(changed)
        }
    }

    @Test("say why they ended, and what they took")
    func reasons() throws {
        let cut = try complete()
        let choice = try #require(cut.choices.first)
        #expect(choice.finishReason == .length && choice.finishReason.name == "length")
        #expect(choice.endedByBudget && choice.toolCalls.isEmpty)
        #expect(cut.usage.completionTokens == 40)
        #expect(cut.usage.promptTokens == (try template.encode([.user("Hi")]).ids.count))
        #expect(cut.usage.totalTokens == cut.usage.promptTokens + 40 && cut.usage.cachedTokens == 0)
        #expect(cut.seed == 7)
        // A text of two letters of it stops it there.
        let letters = choice.text.utf8.map { $0 }
        let offset = try #require(
            letters.indices.dropFirst(10).dropLast().first { letters[$0] < 128 && letters[$0 + 1] < 128 })
        let stop = String(decoding: letters[offset...(offset + 1)], as: UTF8.self)
        let stopped = try #require(try complete { $0.stop = ["\u{1F600}", stop] }.choices.first)
        #expect(stopped.finishReason == .stopString(stop) && stopped.finishReason.name == "stop")
        #expect(choice.text.hasPrefix(stopped.text) && !stopped.text.contains(stop))
        let whole = try #require(try complete { $0.responseFormat = .choices(["yes", "no"]) }.choices.first)
        #expect(whole.finishReason == .stop && ["yes", "no"].contains(whole.text))
    }

    @Test("have the format that was asked for")
    func formats() throws {
        let schema = try json(#"{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}"#)
        for seed in 0..<12 as Range<UInt64> {
            func text(_ format: ResponseFormat) throws -> String {
                try self.text { ($0.responseFormat, $0.seed) = (format, seed) }
            }
            #expect(try JSONValue(parsing: Array(text(.jsonObject).utf8)).objectValue != nil)
            let record = try JSONValue(parsing: Array(text(.jsonSchema(schema)).utf8))
            #expect(try SchemaValidator(schema: schema).validate(record).isEmpty)
            #expect(try text(.pattern("[a-f]{3}-[0-9]+")).wholeMatch(of: Regex("[a-f]{3}-[0-9]+")) != nil)
            #expect(try ["north", "south"].contains(text(.choices(["north", "south"]))))
        }
    }

    @Test("are as many as were asked for, and the first is that of one alone")
    func choices() throws {
        let one = try text()
        let several = try complete { $0.choices = 3 }
        #expect(several.choices.map(\.index) == [0, 1, 2])
        #expect(several.choices.first?.text == one)
        #expect(Set(several.choices.map(\.text)).count == 3)
        #expect(several.usage.completionTokens == 120)
    }

    @Test("call tools as the choice has it")
    func tools() throws {
        for seed in 0..<10 as Range<UInt64> {
            func choice(_ toolChoice: ToolChoice?, parallel: Bool = true) throws -> ChatCompletion.Choice {
                let completion = try complete {
                    ($0.tools, $0.toolChoice, $0.parallelToolCalls) = (ToolSamples.tools, toolChoice, parallel)
                    ($0.seed, $0.maximumTokens) = (seed, 100)
                }
                return try #require(completion.choices.first)
            }
            #expect(try choice(ToolChoice.none).toolCalls.isEmpty)
            let named = try choice(.named("get_weather"), parallel: false)
            #expect(named.toolCalls.map(\.name) == ["get_weather"] && named.text.isEmpty)
            let required = try choice(.required)
            #expect(required.finishReason == .toolCalls && !required.toolCalls.isEmpty)
            let message = required.message
            let results = required.toolCalls.map { ChatMessage.tool("1", callID: $0.id) }
            // What was called can be answered.
            _ = try template.encode([.user("Hi"), message] + results, tools: ToolSamples.tools)
        }
    }

    @Test("have log probabilities of every token, with what it is, only where they are asked for")
    func logprobs() throws {
        #expect(try complete().choices.first?.logprobs == nil)
        for alternatives in [nil, 0, 1, 5] {
            let choice = try #require(
                try complete { ($0.logprobs, $0.topLogprobs) = (true, alternatives) }.choices.first)
            let places = try #require(choice.logprobs)
            #expect(places.count == 40)
            #expect(places.flatMap { $0.token.bytes ?? [] }.count >= choice.text.utf8.count / 3)
            #expect(String(decoding: places.flatMap { $0.token.bytes ?? [] }, as: UTF8.self) == choice.text)
            for place in places {
                #expect(place.token.logprob <= 0 && place.alternatives.count == alternatives ?? 0)
                #expect(place.token.bytes == tokenizer.tokenBytes(place.token.id))
                for (one, next) in zip(place.alternatives, place.alternatives.dropFirst()) {
                    #expect(one.logprob >= next.logprob)
                }
            }
        }
    }
}
