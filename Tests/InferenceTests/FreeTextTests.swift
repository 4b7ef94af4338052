import Grammar
import Mistral
import Tensors
import Testing

@testable import Inference

@Suite("Free text")
struct FreeTextTests {
    private func generate(
        _ sampling: SamplingParameters, budget: Int = 40, threads: Int = 1
    ) throws -> Generation {
        try RandomModel.generator(threads: threads).generate(
            GenerationRequest(
                prompt: RandomModel.prompt(), form: .text(), maximumTokens: budget, sampling: sampling,
                logprobs: LogprobsRequest(alternatives: 3)))
    }

    @Test("ends with the end of the sequence or with its budget, and says which")
    func ends() throws {
        let tokenBytes: [[UInt8]?] = [nil, [65], [66], []]
        for (budget, ends) in [(1, true), (2, true), (3, true), (4, false)] {
            var answer = Answer(
                matcher: nil, textTokens: TextTokens(tokenBytes: tokenBytes), tokenBytes: tokenBytes, endOfSequence: 0,
                budget: budget, sampler: Sampler(SamplingParameters()))
            try answer.begin()
            var steps = 0
            // The last one has no bytes and is never taken, however likely it is.
            for logits in [[0, 2, 1, 9], [0, 1, 2, 9], [0, 2, 1, 9], [5, 1, 1, 9]] as [[Float]] where !answer.isAtEnd {
                try answer.next(logits: logits.span)
                steps += 1
            }
            #expect(answer.isAtEnd)
            #expect(answer.tokens == Array([1, 2, 1].prefix(budget)))
            #expect(answer.endedByBudget == ends)
            #expect(steps == budget)
        }
    }

    @Test("is of so many tokens as its budget has, and nothing is refused but a budget of none")
    func budgets() throws {
        for budget in [1, 7] {
            let answer = try generate(.init(temperature: 1, seed: 5), budget: budget)
            #expect(answer.tokens.count == budget)
            #expect(answer.endedByBudget)
            #expect(answer.forcedTokens == 0)
        }
        for budget in [0, -1] {
            let error = #expect(throws: InferenceError.self) { try generate(.init(), budget: budget) }
            guard case .budgetTooSmall(budget, 1)? = error else {
                Issue.record("unexpected error \(String(describing: error))")
                continue
            }
        }
    }

    @Test("every parameter of sampling changes what a model writes")
    func parameters() throws {
        let base = try generate(.init(temperature: 1, seed: 7))
        let sharp = try generate(.init(temperature: 0.05, seed: 7))
        let greedy = try generate(.init())
        #expect(base.tokens != sharp.tokens)
        #expect(base.tokens != greedy.tokens)
        #expect(try generate(.init(temperature: 1, seed: 8)).tokens != base.tokens)
        #expect(try generate(.checked(temperature: 1, topK: 3, seed: 7)).tokens != base.tokens)
        #expect(try generate(.checked(temperature: 1, topP: 0.1, seed: 7)).tokens != base.tokens)
        #expect(try generate(.checked(temperature: 1, minP: 0.9, seed: 7)).tokens != base.tokens)
        #expect(try generate(.checked(temperature: 1, topK: 1, seed: 7)).tokens == greedy.tokens)
    }

    @Test("penalties count every token of the answer")
    func penalties() throws {
        // All tokens are equally likely, so the likeliest is the lowest: over and over, unless it is penalised.
        let generator = try RiggedModel.generator()
        func tokens(_ sampling: SamplingParameters) throws -> [Int] {
            try generator.generate(
                GenerationRequest(
                    prompt: RandomModel.prompt(), form: .text(), maximumTokens: 6, sampling: sampling)
            ).tokens
        }
        let first = try #require(try tokens(.init()).first)
        #expect(try tokens(.init()) == Array(repeating: first, count: 6))
        // What is not yet there is likelier, up to the end of the sequence, whose logit is 0 as well.
        let fresh = (0..<6).map { first + $0 }
        #expect(try tokens(.checked(temperature: 0, presencePenalty: 0.5)) == fresh)
        #expect(try tokens(.checked(temperature: 0, frequencyPenalty: 0.5)) == fresh)
        #expect(try tokens(.checked(temperature: 0, presencePenalty: -0.5)) == Array(repeating: first, count: 6))
    }

    @Test("the same seed gives the same bytes and log probabilities with any number of threads")
    func threads() throws {
        for seed in 0..<6 as Range<UInt64> {
            let sampling = try SamplingParameters.checked(
                temperature: 0.9, topK: 400, topP: 0.95, minP: 0.001, frequencyPenalty: 0.3, presencePenalty: 0.2,
                seed: seed)
            let one = try generate(sampling, threads: 1)
            for threads in [2, 3] {
                let many = try generate(sampling, threads: threads)
                #expect(many.bytes == one.bytes)
                #expect(many.logprobs == one.logprobs)
            }
        }
    }
}
