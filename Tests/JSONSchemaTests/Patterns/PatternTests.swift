import JSONSchema
import Testing

/// Patterns of ECMA-262, asked for through the keyword `pattern`.
@Suite struct PatternTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let pattern: String
        let matching: [String]
        let other: [String]
        var testDescription: String { pattern }

        init(_ pattern: String, _ matching: [String], not other: [String]) {
            self.pattern = pattern
            self.matching = matching
            self.other = other
        }
    }

    static let structure: [Example] = [
        Example("", ["", "a"], not: []),
        Example("b", ["b", "abc"], not: ["", "a"]),
        Example("^a|b$", ["ax", "xb"], not: ["xa", "bx"]),
        Example("^(?:a|b)*c$", ["c", "abac"], not: ["abd", "cc"]),
        Example("^a{2,3}$", ["aa", "aaa"], not: ["a", "aaaa"]),
        Example("^(ab){2}$", ["abab"], not: ["ab", "ababab"]),
        Example("^a{2,}b?$", ["aa", "aaaab"], not: ["a", "aabb"]),
        Example("^a{0}b$", ["b"], not: ["ab"]),
        Example("^a+?b*?$", ["a", "aabb"], not: ["b"]),
        Example("^(a*)*$", ["", "aaa"], not: ["b"]),
        Example("^(a|)+$", ["", "aa"], not: ["b"]),
        Example("^(?<year>\\d{4})-x$", ["2024-x"], not: ["24-x"]),
        Example("^a{,2}$", ["a{,2}"], not: ["a", "aa"]),
        Example("^{x}]$", ["{x}]"], not: ["x"]),
        Example("^a.b$", ["a-b", "a\u{1F600}b", "a\u{85}b"], not: ["a\nb", "a\u{2028}b", "ab"]),
        Example("^$", [""], not: ["\n", "a"]),
        Example("\\bfoo\\b", ["foo", "a foo-b"], not: ["food", "_foo"]),
        Example("o\\B.$", ["oo", "fo_"], not: ["o-", "o"]),
        Example("^\\^\\$\\.\\*\\/\\-\\_\\\\$", ["^$.*/-_\\"], not: ["x"]),
    ]

    static let sets: [Example] = [
        Example("^[a-c-]$", ["a", "c", "-"], not: ["d"]),
        Example("^[^a-c]$", ["d", "\n", "é"], not: ["a", ""]),
        Example("^[\\w-.]+$", ["a-b.c"], not: ["a/b"]),
        Example("^[]$", [], not: ["", "a", "]"]),
        Example("^[^]$", ["a", "\n"], not: [""]),
        Example("^[\\b\\]\\\\]$", ["\u{8}", "]", "\\"], not: ["b"]),
        Example("^[\\d\\s]$", ["5", "\u{FEFF}", "\u{3000}"], not: ["a"]),
        Example("^[^\\d\\D]$", [], not: ["5", "a"]),
        Example("^\\x41\\u00e9\\u{1F600}\\uD83D\\uDE00$", ["Aé\u{1F600}\u{1F600}"], not: ["A"]),
        Example("^[\u{1F600}-\u{1F64F}]{2}$", ["\u{1F600}\u{1F64F}"], not: ["\u{1F600}", "ab"]),
        Example("^\\t\\n\\v\\f\\r\\0\\cA$", ["\t\n\u{B}\u{C}\r\0\u{1}"], not: ["t"]),
        Example("^\\p{Lu}\\p{Ll}+$", ["Éa", "Ωμ"], not: ["éa", "AA"]),
        Example("^\\P{L}+$", ["12-"], not: ["a", "1é"]),
        Example("^[\\p{L}\\p{Nd}_]+$", ["aé५_"], not: ["a b", "½"]),
        Example("^[^\\p{Uppercase_Letter}]$", ["a"], not: ["A"]),
        Example("^\\p{Script=Greek}+$", ["αβΩ"], not: ["abc"]),
        Example("^\\p{sc=Cyrl}+$", ["Привет"], not: ["Privet"]),
        Example("^\\P{Script=Han}$", ["a"], not: ["漢"]),
        Example("^\\p{Alphabetic}\\p{White_Space}$", ["a "], not: ["1 "]),
        Example("^\\p{gc=Sc}$", ["€"], not: ["e"]),
        Example("é", ["caf\u{E9}"], not: ["cafe\u{301}"]),
    ]

    static let lookarounds: [Example] = [
        Example("^(?!.*--)[a-z-]+$", ["a-b-c"], not: ["a--b"]),
        Example("^(?=.*[A-Z])(?=.*\\d).{4,}$", ["abC1", "1xxxZ"], not: ["abcd", "ABCD", "aB1"]),
        Example("(?<=\\$)\\d+", ["cost $42"], not: ["cost 42"]),
        Example("(?<!-)\\b\\d", ["a 5"], not: ["-5", ""]),
        Example("^(?:(?!ab).)*$", ["aa", "ba"], not: ["xaby", "ab"]),
        Example("a(?=b(?!c))", ["abd", "ab"], not: ["abc", "ac"]),
        Example("(?<=^a+)b$", ["aab"], not: ["cab", "b"]),
        Example("(?<!(?=a)a)b", ["b", "cb"], not: ["ab"]),
        Example("^(?!$)", ["a"], not: [""]),
    ]

    @Test(arguments: structure + sets + lookarounds)
    func patternsAreSearchedFor(_ example: Example) throws {
        let validator = try SchemaValidator(schema: ["pattern": .string(example.pattern)])
        for text in example.matching { #expect(validator.isValid(.string(text)), "\(text)") }
        for text in example.other { #expect(!validator.isValid(.string(text)), "\(text)") }
    }

    @Test(arguments: [
        "(", ")", "a)", "(?", "(?:", "[", "[a", "[b-a]", "*", "a**", "a{2}{3}", "a{3,2}", "^*", "\\b+", "\\", "\\a",
        "\\Z",
        "\\z", "\\y", "[\\y]", "\\u{110000}", "\\u{}", "\\u12", "\\x1", "\\c1", "\\01", "\\p", "\\p{Foo}",
        "\\p{Script=Foo}",
        "\\pL", "(?i)a", "(?i:a)", "(?P<a>b)", "(?#c)", "(?>a)", "(?<a>b)(?<a>c)", "(?<1>b)", "\\k<a>", "\\k", "a++",
        "(?=a)*",
    ])
    func whatIsNoPatternIsRefused(_ pattern: String) throws {
        let error = #expect(throws: SchemaError.self) { try SchemaValidator(schema: ["pattern": .string(pattern)]) }
        #expect(error?.keyword == "pattern")
        let format = try SchemaValidator(schema: ["format": "regex"], options: SchemaOptions(assertsFormats: true))
        #expect(!format.isValid(.string(pattern)))
    }

    /// Well-formed, but more than an automaton can do.
    @Test(arguments: ["(a)\\1", "(?<n>a)\\k<n>", "(a{500}){500}", "a{1000000}"])
    func whatIsTooMuchIsRefused(_ pattern: String) throws {
        #expect(throws: SchemaError.self) { try SchemaValidator(schema: ["pattern": .string(pattern)]) }
        let format = try SchemaValidator(schema: ["format": "regex"], options: SchemaOptions(assertsFormats: true))
        #expect(format.isValid(.string(pattern)))
    }

    @Test(arguments: ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(x+x+)+y", "(?=(a+)+$)a", "^(.*a){20}$", "(?<!(a*)*b)c"])
    func nothingBacktracks(_ pattern: String) throws {
        // With backtracking each of these takes time exponential in the length.
        let validator = try SchemaValidator(schema: ["pattern": .string(pattern)])
        let text = String(repeating: "a", count: 5000) + String(repeating: "x", count: 5000) + "!"
        let violations = validator.validate(.string(text))
        #expect(violations.count <= 1)
        #expect(violations.allSatisfy { !$0.message.contains("steps") })
    }

    @Test func longSearchesEnd() throws {
        let validator = try SchemaValidator(schema: ["pattern": "(.{0,100}a){0,100}b$"])
        let violations = validator.validate(.string(String(repeating: "a", count: 100_000)))
        #expect(violations.map(\.message).contains { $0.contains("too many steps") })
        let deep = String(repeating: "(", count: 100_000) + String(repeating: ")", count: 100_000)
        #expect(throws: SchemaError.self) { try SchemaValidator(schema: ["pattern": .string(deep)]) }
        #expect(throws: SchemaError.self) {
            try SchemaValidator(schema: [
                "pattern": .string("(?:" + String(repeating: "(?:", count: 50) + "a{99})" + "){0}")
            ])
        }
    }
}
