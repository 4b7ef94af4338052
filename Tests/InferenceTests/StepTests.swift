import Foundation
import Grammar
import Inference
import JSONSchema
import Mistral
import Tensors
import TestSupport
import Testing

@Suite("Steps of a generation")
struct StepTests {
    @Test("several tokens in one pass give the logits that they give one by one")
    func batches() throws {
        let model = try RandomModel.generator().model
        let tokens = try RandomModel.tokenizer.get().encode(#"{"invoice_number":"A-12","total":12.50}"#)
        let prompt = try RandomModel.prompt().ids
        var one = try model.makeCache(capacity: 200)
        var expected = try model.forward(prompt, cache: &one)
        for token in tokens { expected = try model.forward([token], cache: &one) }
        for size in [2, 3, 7, tokens.count] {
            var many = try model.makeCache(capacity: 200)
            var logits = try model.forward(prompt, cache: &many)
            for start in stride(from: 0, to: tokens.count, by: size) {
                logits = try model.forward(Array(tokens[start..<min(start + size, tokens.count)]), cache: &many)
            }
            #expect(many.count == one.count)
            let largest = expected.values.map(abs).max() ?? 0
            #expect(zip(logits.values, expected.values).allSatisfy { abs($0 - $1) <= 1e-4 * largest })
        }
    }

    @Test("a mask that another thread finds is the same")
    func maskBesideTheModel() throws {
        // With one thread a spare processor finds the masks; with as many threads as processors the caller's thread does.
        let schema = #"{"type":"array","items":{"type":["string","number"]},"minItems":3}"#
        let grammar = try Grammar(schema: json(schema))
        for seed in 0..<10 as Range<UInt64> {
            let request = GenerationRequest(
                prompt: try RandomModel.prompt(), grammar: grammar, maximumTokens: 60,
                sampling: .init(temperature: 1, seed: seed))
            let one = try RandomModel.generator(threads: 1).generate(request)
            let all = try RandomModel.generator(threads: ThreadPool.onlineProcessors).generate(request)
            #expect(one.tokens == all.tokens)
        }
    }

    @Test("no thread outlives its generation, and nothing keeps the model in memory")
    func threadsAndMemory() throws {
        weak var model: MistralModel?
        let before = Self.threadCount
        do {
            let generator = try RandomModel.generator(threads: 1)
            model = generator.model
            let grammar = try Grammar(schema: json(#"{"type":"string","minLength":4}"#))
            for round in 0..<200 {
                // Every other one is stopped while it writes.
                let request = GenerationRequest(prompt: try RandomModel.prompt(), grammar: grammar, maximumTokens: 20)
                _ = try? generator.generate(request) { progress in
                    if case .decoding(let tokens, _) = progress { return round % 2 == 0 || tokens < 4 }
                    return true
                }
            }
            #expect(model != nil)
        }
        #expect(model == nil)
        // Other tests start and end threads at the same time, but not that many.
        #expect(Self.threadCount - before < 100)
    }

    private static var threadCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 0
    }
}
