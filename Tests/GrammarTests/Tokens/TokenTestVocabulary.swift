import Foundation
import JSONSchema
import TestSupport

@testable import Grammar

/// Vocabularies with all that makes tokens inside strings hard.
enum TokenTestVocabulary {
    /// Control tokens, the 256 single bytes, and random ones of pieces of strings and of parts of code points. Some
    /// have the same bytes; one is longer than any trie holds.
    static let tokens: [[UInt8]?] = {
        var tokens: [[UInt8]?] = [nil, []]
        for byte in UInt8.min...UInt8.max { tokens.append([byte]) }
        var generator = SeededGenerator(state: 11)
        let pieces: [[UInt8]] =
            [
                "\"", "\"", "\\", "\\\"", "\\\\", "\\n", "\\u", "\\u0", "\\u00", "\\u001", "\\u001f", "\\u000b", "\\/",
                "\\u0041", "a", "b", "word", " the", "0", "é", "日本", "日", "\u{1F600}", "\u{10FFFF}", "\u{7F}", "\n",
                ",", ":", "}",
            ].map { Array($0.utf8) }
            + [[0xE6], [0xE6, 0x97], [0xF0, 0x9F], [0x98, 0x80], [0xED, 0xA0, 0x80], [0xC0], [0xC3], [0xF4, 0x8F]]
        for _ in 0..<3000 {
            var token: [UInt8] = []
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                token += pieces.randomElement(using: &generator) ?? []
            }
            tokens.append(token)
        }
        tokens.append(Array(repeating: UInt8(ascii: "-"), count: TokenTrie.maximumDepth))
        tokens.append(Array(repeating: UInt8(ascii: "-"), count: TokenTrie.maximumDepth + 1))
        tokens.append(nil)
        return tokens
    }()
    static let vocabulary = TokenVocabulary(tokenBytes: tokens)

    /// The 131,072 tokens of Tekken, of which 1000 are control tokens.
    static func tekken() throws -> [[UInt8]?] {
        let file = try Repository.bytes(of: Repository.reference("tokenizer/tekken_v11_full.json"))
        guard case .array(let entries) = try JSONValue(parsing: file)["vocab"] else { return [] }
        let tokens = entries.prefix(131_072 - 1000).map { entry in
            entry["token_bytes"]?.stringValue.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
        }
        return Array(repeating: nil, count: 1000) + tokens
    }
}

extension TokenMask {
    /// The tokens, for comparisons that say which differ.
    var tokens: Set<Int> {
        var tokens: Set<Int> = []
        forEachAllowed { tokens.insert($0) }
        return tokens
    }
}
