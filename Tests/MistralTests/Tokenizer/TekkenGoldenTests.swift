import JSONSchema
import Mistral
import Testing

/// Agreement with mistral-common on the released vocabulary.
@Suite struct TekkenGoldenTests {
    @Test func encodesLikeTheReference() throws {
        let tokenizer = try TokenizerReference.full.get()
        let cases = try TokenizerReference.cases("strings.json")
        #expect(cases.count > 400)
        for test in cases {
            let text = try test.text("text")
            let ids = tokenizer.encode(text)
            #expect(ids == (try test.integers("ids")), "\(text.debugDescription)")
            #expect(tokenizer.encode(utf8: utf8(text)) == ids)
            let pieces = try test.member("pieces_b64").arrayValue ?? []
            #expect(ids.map { tokenizer.tokenBytes($0) } == pieces.map { bytesOfBase64($0.stringValue ?? "") })
            #expect(utf8(tokenizer.decode(ids)) == utf8(text))
        }
    }

    @Test func encodesLikeTheReferenceWithASmallVocabulary() throws {
        let tokenizer = try TokenizerReference.tiny.get()
        let cases = try TokenizerReference.cases("strings_tiny.json")
        #expect(cases.count > 100)
        for test in cases {
            let text = try test.text("text")
            #expect(tokenizer.encode(text) == (try test.integers("ids")), "\(text.debugDescription)")
        }
    }

    /// Ids that others published for the released file.
    @Test(arguments: [
        ("Hello, world!", [22177, 1044, 4304, 1033]),
        (
            "The quick brown fox jumps over the lazy dog.",
            [1784, 7586, 22980, 94137, 72993, 2136, 1278, 42757, 10575, 1046]
        ),
        ("función común días 日本語 🎉", [12127, 1963, 35239, 20608, 30367, 15199, 119685, 1142, 1137]),
    ])
    func encodesPublishedStrings(text: String, ids: [Int]) throws {
        #expect(try TokenizerReference.full.get().encode(text) == ids)
    }

    /// Backtracking, marks and rare spaces in the split pattern; ids from mistral-common 1.13.1.
    @Test(arguments: [
        ("\u{301}ABC abc", [1204, 1129, 37638, 89031]),
        ("ABC\u{2B0}DEF", [37638, 1202, 1176, 104570]),
        ("\u{AA}ABCdef", [10640, 37638, 3149]),
        ("\u{301}\u{301}the", [1204, 1129, 1204, 1129, 3265]),
        ("!\u{301}the", [1033, 1204, 1129, 3265]),
        (" \u{301} the", [1032, 1204, 1129, 1278]),
        ("\u{9}\u{A0}the", [1009, 3997, 3265]),
        ("\u{2028}\u{2028}the", [1287, 1168, 1287, 1168, 3265]),
        ("x\u{D}\u{A}\u{D}\u{A} /\u{A} /the", [1120, 1013, 1010, 1013, 1010, 65102, 1987, 3265]),
        ("THE\u{AA}THE", [34113, 10640, 34113]),
        ("\u{C0}THE\u{301}THE", [16778, 34113, 1204, 1129, 34113]),
        ("!!the", [7290, 3265]),
        ("a \u{A} \u{A} the", [1097, 1032, 1010, 1032, 1010, 1278]),
        ("\u{200B}the", [26580, 3265]),
        ("\u{1CB0}the", [1225, 1178, 1176, 3265]),
        // A letter of Unicode 17, which the reference does not know yet.
        ("\u{33314}\u{5CB}", [1240, 1179, 1140, 2375, 1139]),
    ])
    func splitsLikeTheReference(text: String, ids: [Int]) throws {
        #expect(try TokenizerReference.full.get().encode(text) == ids)
    }

    @Test func decodesLikeTheReference() throws {
        let tokenizer = try TokenizerReference.full.get()
        let cases = try TokenizerReference.cases("decode.json")
        #expect(cases.count > 20)
        for test in cases {
            let ids = try test.integers("ids")
            #expect(ids.flatMap { tokenizer.tokenBytes($0) ?? [] } == bytesOfBase64(try test.text("bytes_b64")))
            #expect(utf8(tokenizer.decode(ids)) == utf8(try test.text("text_skip_special")))
            #expect(utf8(tokenizer.decode(ids, specialTokens: .keep)) == utf8(try test.text("text_keep_special")))
        }
    }
}
