import Foundation
import Testing

@testable import Inference

/// What is drawn, against the exact distribution that the parameters define.
@Suite("Distribution of what is drawn")
struct DistributionTests {
    static let cases: [(name: String, parameters: SamplingParameters)] =
        (try? [
            ("temperature 1", .checked(temperature: 1)),
            ("temperature 0.5", .checked(temperature: 0.5)),
            ("temperature 3", .checked(temperature: 3)),
            ("top_k", .checked(temperature: 1, topK: 7)),
            ("top_k with equals", .checked(temperature: 1, topK: 3)),
            ("top_p", .checked(temperature: 1, topP: 0.83)),
            ("top_p of few", .checked(temperature: 1, topP: 0.2)),
            ("min_p", .checked(temperature: 1, minP: 0.11)),
            ("top_k, top_p", .checked(temperature: 1.3, topK: 9, topP: 0.71)),
            ("top_k, min_p", .checked(temperature: 0.7, topK: 12, minP: 0.013)),
            ("min_p, top_p", .checked(temperature: 2, topP: 0.92, minP: 0.21)),
            ("all", .checked(temperature: 1.7, topK: 15, topP: 0.88, minP: 0.07)),
            (
                "all, penalties",
                .checked(
                    temperature: 1.2, topK: 14, topP: 0.93, minP: 0.02, frequencyPenalty: 0.4, presencePenalty: -0.6)
            ),
        ]) ?? []

    /// Logits of 40 tokens, every seventh of which is not allowed; the third and fourth likeliest are equal.
    static let logits: [Float] = (0..<40).map { index in
        let rank = index * 17 % 40
        return rank == 3 ? -0.35 * 2 : -0.35 * Float(rank)
    }
    static func isAllowed(_ token: Int) -> Bool { token % 7 != 6 }
    static let answer = [0, 0, 0, 33, 33, 26]

    @Test("is that of the parameters, over 100,000 draws", arguments: 0..<13)
    func draws(_ index: Int) {
        let (name, parameters) = Self.cases[index]
        let exact = Self.distribution(parameters)
        var words: [UInt64] = [0]
        for token in Self.logits.indices where Self.isAllowed(token) { words[0] |= 1 << UInt64(token) }
        var sampler = Sampler(parameters)
        for token in Self.answer { sampler.accept(token) }
        var counts = [Int](repeating: 0, count: Self.logits.count)
        for _ in 0..<100_000 {
            guard let token = sampler.choose(from: Self.logits.span, words: words.span, alternative: nil) else {
                Issue.record("nothing is drawn")
                return
            }
            counts[token] += 1
        }
        let deviation = ChiSquare.deviation(of: counts, from: exact)
        #expect(abs(deviation) < 4, "\(name): \(deviation)")
        // Whatever leaves a parameter out is found by the same test.
        for other in Self.without(parameters) {
            #expect(ChiSquare.deviation(of: counts, from: Self.distribution(other)) > 10, "\(name) and \(other)")
        }
    }

    @Test("there are as many cases as there should be") func cases() { #expect(Self.cases.count == 13) }

    /// The definition, in 64 bits and by sorting: penalties, temperature, min_p, top_k, top_p.
    static func distribution(_ parameters: SamplingParameters) -> [Double] {
        var logits = Self.logits.map(Double.init)
        for token in Set(answer) {
            let count = Double(answer.filter { $0 == token }.count)
            logits[token] -= count * Double(parameters.frequencyPenalty) + Double(parameters.presencePenalty)
        }
        let best = logits.indices.filter(isAllowed).map { logits[$0] }.max() ?? 0
        var weights = logits.indices.map { token in
            isAllowed(token) ? exp((logits[token] - best) / Double(parameters.temperature)) : 0
        }
        for token in weights.indices where weights[token] < Double(parameters.minP) { weights[token] = 0 }
        if parameters.topK > 0 {
            let last = weights.sorted(by: >)[parameters.topK - 1]
            for token in weights.indices where weights[token] < last { weights[token] = 0 }
        }
        let sum = weights.reduce(0, +)
        var before = 0.0
        for token in weights.indices.sorted(by: { (weights[$0], $1) > (weights[$1], $0) }) {
            let weight = weights[token]
            if before >= Double(parameters.topP) * sum, parameters.topP < 1 { weights[token] = 0 }
            before += weight
        }
        let rest = weights.reduce(0, +)
        return weights.map { $0 / rest }
    }

    /// The same parameters without one of those that they set.
    private static func without(_ all: SamplingParameters) -> [SamplingParameters] {
        func make(
            temperature: Float? = nil, topK: Int? = nil, topP: Float? = nil, minP: Float? = nil,
            frequency: Float? = nil, presence: Float? = nil
        ) -> SamplingParameters? {
            try? SamplingParameters.checked(
                temperature: temperature ?? all.temperature, topK: topK ?? all.topK, topP: topP ?? all.topP,
                minP: minP ?? all.minP, frequencyPenalty: frequency ?? all.frequencyPenalty,
                presencePenalty: presence ?? all.presencePenalty)
        }
        return [
            make(temperature: 1), make(topK: 0), make(topP: 1), make(minP: 0), make(frequency: 0), make(presence: 0),
        ].compactMap { $0 }.filter { distribution($0) != distribution(all) }
    }
}
