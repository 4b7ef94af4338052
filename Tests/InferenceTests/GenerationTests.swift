import Grammar
import Inference
import JSONSchema
import Mistral
import TestSupport
import Testing

@Suite("Generation under a grammar")
struct GenerationTests {
    /// 2,000 generations and more in all: 24 schemas, 84 each, with budgets from the shortest valid length upward.
    @Test("every answer parses, validates and keeps its budget", arguments: variedSchemas)
    func everyAnswerIsValid(_ text: String) throws {
        #expect(variedSchemas.count >= 20)
        let schema = try json(text)
        let grammar = try Grammar(schema: schema)
        let validator = try SchemaValidator(schema: schema)
        let generator = try RandomModel.generator(seed: UInt64(text.utf8.count))
        let shortest = generator.shortestAnswer(grammar)
        let prompt = try RandomModel.prompt()
        for round in 0..<84 {
            let budget = shortest + [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 120][round % 12]
            // Every twelfth round is greedy, the others draw.
            let sampling = SamplingParameters(temperature: round < 12 ? 0 : 1, seed: UInt64(round))
            var request = GenerationRequest(
                prompt: prompt, grammar: grammar, maximumTokens: budget, sampling: sampling)
            request.forcesTokens = round % 2 == 0
            let answer = try generator.generate(request)
            #expect(answer.tokens.count <= budget)
            let value = try JSONValue(parsing: answer.bytes)
            #expect(validator.validate(value).isEmpty, "\(String(decoding: answer.bytes, as: UTF8.self))")
        }
    }

    @Test("an answer says when its budget ended it, and only then")
    func endedByBudget() throws {
        let generator = try RandomModel.generator()
        let prompt = try RandomModel.prompt()
        // Of some 2,000 tokens that may follow in a string one ends it: the model never takes it in time.
        let endless = try Grammar(
            schema: json(#"{"type":"array","minItems":1,"items":{"type":"string","minLength":1}}"#))
        let cut = try generator.generate(
            GenerationRequest(
                prompt: prompt, grammar: endless, maximumTokens: 6, sampling: .init(temperature: 1, seed: 3)))
        #expect(cut.endedByBudget)
        let constant = try Grammar(schema: json(#"{"const":{"a":[1,2,3]}}"#))
        let exact = generator.shortestAnswer(constant)
        let whole = try generator.generate(
            GenerationRequest(prompt: prompt, grammar: constant, maximumTokens: exact + 40))
        #expect(!whole.endedByBudget)
        #expect(try JSONValue(parsing: whole.bytes) == json(#"{"a":[1,2,3]}"#))
    }

    @Test("the same seed gives the same answer on any number of threads, another seed another")
    func seeds() throws {
        let grammar = try Grammar(schema: json(#"{"type":"string","minLength":30,"maxLength":60}"#))
        func tokens(seed: UInt64, threads: Int) throws -> [Int] {
            try RandomModel.generator(threads: threads).generate(
                GenerationRequest(
                    prompt: RandomModel.prompt(), grammar: grammar, maximumTokens: 200,
                    sampling: .init(temperature: 1, seed: seed))
            ).tokens
        }
        let first = try tokens(seed: 7, threads: 1)
        #expect(try tokens(seed: 7, threads: 3) == first)
        #expect(try tokens(seed: 8, threads: 1) != first)
    }

    @Test("what cannot fit is refused before any work, with the numbers")
    func refusals() throws {
        let generator = try RandomModel.generator()
        let prompt = try RandomModel.prompt()
        let grammar = try Grammar(schema: json(#"{"type":"string","minLength":40}"#))
        let shortest = generator.shortestAnswer(grammar)
        var worked = false
        func refusal(_ budget: Int) -> InferenceError? {
            #expect(throws: InferenceError.self) {
                try generator.generate(GenerationRequest(prompt: prompt, grammar: grammar, maximumTokens: budget)) {
                    _ in
                    worked = true
                    return true
                }
            }
        }
        guard case .budgetTooSmall(shortest - 1, shortest)? = refusal(shortest - 1) else {
            Issue.record("a budget below the shortest answer was taken")
            return
        }
        for budget in [1024, .max] {
            guard case .contextTooShort(prompt.ids.count, budget, 1024)? = refusal(budget) else {
                Issue.record("an answer beyond the context was taken")
                return
            }
        }
        #expect(!worked)
    }

    @Test("a caller can stop it while the prompt runs and while it writes", arguments: [0, 3])
    func cancellation(after tokens: Int) throws {
        let generator = try RandomModel.generator()
        let request = GenerationRequest(
            prompt: try RandomModel.prompt(), grammar: try Grammar(schema: json(#"{"type":"string","minLength":40}"#)),
            maximumTokens: 100)
        let error = #expect(throws: InferenceError.self) {
            try generator.generate(request) { progress in
                switch progress {
                case .prefilling: tokens > 0
                case .decoding(let count, _): count < tokens
                }
            }
        }
        guard case .cancelled? = error else {
            Issue.record("unexpected error \(String(describing: error))")
            return
        }
    }
}
