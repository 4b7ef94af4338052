import Mistral
import Testing

@Suite("Settled pieces")
struct SettledPieceTests {
    /// One scalar or more of every class of the split pattern, and what stands in JSON.
    private static let parts = [
        "a", "bc", "A", "BC", "ʰ", "日", "日本", "\u{301}", "ǅ", "1", "23", "½", " ", "  ", "\u{A0}", "\t", "\n", "\r\n",
        "/",
        "//", "-", "\"", "{\"", "\":\"", "\",\"", ":", ",", "}", "]", "é", "É", "😀", "\u{0}", "_", "'s",
    ]

    private struct Generator {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func text(_ longest: Int) -> String {
            (0..<below(longest + 1)).map { _ in SettledPieceTests.parts[below(SettledPieceTests.parts.count)] }.joined()
        }
    }

    @Test("are encoded as they are, whatever follows")
    func whateverFollows() throws {
        let tokenizer = try TokenizerReference.full.get()
        var generator = Generator(state: 7)
        var settled = 0
        for _ in 0..<20_000 {
            let text = Array(generator.text(8).utf8)
            let ends = tokenizer.settledPieces(of: text)
            var ids: [Int] = []
            var start = 0
            for end in ends {
                ids += tokenizer.encode(piece: start..<end, of: text)
                start = end
            }
            settled += ends.count
            for _ in 0..<3 {
                let whole = text + Array(generator.text(4).utf8)
                #expect(tokenizer.encode(utf8: whole).starts(with: ids), "\(String(decoding: whole, as: UTF8.self))")
            }
        }
        #expect(settled > 20_000)
    }

    @Test("are all pieces of a text that is whole")
    func wholeTexts() throws {
        let tokenizer = try TokenizerReference.full.get()
        var generator = Generator(state: 11)
        for _ in 0..<5000 {
            let text = Array(generator.text(8).utf8)
            let ends = tokenizer.settledPieces(of: text, isWhole: true)
            #expect(ends.last ?? 0 == text.count)
            let ids = zip([0] + ends, ends).flatMap { tokenizer.encode(piece: $0..<$1, of: text) }
            #expect(ids == tokenizer.encode(utf8: text))
        }
    }

    @Test("end before what is not well-formed UTF-8")
    func illFormed() throws {
        let tokenizer = try TokenizerReference.full.get()
        let text = Array("key1 ".utf8)
        #expect(tokenizer.settledPieces(of: text + [0xE6, 0x97]).last == 4)
        #expect(tokenizer.settledPieces(of: text + [0xFF, 0x20, 0x31], isWhole: true).last == 4)
        #expect(tokenizer.settledPieces(of: [0xC3]) == [])
        #expect(tokenizer.settledPieces(of: []) == [])
    }
}
