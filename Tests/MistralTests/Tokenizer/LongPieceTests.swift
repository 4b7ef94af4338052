import Mistral
import Testing

/// Words and runs far longer than usual.
@Suite struct LongPieceTests {
    /// Byte pair encoding by its definition: merge the leftmost pair of lowest rank until there is none.
    private func encodeByDefinition(_ piece: String, _ tokenizer: TekkenTokenizer, _ ids: [[UInt8]: Int]) -> [Int] {
        var parts = piece.utf8.map { [$0] }
        while true {
            var best: (id: Int, index: Int)?
            for index in parts.indices.dropLast() {
                if let id = ids[parts[index] + parts[index + 1]], id < best?.id ?? Int.max { best = (id, index) }
            }
            guard let best else { return parts.compactMap { ids[$0] } }
            parts[best.index] += parts.remove(at: best.index + 1)
        }
    }

    @Test func longWordsFollowTheDefinition() throws {
        let tokenizer = try TokenizerReference.full.get()
        var ids: [[UInt8]: Int] = [:]
        for id in 1000..<tokenizer.vocabularySize { if let bytes = tokenizer.tokenBytes(id) { ids[bytes] = id } }
        var generator = TokenizerTestGenerator(state: 7)
        for alphabet in ["ab", "aeinst", "abcdefghijklmnopqrstuvwxyz", "日本語中文", "éèàα", "="] {
            let letters = Array(alphabet)
            for length in [20, 31, 48, 49, 95, 96, 97, 98, 150, 400] {
                let word = String((0..<length).map { _ in letters[Int(generator.next() % UInt64(letters.count))] })
                #expect(tokenizer.encode(word) == encodeByDefinition(word, tokenizer, ids), "\(word)")
            }
        }
    }

    /// Would take hours if either splitting or merging were quadratic in the length of a piece.
    @Test(arguments: ["a", "A", "ab", " ", "\n", " \n", "=", "一", "\u{301}", "ªA", "\t \u{A0}"])
    func longRunsRoundTrip(unit: String) throws {
        let tokenizer = try TokenizerReference.full.get()
        let text = String(repeating: unit, count: 100_000)
        let ids = tokenizer.encode(text)
        #expect(utf8(tokenizer.decode(ids)) == utf8(text))
        #expect(ids.count <= text.utf8.count)
    }
}

/// A fixed sequence of numbers (Knuth's MMIX constants); the upper bits are the good ones.
struct TokenizerTestGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33 | state << 31
    }
}
