import Testing

@testable import Grammar

@Suite struct PatternTests {
    /// Thousands of patterns, each on dozens of texts, against one that tries all ways.
    @Test(arguments: 0..<8)
    func agreesWithTryingAllWays(seed: Int) throws {
        var generator = StringGenerator(state: UInt64(seed))
        var verdicts = [0, 0]
        for _ in 0..<600 {
            let pattern = NaivePattern.random(depth: Int.random(in: 1...4, using: &generator), using: &generator)
            let automaton = try StringAutomaton(pattern: pattern.text)
            for _ in 0..<40 {
                let word = generator.word(of: NaivePattern.alphabet, upTo: 6)
                let isFound = pattern.isFound(in: word)
                verdicts[isFound ? 1 : 0] += 1
                try #require(automaton.contains(word) == isFound, "/\(pattern.text)/ on \(text(word).debugDescription)")
            }
        }
        #expect(verdicts[0] > 1000 && verdicts[1] > 1000)
    }

    @Test(arguments: [
        ("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", ["a", "a-b", "0"], ["", "-a", "a-", "A"]),
        (#"^\d{4}-\d{2}$"#, ["2024-01"], ["2024-1", "x2024-01", "2024-01\n", "٢٠٢٤-٠١"]),
        ("foo", ["foo", "a foo b", "ffoo"], ["fo", "f oo"]),
        ("^foo|bar$", ["foo!", "a bar"], ["a foo", "bar!"]),
        ("^(?!.*secret).*$", ["public", ""], ["a secret", "x\ny"]),
        ("^(?=.*[A-Z])(?=.*\\d).{4,}$", ["aaA1", "1bcD"], ["aa1", "aaaA", "A1\naa"]),
        ("\\bcat\\b", ["cat", "a cat.", "é cat"], ["cats", "_cat"]),
        ("(?<=\\$)\\d+", ["cost $5"], ["5", "$x5"]),
        ("(?<!\\$)\\b5", ["5", "a 5"], ["$5"]),
        ("^\\s$", [" ", "\u{FEFF}", "\u{2028}"], ["\u{180E}", "\u{85}"]),
        ("^.$", ["a", "😀", "\u{85}"], ["\n", "\r", "\u{2028}", "\u{2029}", "ab"]),
        ("^\\p{Lu}\\P{L}$", ["Ä1"], ["ä1", "Äb"]),
        ("^\\p{gc=Decimal_Number}+$", ["12", "٣"], ["a"]),
        ("^[\\u{1F600}-\\u{1F64F}]$", ["😀"], ["a"]),
        ("^\\cA\\0\\x41\\u0042$", ["\u{1}\0AB"], ["AB"]),
        ("^[\\w-]+@\\-{2}$", ["a-b@--"], ["a b@--"]),
        ("^a{,3}$", ["a{,3}"], ["aaa"]),
        ("^(a|)+b{2,3}?$", ["bb", "aabbb"], ["b", "abbbb"]),
        ("^(?<year>\\d)(?:x)$", ["1x"], ["1"]),
        ("^[]$|^[^]$", ["a", "\n"], ["", "aa"]),
        ("(^|,)a(,|$)", ["a", "b,a", "a,b"], ["ba", "ab"]),
        ("", ["", "x"], []),
    ])
    func knownPatterns(pattern: String, members: [String], others: [String]) throws {
        let automaton = try StringAutomaton(pattern: pattern)
        for member in members { #expect(automaton.contains(member), "\(member.debugDescription)") }
        for other in others { #expect(!automaton.contains(other), "\(other.debugDescription)") }
    }

    @Test(arguments: [
        ("(a)\\1", "back-reference"), ("(?<n>a)\\k<n>", "back-reference"), ("(?i)a", "flags"), ("(?P<n>a)", "flags"),
        ("a)", "closes nothing"), ("(a", "does not close"), ("[a", "does not close"), ("*a", "nothing to repeat"),
        ("a**", "repeats a repetition"), ("a{2}{3}", "repeats a repetition"), ("^*", "repeats an assertion"),
        ("(?=a)*", "repeats an assertion"), ("[b-a]", "wrong order"), ("a{3,2}", "wrong order"),
        ("\\a", "does not know"),
        ("\\Z", "does not know"), ("a\\", "ends in a backslash"), ("\\u{110000}", "no code point"), ("\\01", "octal"),
        ("\\x4", "fewer than 2"), ("\\p{Script=Greek}", "\\p{Script=Greek}"), ("\\p{Foo}", "\\p{Foo}"),
        ("\\p", "braces"),
        ("\\c1", "letter"), ("(?<1>a)", "identifier"), ("(?<a>a)(?<a>b)", "two groups"), ("(?<=(?=a))b", "lookbehind"),
        ("(?=(?<=a)b)", "lookbehind"), ("^.{20001}$", "10000 states"), ("(a|b)*a(a|b){20}", "10000 states"),
        ("(((){1000000}){1000000}){1000000}", "10000 states"), ("^(a?){2000}a{2000}$", "larger table"),
        ("((a{0,999}){0,999}){0,999}", "10000 states"), ("a{99999999999999999999}", "10000 states"),
    ])
    func refusals(pattern: String, reason: String) {
        let error = #expect(throws: StringAutomatonError.self) { try StringAutomaton(pattern: pattern) }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test func sizeAndNestingAreBounded() throws {
        let deep = String(repeating: "(", count: 40_000) + String(repeating: ")", count: 40_000)
        #expect(throws: StringAutomatonError.self) { try StringAutomaton(pattern: deep) }
        let long = String(repeating: "a|", count: 60_000)
        #expect(throws: StringAutomatonError.self) { try StringAutomaton(pattern: long) }
        // Ever more classes of characters, no two alike.
        let classes = (0..<9000).map { "[\(Unicode.Scalar(0x4E00 + $0).map(String.init) ?? "")]" }.joined()
        #expect(throws: StringAutomatonError.self) { try StringAutomaton(pattern: classes) }
        let nested = String(repeating: "(", count: 99) + "a" + String(repeating: ")*", count: 99)
        #expect(try StringAutomaton(pattern: "^" + nested + "$") == StringAutomaton(pattern: "^a*$"))
    }

    /// Broken pieces of patterns are refused or accepted, but nothing traps.
    @Test(arguments: 0..<4)
    func anythingIsReadOrRefused(seed: Int) {
        let pieces = [
            "(", ")", "[", "]", "{", "}", "?", "*", "+", "|", "^", "$", ".", "\\", "-", ",", "a", "1", "0", "(?=",
            "(?!",
            "(?<=", "(?<!", "(?<n>", "\\b", "\\B", "\\d", "\\W", "\\u{", "\\uD83D", "\\p{L}", "\\p{", "{2,3}", "[^",
            "é",
        ]
        var generator = StringGenerator(state: UInt64(seed) + 100)
        var built = 0
        for _ in 0..<5000 {
            let pattern = (0..<Int.random(in: 1...8, using: &generator))
                .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            do {
                let automaton = try StringAutomaton(pattern: pattern)
                // The constructor's promise: what is not empty has a word.
                if !automaton.isEmpty { #expect(automaton.wordCount(from: 0) > 0) }
                built += 1
            } catch {
                #expect(!error.reason.isEmpty)
            }
        }
        #expect(built > 100 && built < 5000)
    }
}
