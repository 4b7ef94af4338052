import Mistral
import Tensors

/// A Tekken vocabulary as GGUF files have it: for the tokenizer "gpt2" with the splitting of "tekken".
enum TokenizerMetadata {
    static func entries(_ tokenizer: TekkenTokenizer) -> [GGUFKeyValue] {
        let ids = 0..<tokenizer.vocabularySize
        let key = { "tokenizer.ggml." + $0 }
        var entries: [GGUFKeyValue] = [
            .string(key("model"), "gpt2"), .string(key("pre"), "tekken"),
            .strings(key("tokens"), ids.map { text(of: $0, tokenizer) }),
            // ggml's LLAMA_TOKEN_TYPE_CONTROL and _NORMAL
            .int32s(key("token_type"), ids.map { tokenizer.isSpecialToken($0) ? 3 : 1 }),
            .strings(key("merges"), merges(tokenizer)),
        ]
        let tokens: [(String, ControlToken)] = [
            ("bos", .beginSequence), ("eos", .endSequence), ("unknown", .unknown), ("padding", .padding),
        ]
        for (name, token) in tokens {
            guard let id = tokenizer.id(of: token) else { continue }
            entries.append(.uint32(key("\(name)_token_id"), UInt32(id)))
        }
        return entries + [.bool(key("add_bos_token"), true), .bool(key("add_eos_token"), false)]
    }

    private static func text(of id: Int, _ tokenizer: TekkenTokenizer) -> String {
        tokenizer.tokenBytes(id).map(ByteAlphabet.text) ?? tokenizer.specialTokenName(id) ?? ""
    }

    /// Every way to put a token together from two others, ordered by the token and then by its parts.
    ///
    /// Tekken merges the pair that makes the token of lowest rank, and this order has the same effect on readers that
    /// merge the pair that is listed first.
    private static func merges(_ tokenizer: TekkenTokenizer) -> [String] {
        let first = tokenizer.specialTokenCount
        var ranks: [ArraySlice<UInt8>: Int] = [:]
        ranks.reserveCapacity(tokenizer.vocabularySize - first)
        for id in first..<tokenizer.vocabularySize { ranks[(tokenizer.tokenBytes(id) ?? [])[...]] = id }
        var merges: [String] = []
        for id in first..<tokenizer.vocabularySize {
            let token = (tokenizer.tokenBytes(id) ?? [])[...]
            var parts: [(left: Int, right: Int, length: Int)] = []
            for length in 1..<max(1, token.count) {
                guard let left = ranks[token.prefix(length)], let right = ranks[token.dropFirst(length)] else {
                    continue
                }
                parts.append((left, right, length))
            }
            parts.sort { ($0.left, $0.right) < ($1.left, $1.right) }
            for part in parts {
                merges.append(
                    ByteAlphabet.text(token.prefix(part.length)) + " " + ByteAlphabet.text(token.dropFirst(part.length))
                )
            }
        }
        return merges
    }
}

/// Bytes as characters that can be seen: the alphabet of GPT-2's vocabulary.
///
/// Printable characters of Latin-1 stand for themselves, all others for characters from U+0100 on, in order.
enum ByteAlphabet {
    private static let characters: [Unicode.Scalar] = {
        var characters: [Unicode.Scalar] = []
        var next: UInt32 = 0x100
        for byte in UInt8.min...UInt8.max {
            switch byte {
            case 33...126, 161...172, 174...255: characters.append(Unicode.Scalar(byte))
            default:
                characters.append(Unicode.Scalar(next) ?? "?")
                next += 1
            }
        }
        return characters
    }()

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        for byte in bytes { text.unicodeScalars.append(characters[Int(byte)]) }
        return text
    }
}
