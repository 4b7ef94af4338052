import Grammar
import JSONSchema

func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

/// A small seeded generator, so that failures come back (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

enum Vocabularies {
    static let controlTokens = 3
    /// Control tokens, then the 256 single bytes.
    static let singleBytes: [[UInt8]?] = [nil, [], nil] + (0...255).map { [UInt8($0)] }
    static let bytes = TokenVocabulary(tokenBytes: singleBytes)

    /// Single bytes, and about 1500 tokens as a tokenizer might have: punctuation runs, words, parts of UTF-8.
    static let syntheticTokens: [[UInt8]?] = {
        var tokens: Set<[UInt8]> = []
        var generator = SeededGenerator(state: 7)
        let punctuation = ["{", "}", "[", "]", "\"", ":", ",", " ", "\\", "\\\"", "\\n", "\\u00", "-", "--", "."]
        let words = [
            "null", "true", "false", "name", "total", "lines", "amount", "date", "left", "right", "value", "kind",
            "EUR",
            "USD", "the", "in", "invoice", "item", "red", "green", "reddish", "é", "ü", "日本", "\u{1F600}", "a", "b",
            "e", "E", "0", "1", "12", "2024", "-1", "e5", "d8", "D83D", "dead", "u", "n",
        ]
        while tokens.count < 1300 {
            var token: [UInt8] = []
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let list = Bool.random(using: &generator) ? punctuation : words
                token += (list.randomElement(using: &generator) ?? "").utf8
            }
            if token.count > 1 { tokens.insert(token) }
        }
        let text = Array("é日\u{1F600}\u{10FFFF}\"€,\u{7FF}x\u{FFFF}".utf8)
        while tokens.count < 1500 {
            // Two slices that begin and end anywhere, also inside a code point.
            var token: [UInt8] = []
            for _ in 0..<2 {
                let start = Int.random(in: 0..<text.count, using: &generator)
                token += text[start..<min(text.count, start + Int.random(in: 1...5, using: &generator))]
            }
            tokens.insert(token)
        }
        let sorted = tokens.sorted { $0.lexicographicallyPrecedes($1) }
        // The last token is a second one with the same bytes.
        return singleBytes + sorted.map { Optional($0) } + [sorted[17]]
    }()
    static let synthetic = TokenVocabulary(tokenBytes: syntheticTokens)
}

/// Whether the grammar admits exactly `text`, fed byte by byte.
func accepts(_ grammar: Grammar, _ text: [UInt8]) -> Bool {
    var matcher = GrammarMatcher(grammar: grammar, vocabulary: Vocabularies.bytes)
    for byte in text where (try? matcher.accept(Vocabularies.controlTokens + Int(byte))) == nil { return false }
    return matcher.isComplete
}

func accepts(_ grammar: Grammar, _ text: String) -> Bool { accepts(grammar, Array(text.utf8)) }

/// Generates one text from random allowed tokens; nil if no token was allowed before the end.
func randomText(
    _ grammar: Grammar, budget: Int, _ generator: inout SeededGenerator
) throws -> (text: [UInt8], tokens: Int)? {
    var matcher = GrammarMatcher(grammar: grammar, vocabulary: Vocabularies.synthetic)
    var mask = TokenMask(tokenCount: Vocabularies.synthetic.count)
    var text: [UInt8] = []
    var used = 0
    while true {
        matcher.fillMask(&mask, remainingTokens: budget - used)
        if matcher.isComplete, mask.isEmpty || Int.random(in: 0..<4, using: &generator) == 0 { return (text, used) }
        var allowed: [Int] = []
        mask.forEachAllowed { allowed.append($0) }
        guard let token = allowed.randomElement(using: &generator) else { return nil }
        try matcher.accept(token)
        text += Vocabularies.syntheticTokens[token] ?? []
        used += 1
    }
}
