import Grammar
import JSONSchema
import Testing

/// Grammars of texts that are no JSON: patterns and choices.
@Suite struct PlainTextTests {
    static let patterns = [
        "[a-z]+", "a*", "", "\\d{4}-\\d{2}-\\d{2}", "(yes|no|maybe)", "[^a]{2,5}", ".*", "[\\s\\S]*", "x.{3}",
        "\"[^\"\\\\]*\"", "(ab|abc|abcd)d?", "[日本é\\u{1F600}]{1,3}", "^a$|^b+$", "(?=.*b)[abc]{3,6}",
        "\\n\\t?[\\x00-\\x1f]+",
        "[0-9]{9}", "-?(0|[1-9][0-9]{0,3})(\\.[0-9]+)?", "(?!no).{1,4}", "\\u{10FFFF}|\\u{7FF}x", "a{200}",
    ]
    static let choices: [[String]] = [
        ["yes", "no"], ["red", "reddish", "red dish"], ["a"], ["é", "è", "日本", "日"], ["\"", "\\", "\n\n", " x", "{}"],
        ["-1", "-", "12", "1"],
    ]

    private static func grammar(_ index: Int) throws -> Grammar {
        index < patterns.count
            ? try Grammar(pattern: patterns[index]) : try Grammar(choices: choices[index - patterns.count])
    }

    /// Whether a text is one of the grammar's, by code that shares nothing with it.
    private static func isMember(_ text: String, _ index: Int) throws -> Bool {
        guard index < patterns.count else {
            return choices[index - patterns.count].contains { $0.utf8.elementsEqual(text.utf8) }
        }
        let schema = JSONValue.object(JSONObject([("pattern", .string("^(?:\(patterns[index]))$"))]))
        return try SchemaValidator(schema: schema).validate(.string(text)).isEmpty
    }

    @Test(arguments: 0..<26)
    func randomTextsBelongAndFitTheirBudget(_ index: Int) throws {
        let grammar = try Self.grammar(index)
        let least = GrammarMatcher(grammar: grammar, vocabulary: Vocabularies.synthetic).minimumBudget
        var generator = SeededGenerator(state: UInt64(index))
        for round in 0..<60 {
            let budget = least + (round < 30 ? round : (round - 20) * 4)
            let generated = try #require(try randomText(grammar, budget: budget, &generator), "stuck at \(budget)")
            #expect(generated.tokens <= budget)
            let text = try #require(String(validating: generated.text, as: UTF8.self))
            #expect(try Self.isMember(text, index), "\(text)")
            #expect(accepts(grammar, generated.text))
        }
    }

    /// The mask against its definition: try every token, and measure what ending it leaves.
    @Test(arguments: 0..<26)
    func masksAreWhatTheirDefinitionSays(_ index: Int) throws {
        let grammar = try Self.grammar(index)
        var generator = SeededGenerator(state: 5)
        let vocabulary = Vocabularies.synthetic
        var mask = TokenMask(tokenCount: vocabulary.count)
        for _ in 0..<4 {
            let walk = try #require(try randomText(grammar, budget: 230, &generator)).text
            var matcher = GrammarMatcher(grammar: grammar, vocabulary: vocabulary)
            // Also inside of characters.
            for byte in walk.prefix(Int.random(in: 0...walk.count, using: &generator)) {
                try matcher.accept(Vocabularies.controlTokens + Int(byte))
            }
            let least = matcher.minimumBudget
            let followers = (0..<vocabulary.count).compactMap { token -> (token: Int, ending: Int, tokens: Int)? in
                var next = matcher
                guard (try? next.accept(token)) != nil else { return nil }
                return (token, next.shortestCompletion.count, next.minimumBudget)
            }
            for budget in [0, least, least + 1, least + 3, 1000, .max] where budget >= 0 {
                matcher.fillMask(&mask, remainingTokens: budget)
                var allowed: [Int] = []
                mask.forEachAllowed { allowed.append($0) }
                let followers = budget == 0 ? [] : followers
                let surely = followers.filter { $0.ending <= budget - 1 }.map(\.token)
                let possibly = followers.filter { $0.tokens <= budget - 1 }.map(\.token)
                let place = "budget \(budget) after \(String(decoding: walk, as: UTF8.self))"
                #expect(Set(allowed).isSuperset(of: surely), "\(place)")
                #expect(Set(allowed).isSubset(of: possibly), "\(place)")
                if budget > least, least > 0 { #expect(!allowed.isEmpty, "\(place)") }
            }
        }
    }

    /// All short texts, and those that are nearly right.
    @Test(arguments: 0..<26)
    func admitsExactlyItsTexts(_ index: Int) throws {
        let grammar = try Self.grammar(index)
        var generator = SeededGenerator(state: 77)
        let alphabet: [Unicode.Scalar] = ["a", "b", "c", "d", "\"", "\\", "\n", " ", "-", "1", "é", "日", "x", "\u{1}"]
        for _ in 0..<300 {
            var text = String.UnicodeScalarView()
            if Bool.random(using: &generator), let made = try randomText(grammar, budget: 210, &generator) {
                text = String(decoding: made.text, as: UTF8.self).unicodeScalars
                if let last = text.last, Bool.random(using: &generator) { text.append(last) }
                if !text.isEmpty, Bool.random(using: &generator) { text.removeFirst() }
            } else {
                for _ in 0..<Int.random(in: 0...4, using: &generator) {
                    text.append(alphabet.randomElement(using: &generator) ?? "a")
                }
            }
            #expect(accepts(grammar, String(text)) == (try Self.isMember(String(text), index)), "\(String(text))")
        }
    }

    @Test func textIsWrittenWithoutQuotesAndEscapes() throws {
        let quoted = try Grammar(pattern: "\"\\\\\n\u{0}")
        #expect(accepts(quoted, "\"\\\n\u{0}"))
        #expect(!accepts(quoted, "\\\"\\\\\\n\\u0000"))
        // Bytes that are no UTF-8 are in no text.
        let any = try Grammar(pattern: "[\\s\\S]*")
        for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]] {
            #expect(!accepts(any, bytes))
        }
        #expect(accepts(any, ""))
    }

    @Test func whatMustComeIsForced() throws {
        func forced(_ grammar: Grammar, after text: String = "") throws -> String {
            var matcher = GrammarMatcher(grammar: grammar, vocabulary: Vocabularies.bytes)
            try matcher.accept(bytes: Array(text.utf8))
            var bytes: [UInt8] = []
            matcher.appendForcedBytes(to: &bytes, limit: 100)
            return String(decoding: bytes, as: UTF8.self)
        }
        let pattern = try Grammar(pattern: "No\\. [0-9]{2} of 99")
        #expect(try forced(pattern) == "No. ")
        #expect(try forced(pattern, after: "No. 12") == " of 99")
        let choices = try Grammar(choices: ["north", "northern", "nowhere"])
        #expect(try forced(choices) == "no")
        #expect(try forced(choices, after: "nor") == "th")
        // It may end here, so nothing must follow.
        #expect(try forced(choices, after: "north") == "")
    }

    @Test func lengthsAreBounded() throws {
        let grammar = try Grammar(pattern: "[é]+", maximumLength: 3)
        #expect(accepts(grammar, "ééé"))
        #expect(!accepts(grammar, "éééé"))
        #expect(grammar.shortestLength == 2)
        #expect(try Grammar(choices: ["abc", "ab"]).shortestLength == 2)
        #expect(throws: GrammarError.self) { try Grammar(pattern: "a{4,}", maximumLength: 3) }
    }

    @Test func refusalsSayWhatIsWrong() throws {
        for (pattern, reason) in [
            ("a)(b", "closes nothing"), ("(a", "("), ("(a)\\1", "reference"), ("a{20000}", "states"),
            ("[^\\s\\S]", "no text"),
            ("(?!a)a", "no text"),
        ] {
            let error = #expect(throws: GrammarError.self) { try Grammar(pattern: pattern) }
            #expect(error?.keyword == "pattern")
            #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        }
        for (choices, reason) in [
            ([], "at least one"), (["a", ""], "empty"), (Array(repeating: "a", count: 10_001), "10001"),
            ([String(repeating: "a", count: 1 << 20), "b"], "1048577"),
        ] as [([String], String)] {
            let error = #expect(throws: GrammarError.self) { try Grammar(choices: choices) }
            #expect(error?.keyword == "choices")
            #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        }
    }

    @Test func anyObjectIsAnObject() throws {
        let grammar = try Grammar.anyObject()
        for text in ["{}", #"{"a":1}"#, #"{"a": [1, {"b":null}]}"#] { #expect(accepts(grammar, text)) }
        for text in ["[]", "1", "null", #""a""#, "", "{} ", "{"] { #expect(!accepts(grammar, text)) }
        var generator = SeededGenerator(state: 3)
        for budget in 2..<60 {
            let made = try #require(try randomText(grammar, budget: budget, &generator))
            #expect(try JSONValue(parsing: made.text).objectValue != nil)
        }
    }
}
