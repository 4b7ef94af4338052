import Grammar
import Inference
import JSONSchema
import Mistral
import Tensors
import TestSupport
import Testing

/// The same prompt and seed give the same bytes and the same bits of log probabilities, whatever else runs.
@Suite("Determinism")
struct DeterminismTests {
    /// Free text and grammars, greedy and drawn, prompts of 4 to 400 tokens that partly begin alike.
    static func requests() throws -> [GenerationRequest] {
        let text = String(repeating: "Write the record of this document. Net amount due, total, tax. ", count: 12)
        return try (0..<50).map { number in
            let prompt = try RandomModel.prompt(
                number % 3 == 0
                    ? String(text.prefix(1 + 37 * number % 700)) : "\(number) " + text.prefix(29 * number % 500))
            let sampling: SamplingParameters =
                switch number % 4 {
                case 0: .init()
                case 1: .init(temperature: 1, seed: UInt64(number))
                case 2: try .checked(temperature: 0.7, topK: 50, topP: 0.9, seed: UInt64(number))
                default:
                    try .checked(
                        temperature: 1.2, minP: 0.01, frequencyPenalty: 0.4, presencePenalty: 0.2, seed: UInt64(number))
                }
            let form: AnswerForm =
                number % 2 == 0
                ? .text(stop: try StopStrings(number % 6 == 0 ? ["e"] : []))
                : .grammar(try Grammar(schema: json(variedSchemas[number % variedSchemas.count])))
            var request = GenerationRequest(
                prompt: prompt, form: form, maximumTokens: 60 + number, sampling: sampling,
                logprobs: try LogprobsRequest(alternatives: number % 5))
            if number % 7 == 0 { request.cacheFormat = .float32 }
            request.forcesTokens = number % 5 != 0
            return request
        }
    }

    /// What must be equal, bit by bit.
    struct Output: Equatable {
        let tokens: [Int]
        let bytes: [UInt8]
        let logprobs: [[UInt32]]

        init(_ generation: Generation) {
            tokens = generation.tokens
            bytes = generation.bytes
            logprobs = (generation.logprobs ?? []).map { logprobs in
                ([logprobs.chosen] + logprobs.alternatives).flatMap {
                    [UInt32(truncatingIfNeeded: $0.token), $0.logprob.bitPattern]
                }
            }
        }
    }

    /// Each by itself, on one thread, without what others left.
    private static let alone = Result {
        let generator = try RandomModel.generator()
        return try requests().map { request in
            var request = request
            request.sharesPrompt = false
            return Output(try generator.generate(request))
        }
    }

    @Test("50 prompts alone and in batches of 2, 8 and 32, with 1 and 2 threads", arguments: [1, 2], [1, 2, 8, 32])
    func batches(threads: Int, size: Int) throws {
        let expected = try Self.alone.get()
        let requests = try Self.requests()
        let generator = try RandomModel.generator(threads: threads)
        for first in stride(from: 0, to: requests.count, by: size) {
            let range = first..<min(requests.count, first + size)
            let tasks = try range.map { try generator.start(requests[$0]) }
            for (number, task) in zip(range, tasks) {
                let generation = try #require(try generations(task).first)
                #expect(Output(generation) == expected[number], "prompt \(number)")
            }
        }
        // Half of them were partly known.
        #expect(generator.statistics.prefixCache.savedTokens > 500)
    }

    @Test("prompts in parts of any size", arguments: [1, 7, 64])
    func chunks(size: Int) throws {
        let expected = try Self.alone.get()
        var limits = SchedulerLimits()
        (limits.prefillTokens, limits.prefillTokensAlone) = (size, size)
        let generator = try RandomModel.generator(limits: limits)
        let requests = try Self.requests()
        for first in stride(from: 0, to: requests.count, by: 5) {
            let tasks = try (first..<(first + 5)).map { try generator.start(requests[$0]) }
            for (number, task) in zip(first..., tasks) {
                let generation = try #require(try generations(task).first)
                #expect(Output(generation) == expected[number], "prompt \(number)")
            }
        }
    }

    /// Where the model would have written the same text in other tokens, it goes on from those.
    @Test("tokens that are forced change nothing but themselves")
    func forcing() throws {
        let generator = try RandomModel.generator()
        var (forced, same) = (0, 0)
        for schema in variedSchemas {
            for seed in 0..<4 as Range<UInt64> {
                var request = GenerationRequest(
                    prompt: try RandomModel.prompt(), grammar: try Grammar(schema: json(schema)), maximumTokens: 80,
                    sampling: .init(temperature: 1, seed: seed))
                request.logprobs = try LogprobsRequest(alternatives: 3)
                let one = try generator.generate(request)
                request.forcesTokens = false
                let other = try generator.generate(request)
                let common = zip(one.tokens, other.tokens).prefix { $0 == $1 }.count
                let (first, second) = (try #require(one.logprobs), try #require(other.logprobs))
                for place in 0..<common where !first[place].isForced { #expect(first[place] == second[place]) }
                if common < max(one.tokens.count, other.tokens.count) {
                    #expect(one.forcedPositions.contains(common))
                } else {
                    #expect(one.bytes == other.bytes)
                    same += 1
                }
                forced += one.forcedTokens
            }
        }
        #expect(forced > 100 && same > 10, "\(forced) \(same)")
    }
}
