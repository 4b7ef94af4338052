import Grammar
import JSONSchema
import Mistral
import Tensors
import TestSupport
import Testing

@testable import Inference

@Suite("Generation tasks")
struct GenerationTaskTests {
    private static func requests() throws -> [GenerationRequest] {
        let prompt = try RandomModel.prompt()
        let grammar = try Grammar(schema: json(#"{"type":"array","items":{"type":["string","number"]},"minItems":3}"#))
        let tokenizer = try RandomModel.tokenizer.get()
        var requests: [GenerationRequest] = []
        for seed in 0..<6 as Range<UInt64> {
            let sampling = SamplingParameters(temperature: seed == 0 ? 0 : 1, seed: seed)
            requests.append(
                GenerationRequest(
                    prompt: prompt, form: .text(), maximumTokens: 60, sampling: sampling,
                    logprobs: try LogprobsRequest(alternatives: 2)))
            var guided = GenerationRequest(
                prompt: prompt, grammar: grammar, maximumTokens: 60, sampling: sampling)
            guided.logprobs = seed % 2 == 0 ? try LogprobsRequest() : nil
            guided.choices = 1 + Int(seed) % 3
            requests.append(guided)
            // A stop string from the middle of what comes without one.
            let whole = try RandomModel.generator().generate(requests[requests.count - 2])
            let text = String(decoding: tokenizer.tokenBytes(whole.tokens[20]) ?? [], as: UTF8.self)
            let stop = try StopStrings([text.isEmpty ? "e" : text, "never there"])
            requests.append(
                GenerationRequest(
                    prompt: prompt, form: .text(stop: stop), maximumTokens: 60, sampling: sampling,
                    logprobs: try LogprobsRequest()))
        }
        return requests
    }

    @Test("its events add up to its answers, for a thread and for a Swift task")
    func events() async throws {
        let generator = try RandomModel.generator()
        for request in try Self.requests() {
            let expected = try generator.generateAll(request)
            #expect(expected.count == request.choices)
            var pulled = Followed()
            let task = try generator.start(request)
            while let event = try task.next() { pulled.take(event) }
            #expect(try task.next() == nil)
            var streamed = Followed()
            for try await event in try generator.start(request).events { streamed.take(event) }
            for followed in [pulled, streamed] {
                #expect(!followed.isMixedUp)
                #expect(followed.shares == followed.shares.sorted())
                #expect(followed.texts.count == expected.count)
                for (choice, generation) in expected.enumerated() {
                    let text = try #require(followed.texts[choice])
                    #expect(text.tokens == generation.tokens)
                    #expect(text.bytes == generation.bytes)
                    #expect(text.logprobs == generation.logprobs ?? [])
                    #expect(text.generation?.tokens == generation.tokens)
                    #expect(text.generation?.stoppedBy == generation.stoppedBy)
                }
            }
        }
    }

    @Test("nothing is shown that may be the beginning of a stop string or of a character")
    func settled() throws {
        let texts: [[UInt8]?] =
            [nil] + ["a", "ST", "OP", "O", "€"].map { Array($0.utf8) } + [[0xE2], [0x82, 0xAC, 0x41], [0xFF]]
        /// What is shown behind each token, and in the end.
        func shown(_ tokens: [Int], budget: Int = 20, end: Int? = 0) throws -> [String] {
            let answer = Answer(
                matcher: nil, textTokens: TextTokens(tokenBytes: texts), tokenBytes: texts, endOfSequence: end,
                budget: budget, sampler: Sampler(SamplingParameters()), stops: try StopStrings(["STOP"]))
            let channel = GenerationChannel(choices: 1, hasLogprobs: false)
            let writer = AnswerWriter(
                choice: 0, answer: answer, hasLogprobs: false, tokenBytes: texts, channel: channel)
            var result: [String] = []
            func note() {
                var shown = "-"
                channel.post { events in
                    guard case .success(.tokens(0, let tokens, let bytes, _))? = events.take() else { return }
                    shown = String(decoding: bytes, as: UTF8.self) + "|" + tokens.map { "\($0)" }.joined(separator: " ")
                }
                result.append(shown)
            }
            for token in tokens {
                let logits = Matrix(
                    rows: 1, columns: texts.count, values: texts.indices.map { $0 == token ? 1 : 0 })
                let isAtEnd = try writer.next(logits).get().isAtEnd
                if isAtEnd { writer.finish(waitingSeconds: 0, prefillSeconds: 0, decodeSeconds: 0, cachedTokens: 0) }
                note()
            }
            return result
        }
        #expect(try shown([1, 5, 1]) == ["a|1", "€|5", "a|1"])
        #expect(try shown([1, 2, 3]) == ["a|1", "-", "-"])
        #expect(try shown([2, 1, 0]) == ["-", "STa|2 1", "-"])
        // The end of the text settles what was held back.
        #expect(try shown([1, 2, 0]) == ["a|1", "-", "ST|2"])
        #expect(try shown([1, 2], budget: 2) == ["a|1", "ST|2"])
        #expect(try shown([6, 7]) == ["-", "€A|6 7"])
        #expect(try shown([6, 0]) == ["-", "\u{FFFD}|6"])
        // A byte that no character has is none that is to be waited for.
        #expect(try shown([8, 1]) == ["\u{FFFD}|8", "a|1"])
    }

    @Test("several answers come of one prompt, the first as if it were the only one")
    func choices() throws {
        let (generator, model) = try RandomModel.recorded()
        var request = GenerationRequest(
            prompt: try RandomModel.prompt("net amount"), form: .text(), maximumTokens: 30,
            sampling: .init(temperature: 1, seed: 5))
        request.sharesPrompt = false
        let alone = try generator.generate(request)
        let before = model.passes.count
        for count in [2, 5, 16] {
            request.choices = count
            let answers = try generator.generateAll(request)
            #expect(answers.count == count)
            #expect(answers.first?.tokens == alone.tokens)
            #expect(Set(answers.map(\.tokens)).count == count)
            #expect(try generator.generateAll(request).map(\.tokens) == answers.map(\.tokens))
            // One answer is the first of them.
            #expect(try generator.generate(request).tokens == alone.tokens)
        }
        request.sampling = .init(temperature: 1, seed: 6)
        request.choices = 3
        let others = try generator.generateAll(request)
        request.sampling = .init(temperature: 1, seed: 5)
        #expect(try Set((others + generator.generateAll(request)).map(\.tokens)).count == 6)
        // The prompt is read once for all.
        let prompts = model.passes[before...].flatMap(\.tokens).count { $0.count > 1 }
        #expect(prompts == 3 * 3 + 2)
        request.sampling = .init()
        let greedy = try generator.generateAll(request)
        #expect(Set(greedy.map(\.tokens)).count == 1)
    }

    @Test("many answers of one prompt share its memory")
    func sharedPages() throws {
        var limits = SchedulerLimits()
        let (generator, model) = try RandomModel.recorded(limits)
        var request = GenerationRequest(
            prompt: try RandomModel.prompt(String(repeating: "net amount due ", count: 40)), form: .text(),
            maximumTokens: 40, sampling: .init(temperature: 1, seed: 5))
        request.choices = 8
        let needed = try generator.cacheBytes(for: request)
        #expect(needed < 8 * model.configuration.cacheBytes(positions: 1024, format: .float16))
        limits.cacheBytes = needed - 1
        let (small, _) = try RandomModel.recorded(limits)
        let error = #expect(throws: InferenceError.self) { try small.generateAll(request) }
        guard case .cacheTooSmall(_, needed, _)? = error else {
            Issue.record("unexpected error \(String(describing: error))")
            return
        }
        #expect(try generator.generateAll(request).count == 8)
    }
}
