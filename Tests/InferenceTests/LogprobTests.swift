import Foundation
import Grammar
import Mistral
import Tensors
import Testing

@testable import Inference

@Suite("Log probabilities")
struct LogprobTests {
    /// By definition, in 64 bits.
    private func logSoftmax(_ logits: [Float]) -> [Double] {
        let largest = Double(logits.max() ?? 0)
        let sum = logits.reduce(0) { $0 + exp(Double($1) - largest) }
        return logits.map { Double($0) - largest - log(sum) }
    }

    @Test("are log softmax of the logits, and add up to 1")
    func definition() throws {
        var random = SeededGenerator(seed: 9)
        for (count, width) in [(5, 1), (20, 3), (131_072, 12), (1000, 300)] as [(Int, Float)] {
            let logits = (0..<count).map { _ in Float.random(in: -width...width, using: &random) }
            let exact = logSoftmax(logits)
            let most = try LogprobsRequest(alternatives: 20)
            for token in [0, 3, count - 1] {
                let place = Logprobs(of: token, logits: logits.span, most)
                #expect(abs(Double(place.chosen.logprob) - exact[token]) < 1e-4)
                #expect(place.chosen.token == token)
                let likeliest = Array(exact.indices.sorted { (exact[$0], $1) > (exact[$1], $0) }.prefix(20))
                #expect(place.alternatives.map(\.token) == likeliest)
                for alternative in place.alternatives {
                    #expect(abs(Double(alternative.logprob) - exact[alternative.token]) < 1e-4)
                }
                if count <= 20 {
                    #expect(abs(place.alternatives.reduce(0) { $0 + exp(Double($1.logprob)) } - 1) < 1e-6)
                }
            }
            #expect(try Logprobs(of: 1, logits: logits.span, LogprobsRequest(alternatives: 3)).alternatives.count == 3)
            #expect(try Logprobs(of: 1, logits: logits.span, LogprobsRequest()).alternatives.isEmpty)
        }
    }

    @Test("equal ones are reported in order of their tokens")
    func equals() throws {
        let logits: [Float] = [1, 3, 3, 1, 3]
        let place = try Logprobs(of: 0, logits: logits.span, LogprobsRequest(alternatives: 4))
        #expect(place.alternatives.map(\.token) == [1, 2, 4, 0])
    }

    @Test("are the model's own, whatever temperature, penalties and grammar make of them")
    func raw() throws {
        let generator = try RandomModel.generator()
        let grammar = try Grammar(schema: json(#"{"type":"array","items":{"type":"integer"},"minItems":4}"#))
        let prompt = try RandomModel.prompt()
        for forcesTokens in [true, false] {
            var request = GenerationRequest(
                prompt: prompt, form: .grammar(grammar), maximumTokens: 30,
                sampling: try .checked(
                    temperature: 0.4, topK: 50, topP: 0.9, frequencyPenalty: 1, presencePenalty: 1, seed: 4),
                logprobs: try LogprobsRequest(alternatives: 5))
            request.forcesTokens = forcesTokens
            let answer = try generator.generate(request)
            let logprobs = try #require(answer.logprobs)
            #expect(logprobs.map(\.chosen.token) == answer.tokens)
            var cache = try generator.model.makeCache(capacity: 200)
            var logits = try generator.model.forward(prompt.ids, cache: &cache)
            var isOutside = false
            for (place, token) in zip(logprobs, answer.tokens) {
                let exact = logSoftmax(logits.values)
                if !place.isForced {
                    #expect(abs(Double(place.chosen.logprob) - exact[token]) < 1e-3)
                    #expect(place.alternatives.count == 5)
                    #expect(place.alternatives.first.map { Double($0.logprob) } ?? 0 > (exact.max() ?? 0) - 1e-3)
                    isOutside = isOutside || (place.alternatives.first?.token != token)
                }
                logits = try generator.model.forward([token], cache: &cache)
            }
            // The model knows nothing of JSON, and that shows.
            #expect(isOutside)
        }
    }

    @Test("of forced tokens are 0, without alternatives")
    func forced() throws {
        let generator = try RandomModel.generator()
        let grammar = try Grammar(
            schema: json(
                #"{"type":"object","properties":{"invoice_number":{"enum":[1,22,333]}},"required":["invoice_number"],"additionalProperties":false}"#
            ),
            options: .init(whitespace: .none))
        let answer = try generator.generate(
            GenerationRequest(
                prompt: RandomModel.prompt(), form: .grammar(grammar), maximumTokens: 100,
                logprobs: LogprobsRequest(alternatives: 2)))
        let logprobs = try #require(answer.logprobs)
        #expect(answer.forcedTokens > 0)
        for (index, place) in logprobs.enumerated() {
            #expect(place.isForced == answer.forcedPositions.contains(index))
            #expect((place.chosen.logprob == 0) == place.isForced)
            #expect(place.alternatives.count == (place.isForced ? 0 : 2))
        }
    }

    @Test("are there only where they are asked for")
    func absent() throws {
        let generator = try RandomModel.generator()
        var request = GenerationRequest(prompt: try RandomModel.prompt(), form: .text(), maximumTokens: 5)
        #expect(try generator.generate(request).logprobs == nil)
        request.logprobs = try LogprobsRequest()
        let answer = try generator.generate(request)
        #expect(answer.logprobs?.count == answer.tokens.count)
    }
}
