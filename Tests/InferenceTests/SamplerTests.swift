import Grammar
import Inference
import Testing

@Suite("Sampler")
struct SamplerTests {
    /// The mask of a grammar whose answers are the given single characters, over a vocabulary of bytes.
    private func mask(allowing characters: String) throws -> TokenMask {
        let numbers = characters.map { String($0) }.joined(separator: ",")
        let grammar = try Grammar(schema: json("{\"enum\":[\(numbers)]}"))
        let vocabulary = TokenVocabulary(tokenBytes: (0..<256).map { [UInt8($0)] })
        var matcher = GrammarMatcher(grammar: grammar, vocabulary: vocabulary)
        return matcher.allowed(of: 256)
    }

    @Test func takesTheLikeliestOfWhatIsAllowed() throws {
        var logits = [Float](repeating: 0, count: 256)
        logits[Int(UInt8(ascii: "1"))] = 1
        logits[Int(UInt8(ascii: "3"))] = 2
        logits[Int(UInt8(ascii: "9"))] = 5
        var sampler = Sampler(SamplingParameters())
        #expect(sampler.choose(from: logits, allowed: try mask(allowing: "123")) == Int(UInt8(ascii: "3")))
        #expect(sampler.choose(from: logits, allowed: try mask(allowing: "12")) == Int(UInt8(ascii: "1")))
        #expect(
            sampler.choose(from: logits, allowed: try mask(allowing: "12"), alternative: Int(UInt8(ascii: "9")))
                == Int(UInt8(ascii: "9")))
        #expect(sampler.choose(from: logits, allowed: TokenMask(tokenCount: 256)) == nil)
    }

    @Test func logitsThatAreNoNumbersAreTakenLast() throws {
        var logits = [Float](repeating: .nan, count: 256)
        var sampler = Sampler(SamplingParameters(temperature: 1, seed: 1))
        #expect(sampler.choose(from: logits, allowed: try mask(allowing: "12")) == Int(UInt8(ascii: "1")))
        logits[Int(UInt8(ascii: "2"))] = -50
        for _ in 0..<20 {
            #expect(sampler.choose(from: logits, allowed: try mask(allowing: "12")) == Int(UInt8(ascii: "2")))
        }
    }

    @Test func drawsInProportion() throws {
        var logits = [Float](repeating: 0, count: 256)
        // Weights 1 : 3 at temperature 2.
        logits[Int(UInt8(ascii: "2"))] = 2 * 1.0986123
        var sampler = Sampler(SamplingParameters(temperature: 2, seed: 42))
        let allowed = try mask(allowing: "12")
        let draws = (0..<4000).filter { _ in
            sampler.choose(from: logits, allowed: allowed) == Int(UInt8(ascii: "2"))
        }.count
        // Six standard deviations around 3000.
        #expect((2836...3164).contains(draws))
    }

    /// Words with all, some and none of their tokens allowed, equal logits, and a vocabulary of no whole words.
    @Test func agreesWithASearchThroughAllTokens() throws {
        let vocabulary = TokenVocabulary(tokenBytes: (0..<500).map { $0 < 256 ? [UInt8($0)] : Array("a\($0)".utf8) })
        let grammar = try Grammar(schema: json(#"{"type":"string"}"#))
        var matcher = GrammarMatcher(grammar: grammar, vocabulary: vocabulary)
        var masks = [matcher.allowed(of: 500)]
        try matcher.accept(Int(UInt8(ascii: "\"")))
        masks.append(matcher.allowed(of: 500))
        var random = SeededGenerator(seed: 5)
        for round in 0..<2000 {
            let logits = (0..<(round % 2 == 0 ? 500 : 480)).map { _ in
                round % 5 == 0 && Bool.random(using: &random)
                    ? Float.nan : Float(Int.random(in: -3...3, using: &random))
            }
            let mask = masks[round / 2 % 2]
            var expected: Int?
            for token in logits.indices where mask.contains(token) {
                let logit = logits[token].isNaN ? -Float.infinity : logits[token]
                if expected.map({ logit > (logits[$0].isNaN ? -.infinity : logits[$0]) }) ?? true { expected = token }
            }
            var sampler = Sampler(SamplingParameters())
            #expect(sampler.choose(from: logits, allowed: mask) == expected)
        }
    }
}

extension GrammarMatcher {
    fileprivate mutating func allowed(of count: Int) -> TokenMask {
        var mask = TokenMask(tokenCount: count)
        fillMask(&mask, remainingTokens: .max)
        return mask
    }
}
