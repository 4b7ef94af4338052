import Mistral
import Testing

@Suite struct TekkenTokenizerTests {
    @Test func knowsItsVocabulary() throws {
        let tokenizer = try TokenizerReference.full.get()
        #expect(tokenizer.vocabularySize == 131072)
        #expect(tokenizer.specialTokenCount == 1000)
        #expect(tokenizer.tokenBytes(999) == nil)
        #expect(tokenizer.tokenBytes(131071) != nil)
        #expect(tokenizer.tokenBytes(131072) == nil)
        #expect(tokenizer.tokenBytes(-1) == nil)
        #expect((0...255).allSatisfy { tokenizer.tokenBytes(1000 + $0) == [UInt8($0)] })
        #expect(tokenizer.isSpecialToken(0) && tokenizer.isSpecialToken(999))
        #expect(!tokenizer.isSpecialToken(1000) && !tokenizer.isSpecialToken(-1))
    }

    @Test(arguments: [
        (ControlToken.unknown, 0), (.beginSequence, 1), (.endSequence, 2), (.beginInstruction, 3),
        (.endInstruction, 4), (.beginAvailableTools, 5), (.endAvailableTools, 6), (.beginToolResults, 7),
        (.endToolResults, 8), (.toolCalls, 9), (.image, 10), (.padding, 11), (.imageBreak, 12), (.imageEnd, 13),
        (.beginSystemPrompt, 17), (.endSystemPrompt, 18), (.toolContent, 19), (.arguments, 32), (.callID, 33),
    ])
    func knowsControlTokens(token: ControlToken, id: Int) throws {
        let tokenizer = try TokenizerReference.full.get()
        #expect(tokenizer.id(of: token) == id)
        #expect(tokenizer.specialTokenName(id) == token.rawValue)
        #expect(tokenizer.specialTokenID(named: token.rawValue) == id)
        // The name in a text is not the control token.
        #expect(!tokenizer.encode(token.rawValue).contains(id))
    }

    @Test func readsImageSettingsUnderBothNames() throws {
        let full = try TokenizerReference.full.get().imageSettings
        #expect(full?.patchSize == 14 && full?.maximumImageSize == 1540 && full?.spatialMergeSize == 2)
        #expect(full?.pixelsPerToken == 28 && full?.maximumTokensPerSide == 55)
        let tiny = try TokenizerReference.tiny.get().imageSettings
        #expect(tiny?.maximumImageSize == 280 && tiny?.maximumTokensPerSide == 10)
    }

    @Test func replacesIllFormedInput() throws {
        let tokenizer = try TokenizerReference.full.get()
        let ids = tokenizer.encode(utf8: [0x61, 0xFF, 0xE2, 0x82, 0x62])
        #expect(ids == tokenizer.encode("a\u{FFFD}\u{FFFD}b"))
    }

    @Test func unknownIDsBecomeReplacementCharacters() throws {
        let tokenizer = try TokenizerReference.full.get()
        let a = tokenizer.encode("a")
        let text = tokenizer.decode(a + [-1] + a + [131072, Int.max, Int.min] + a)
        #expect(text == "a\u{FFFD}a\u{FFFD}\u{FFFD}\u{FFFD}a")
    }

    /// A control token ends a character, even where it leaves no trace.
    @Test func charactersDoNotContinueAcrossControlTokens() throws {
        let tokenizer = try TokenizerReference.full.get()
        let euro = [0xE2, 0x82, 0xAC].map { 1000 + $0 }
        #expect(tokenizer.decode(euro) == "€")
        #expect(tokenizer.decode([euro[0], euro[1], 2, euro[2]]) == "\u{FFFD}\u{FFFD}")
        #expect(tokenizer.decode([euro[0], euro[1], 2, euro[2]], specialTokens: .keep) == "\u{FFFD}</s>\u{FFFD}")
    }

    @Test func streamsWholeCharacters() throws {
        let tokenizer = try TokenizerReference.full.get()
        var decoder = TekkenStreamDecoder(tokenizer, specialTokens: .keep)
        let parts = ([0x41, 0xF0, 0x9F, 0x98, 0x80, 0xC3, 0x42, 0xE0, 0x80].map { 1000 + $0 } + [2]).map {
            decoder.append($0)
        }
        #expect(parts == ["A", "", "", "", "😀", "", "\u{FFFD}B", "", "\u{FFFD}\u{FFFD}", "</s>"])
        #expect(decoder.append(1000 + 0xE2).isEmpty)
        #expect(decoder.finish() == "\u{FFFD}")
        #expect(decoder.finish().isEmpty)
    }

    /// Every two, three and four byte sequence of interesting bytes comes out as if it were decoded at once.
    @Test func streamingAgreesWithTheStandardLibrary() throws {
        let tokenizer = try TokenizerReference.full.get()
        let bytes: [UInt8] = [
            0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5,
        ]
        for first in bytes {
            for second in bytes {
                for third in bytes {
                    for fourth in bytes {
                        let sequence = [first, second, third, fourth]
                        var decoder = TekkenStreamDecoder(tokenizer)
                        var text = ""
                        for byte in sequence { text += decoder.append(1000 + Int(byte)) }
                        text += decoder.finish()
                        try #require(utf8(text) == utf8(String(decoding: sequence, as: UTF8.self)), "\(sequence)")
                    }
                }
            }
        }
    }
}
