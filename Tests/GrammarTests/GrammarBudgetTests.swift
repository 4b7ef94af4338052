import Grammar
import JSONSchema
import TestSupport
import Testing

@Suite struct GrammarBudgetTests {
    @Test(arguments: variedSchemas)
    func randomTextsAreValidAndFitTheirBudget(_ text: String) throws {
        let schema = try json(text)
        let grammar = try Grammar(schema: schema)
        let validator = try SchemaValidator(schema: schema)
        let least = GrammarMatcher(grammar: grammar, vocabulary: Vocabularies.synthetic).minimumBudget
        var generator = SeededGenerator(state: UInt64(text.utf8.count))
        var distinct: Set<[UInt8]> = []
        for round in 0..<100 {
            // Every budget from the least upwards, then ever larger ones.
            let budget = least + (round < 50 ? round : (round - 40) * 5)
            let generated = try #require(
                try randomText(grammar, budget: budget, &generator), "stuck at budget \(budget)")
            #expect(generated.tokens <= budget)
            let value = try JSONValue(parsing: generated.text)
            #expect(validator.validate(value) == [], "\(String(decoding: generated.text, as: UTF8.self))")
            #expect(accepts(grammar, generated.text))
            distinct.insert(generated.text)
        }
        #expect(distinct.count > 1 || text.contains("const") || text.contains(#""properties":{},"#))
    }

    @Test(arguments: variedSchemas)
    func mutatedTextsThatAreAdmittedAreValid(_ text: String) throws {
        let schema = try json(text)
        let grammar = try Grammar(schema: schema)
        let validator = try SchemaValidator(schema: schema)
        var generator = SeededGenerator(state: 99)
        let alphabet = Array("{}[]\":, \\un-+.eE0129abdtf\u{1}é".utf8) + [0xED, 0xA0, 0xF5]
        for _ in 0..<20 {
            let original = try #require(try randomText(grammar, budget: 60, &generator)).text
            for _ in 0..<40 {
                var mutated = original
                for _ in 0..<Int.random(in: 1...2, using: &generator) {
                    let position = Int.random(in: 0..<mutated.count, using: &generator)
                    let byte = alphabet.randomElement(using: &generator) ?? 0
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: mutated[position] = byte
                    case 1: mutated.insert(byte, at: position)
                    case 2 where mutated.count > 1: mutated.remove(at: position)
                    default: mutated.swapAt(position, Int.random(in: 0..<mutated.count, using: &generator))
                    }
                }
                guard accepts(grammar, mutated) else { continue }
                let value = try JSONValue(parsing: mutated)
                #expect(validator.validate(value) == [], "\(String(decoding: mutated, as: UTF8.self))")
            }
        }
    }

    /// The mask against its definition: try every token, and measure what ending it leaves.
    @Test(arguments: variedSchemas)
    func masksAreWhatTheirDefinitionSays(_ text: String) throws {
        let grammar = try Grammar(schema: json(text))
        var generator = SeededGenerator(state: 5)
        let vocabulary = Vocabularies.synthetic
        var mask = TokenMask(tokenCount: vocabulary.count)
        for _ in 0..<3 {
            let walk = try #require(try randomText(grammar, budget: 40, &generator)).text
            var matcher = GrammarMatcher(grammar: grammar, vocabulary: vocabulary)
            for byte in walk.prefix(Int.random(in: 0...min(60, walk.count), using: &generator)) {
                try matcher.accept(Vocabularies.controlTokens + Int(byte))
            }
            let least = matcher.minimumBudget
            let shortest = matcher.shortestCompletion.count
            let first = firstToken(of: matcher.shortestCompletion)
            // The tokens that can follow at all, with the length of the ending after each.
            let followers = (0..<vocabulary.count).compactMap { token -> (token: Int, ending: Int)? in
                var next = matcher
                return (try? next.accept(token)) == nil ? nil : (token, next.shortestCompletion.count)
            }
            for budget in [0, least - 1, least, least + 1, shortest, shortest + 2, 1000] where budget >= 0 {
                matcher.fillMask(&mask, remainingTokens: budget)
                var expected: [Int] = []
                if budget >= least, budget > 0 {
                    expected = followers.filter { $0.ending <= budget - 1 || $0.token == first }.map(\.token)
                }
                var allowed: [Int] = []
                mask.forEachAllowed { allowed.append($0) }
                #expect(allowed == expected, "budget \(budget) after \(String(decoding: walk, as: UTF8.self))")
                #expect(mask.count == expected.count)
                #expect(expected.allSatisfy(mask.contains))
            }
        }
    }

    /// Longest match, the lowest id among tokens of the same bytes.
    private func firstToken(of ending: [UInt8]) -> Int? {
        var best: (token: Int, length: Int)?
        for (token, bytes) in Vocabularies.syntheticTokens.enumerated() {
            guard let bytes, !bytes.isEmpty, ending.starts(with: bytes), bytes.count > best?.length ?? 0 else {
                continue
            }
            best = (token, bytes.count)
        }
        return best?.token
    }

    /// Along random texts the ending is valid, shrinks with its own tokens, and the least budget counts them.
    @Test(arguments: variedSchemas)
    func endingsAreValidAndConsistent(_ text: String) throws {
        let schema = try json(text)
        let grammar = try Grammar(schema: schema)
        let validator = try SchemaValidator(schema: schema)
        #expect(
            GrammarMatcher(grammar: grammar, vocabulary: Vocabularies.bytes).shortestCompletion.count
                == grammar.shortestLength)
        var generator = SeededGenerator(state: 11)
        for _ in 0..<3 {
            let walk = try #require(try randomText(grammar, budget: 50, &generator)).text
            var matcher = GrammarMatcher(grammar: grammar, vocabulary: Vocabularies.synthetic)
            for (position, byte) in walk.enumerated() where position < 80 {
                let before = matcher
                let ending = before.shortestCompletion
                let whole = try JSONValue(parsing: Array(walk[..<position]) + ending)
                #expect(validator.validate(whole) == [])
                try matcher.accept(Vocabularies.controlTokens + Int(byte))
                guard position % 8 == 0 else { continue }
                #expect(ending.isEmpty == (before.minimumBudget == 0))
                var along = before
                var rest = ending[...]
                var tokens = 0
                while let token = firstToken(of: Array(rest)) {
                    try along.accept(token)
                    tokens += 1
                    rest = rest.dropFirst(Vocabularies.syntheticTokens[token]?.count ?? 0)
                    #expect(along.shortestCompletion == Array(rest))
                }
                #expect(along.isComplete)
                #expect(before.minimumBudget == tokens)
            }
        }
    }

    @Test func tooSmallBudgetsAllowNothing() throws {
        let grammar = try Grammar(schema: json(variedSchemas[variedSchemas.count - 1]))
        var matcher = GrammarMatcher(grammar: grammar, vocabulary: Vocabularies.synthetic)
        var mask = TokenMask(tokenCount: 5)
        for budget in [-1, 0, 1, matcher.minimumBudget - 1] {
            matcher.fillMask(&mask, remainingTokens: budget)
            #expect(mask.isEmpty)
        }
        matcher.fillMask(&mask, remainingTokens: matcher.minimumBudget)
        #expect(!mask.isEmpty)
        #expect(mask.words.count == (Vocabularies.synthetic.count + 63) / 64)
    }

    @Test func vocabulariesWithoutSomeBytesKeepTheirBudget() throws {
        // No token for a lone brace, quote or digit 1.
        let tokens: [[UInt8]?] = ["{\"a\":", "}", "[", "]", ",", "0", "12", "]}", "\"", "a", "{}", ",0"].map {
            Array($0.utf8)
        }
        let vocabulary = TokenVocabulary(tokenBytes: tokens)
        #expect(vocabulary.missingBytes.contains(UInt8(ascii: "{")))
        let schema: JSONValue = [
            "type": "object", "required": ["a"],
            "properties": ["a": ["type": "array", "items": ["type": "integer"], "minItems": 1]],
        ]
        let grammar = try Grammar(schema: schema)
        let validator = try SchemaValidator(schema: schema)
        var generator = SeededGenerator(state: 3)
        let start = GrammarMatcher(grammar: grammar, vocabulary: vocabulary)
        #expect(start.minimumBudget == 4)
        for budget in 4..<40 {
            var matcher = start
            var mask = TokenMask(tokenCount: vocabulary.count)
            var text: [UInt8] = []
            var used = 0
            while !matcher.isComplete {
                matcher.fillMask(&mask, remainingTokens: budget - used)
                var allowed: [Int] = []
                mask.forEachAllowed { allowed.append($0) }
                let token = try #require(allowed.randomElement(using: &generator))
                try matcher.accept(token)
                text += tokens[token] ?? []
                used += 1
            }
            #expect(used <= budget)
            #expect(validator.validate(try JSONValue(parsing: text)) == [])
        }
        var unreachable = GrammarMatcher(grammar: try Grammar(schema: ["type": "boolean"]), vocabulary: vocabulary)
        #expect(unreachable.minimumBudget == .max)
        var mask = TokenMask(tokenCount: vocabulary.count)
        unreachable.fillMask(&mask, remainingTokens: 1000)
        #expect(mask.isEmpty)
    }
}
