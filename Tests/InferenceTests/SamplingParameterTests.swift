import Testing

@testable import Inference

@Suite("Sampling parameters")
struct SamplingParameterTests {
    /// Logits of four tokens; the likeliest is 1, then 0, 2 and 3.
    private static let logits: [Float] = [1, 2, 0.5, -1]

    private func tokens(
        _ parameters: SamplingParameters, answer: [Int] = [], logits: [Float] = logits, draws: Int = 200
    ) -> Set<Int> {
        var sampler = Sampler(parameters)
        for token in answer { sampler.accept(token) }
        let words: [UInt64] = [1 << UInt64(logits.count) - 1]
        return Set(
            (0..<draws).compactMap { _ in
                sampler.choose(from: logits.span, words: words.span, alternative: nil)
            })
    }

    @Test("each takes tokens away that are drawn without it")
    func each() throws {
        #expect(tokens(.init(temperature: 0)) == [1])
        #expect(tokens(.init(temperature: 1)) == [0, 1, 2, 3])
        #expect(tokens(try .checked(temperature: 1, topK: 2)) == [0, 1])
        #expect(tokens(try .checked(temperature: 1, topP: 0.7)) == [0, 1])
        #expect(tokens(try .checked(temperature: 1, minP: 0.2)) == [0, 1, 2])
        #expect(tokens(try .checked(temperature: 1, topK: -1)) == [0, 1, 2, 3])
        #expect(tokens(try .checked(temperature: 1, topK: 1000)) == [0, 1, 2, 3])
    }

    @Test("top_p and top_k of one, and a min_p of one, take the likeliest")
    func likeliest() throws {
        #expect(tokens(try .checked(temperature: 5, topK: 1)) == [1])
        #expect(tokens(try .checked(temperature: 5, topP: .leastNonzeroMagnitude)) == [1])
        #expect(tokens(try .checked(temperature: 5, minP: 1)) == [1])
    }

    @Test("of equally likely tokens top_k keeps all, top_p the lowest")
    func equals() throws {
        let equal = [Float](repeating: 0.25, count: 8)
        #expect(tokens(try .checked(temperature: 1, topK: 2), logits: equal) == Set(0..<8))
        #expect(tokens(try .checked(temperature: 1, topP: 0.3), logits: equal) == [0, 1, 2])
    }

    @Test("penalties lower logits as OpenAI's formula has it")
    func penalties() throws {
        // By hand: token 0 is in the answer three times, token 1 once, token 3 not.
        let answer = [0, 1, 0, 0]
        let logits: [Float] = [4, 2.5, 1, 2]
        var frequency = try #require(SamplerPenalties(try .checked(temperature: 0, frequencyPenalty: 0.5)))
        var presence = try #require(SamplerPenalties(try .checked(temperature: 0, presencePenalty: 1.25)))
        var both = try #require(
            SamplerPenalties(try .checked(temperature: 0, frequencyPenalty: 1, presencePenalty: -0.5)))
        for token in answer {
            frequency.accept(token)
            presence.accept(token)
            both.accept(token)
        }
        frequency.lower(logits.span)
        presence.lower(logits.span)
        both.lower(logits.span)
        #expect(frequency.lowered == [2.5, 2, 1, 2])
        #expect(presence.lowered == [2.75, 1.25, 1, 2])
        #expect(both.lowered == [1.5, 2, 1, 2])
        // The greedy choice follows: 0, then 3, then 1 and 3 are equal, of which the lowest is taken.
        #expect(tokens(.init(temperature: 0), answer: answer, logits: logits) == [0])
        #expect(tokens(try .checked(temperature: 0, frequencyPenalty: 0.7), answer: answer, logits: logits) == [3])
        #expect(tokens(try .checked(temperature: 0, presencePenalty: 1.25), answer: answer, logits: logits) == [0])
        #expect(
            tokens(
                try .checked(temperature: 0, frequencyPenalty: 1, presencePenalty: -0.5), answer: answer, logits: logits
            ) == [1])
    }

    @Test("the same seed draws the same, another one something else")
    func seed() throws {
        func draws(_ seed: UInt64) throws -> [Int?] {
            var sampler = Sampler(try .checked(temperature: 1, topP: 0.99, seed: seed))
            let words: [UInt64] = [15]
            return (0..<50).map { _ in sampler.choose(from: Self.logits.span, words: words.span, alternative: nil) }
        }
        #expect(try draws(1) == draws(1))
        #expect(try draws(1) != draws(2))
    }

    /// Selection without a sort, against a sort: over words with all, some and no tokens allowed, with equal logits.
    @Test("the likeliest of a large vocabulary are found as by a sort", arguments: [1, 2, 60, 700, 5000])
    func largeVocabulary(_ topK: Int) throws {
        var random = SeededGenerator(seed: UInt64(topK))
        for round in 0..<6 {
            let count = 9000 + round
            let logits = (0..<count).map { _ in
                round % 2 == 0
                    ? Float.random(in: -9...9, using: &random) : Float(Int.random(in: -40...9, using: &random))
            }
            let words = (0..<(count + 63) / 64).map { $0 % 5 == 0 ? 0 : $0 % 3 == 0 ? UInt64.max : random.next() }
            let allowed = logits.indices.filter { words[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
            let sorted = allowed.sorted { (logits[$0], $1) > (logits[$1], $0) }
            let last = logits[sorted[min(topK, sorted.count) - 1]]

            var candidates = Candidates()
            candidates.collect(logits.span, words.span, alternative: nil, lowest: -100, most: topK)
            let kept = (0..<candidates.count).map { Int(candidates[$0].token) }
            #expect(kept == allowed.filter { logits[$0] >= last })

            candidates.weigh(best: logits[sorted[0]], temperature: 4, least: 0)
            let before = candidates.sum
            candidates.keepNucleus(share: 0.6)
            #expect(candidates.sum >= 0.6 * before)
            let nucleus = (0..<candidates.count).map { Int(candidates[$0].token) }
            #expect(nucleus == sorted.prefix(nucleus.count).sorted())
            let least = nucleus.last { logits[$0] == nucleus.map { logits[$0] }.min() }
            let weight = (0..<candidates.count).first { Int(candidates[$0].token) == least }.map {
                candidates[$0].value
            }
            #expect(candidates.sum - Double(weight ?? 0) < 0.6 * before)
        }
    }

    @Test("a value out of its range is refused by name, with the value and the range")
    func ranges() {
        func refusal(_ make: () throws(ParameterError) -> SamplingParameters) -> [String] {
            do {
                _ = try make()
                return []
            } catch {
                return [error.parameter, error.value, error.range]
            }
        }
        let infinite = Float.infinity
        for bad in [-0.1, infinite, .nan] as [Float] {
            let refused = refusal { () throws(ParameterError) in try .checked(temperature: bad) }
            #expect(refused == ["temperature", "\(bad)", "0 or more, and finite"])
        }
        for bad in [0, -0.5, 1.001, .nan, infinite] as [Float] {
            let refused = refusal { () throws(ParameterError) in try .checked(temperature: 1, topP: bad) }
            #expect(refused == ["top_p", "\(bad)", "more than 0, at most 1"])
        }
        for bad in [-0.01, 1.01, .nan] as [Float] {
            let refused = refusal { () throws(ParameterError) in try .checked(temperature: 1, minP: bad) }
            #expect(refused == ["min_p", "\(bad)", "from 0 to 1"])
        }
        for bad in [-2.01, 2.01, .nan] as [Float] {
            let frequency = refusal { () throws(ParameterError) in try .checked(temperature: 1, frequencyPenalty: bad) }
            #expect(frequency == ["frequency_penalty", "\(bad)", "from -2 to 2"])
            let presence = refusal { () throws(ParameterError) in try .checked(temperature: 1, presencePenalty: bad) }
            #expect(presence == ["presence_penalty", "\(bad)", "from -2 to 2"])
        }
        let topK = refusal { () throws(ParameterError) in try .checked(temperature: 1, topK: -2) }
        #expect(topK == ["top_k", "-2", "1 or more, or 0 or -1 for all"])
        for bad in [-1, 21] {
            let error = #expect(throws: ParameterError.self) { try LogprobsRequest(alternatives: bad) }
            #expect(error?.description == "top_logprobs is \(bad), but must be from 0 to 20")
        }
        let edges = refusal { () throws(ParameterError) in
            try .checked(temperature: 0, topK: 0, topP: 1, minP: 1, frequencyPenalty: 2, presencePenalty: -2)
        }
        #expect(edges == [])
    }
}
