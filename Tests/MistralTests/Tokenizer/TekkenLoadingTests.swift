import JSONSchema
import Mistral
import Testing

/// Loading of files that are small, or damaged.
@Suite struct TekkenLoadingTests {
    private static let pattern =
        #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|"#
        + #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|"#
        + #"\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

    /// A vocabulary of 64 control tokens, the bytes, "ab" and "abc"; "bc" is beyond its end.
    private static func document() -> JSONValue {
        let tokens = (0...255).map { [UInt8($0)] } + ["ab", "abc", "bc"].map { Array($0.utf8) }
        let vocabulary: [JSONValue] = tokens.enumerated().map { rank, bytes in
            ["rank": .number(JSONNumber(rank)), "token_bytes": .string(base64(bytes)), "token_str": nil]
        }
        return [
            "config": [
                "pattern": .string(pattern), "num_vocab_tokens": 259, "default_vocab_size": 322,
                "default_num_special_tokens": 64, "version": "v11",
            ],
            "vocab": .array(vocabulary),
            "special_tokens": [
                ["rank": 0, "token_str": "<unk>", "is_control": true],
                ["rank": 1, "token_str": "<s>", "is_control": true],
                ["rank": 2, "token_str": "</s>", "is_control": true],
            ],
        ]
    }

    /// The document with the value at a path of keys and indices replaced, or removed if nil.
    private static func replacing(_ path: [String], in document: JSONValue, with value: JSONValue?) -> JSONValue {
        func replace(_ current: JSONValue, _ path: ArraySlice<String>) -> JSONValue {
            guard let key = path.first else { return value ?? .null }
            if var object = current.objectValue {
                object[key] = path.count == 1 ? value : replace(object[key] ?? .null, path.dropFirst())
                return .object(object)
            }
            guard var array = current.arrayValue, let index = Int(key) else { return current }
            array[index] = replace(array[index], path.dropFirst())
            return .array(array)
        }
        return replace(document, path[...])
    }

    private static func document(replacing path: [String], with value: JSONValue?) -> JSONValue {
        replacing(path, in: document(), with: value)
    }

    @Test func loadsASmallVocabulary() throws {
        let tokenizer = try TekkenTokenizer(json: Self.document().serialized())
        #expect(tokenizer.vocabularySize == 322)
        #expect(tokenizer.specialTokenCount == 64)
        #expect(tokenizer.imageSettings == nil)
        #expect(tokenizer.encode("abc") == [64 + 257])
        #expect(tokenizer.encode("abcd") == [64 + 257, 64 + 100])
        // "bc" has a rank beyond the vocabulary size and does not count.
        #expect(tokenizer.encode("xbc") == [64 + 120, 64 + 98, 64 + 99])
        #expect(tokenizer.specialTokenName(2) == "</s>")
        #expect(tokenizer.specialTokenName(63) == "<SPECIAL_63>")
        #expect(tokenizer.specialTokenName(64) == nil)
    }

    @Test func theLowestRankMergesFirst() throws {
        func encode(_ text: String, tokens: (String, String)) throws -> [Int] {
            var document = Self.document()
            for (index, token) in [("256", tokens.0), ("257", tokens.1)] {
                let bytes = JSONValue.string(base64(utf8(token)))
                document = Self.replacing(["vocab", index, "token_bytes"], in: document, with: bytes)
            }
            return try TekkenTokenizer(json: document.serialized()).encode(text)
        }
        #expect(try encode("xabc", tokens: ("ab", "bc")) == [64 + 120, 64 + 256, 64 + 99])
        #expect(try encode("xabc", tokens: ("bc", "ab")) == [64 + 120, 64 + 97, 64 + 256])
        // The leftmost of equals.
        #expect(try encode("aaaaa", tokens: ("aa", "bc")) == [64 + 256, 64 + 256, 64 + 97])
    }

    private static let damages: [(path: [String], value: JSONValue?, entry: String)] = [
        (["config"], nil, "the top level"),
        (["config"], 5, "config"),
        (["vocab"], nil, "the top level"),
        (["vocab"], "no", "vocab"),
        (["vocab"], [], "vocab"),
        (["vocab", "7"], "no", "vocab[7].rank"),
        (["vocab", "7", "rank"], 8, "vocab[7].rank"),
        (["vocab", "7", "rank"], "7", "vocab[7].rank"),
        (["vocab", "7", "token_bytes"], nil, "vocab[7].token_bytes"),
        (["vocab", "7", "token_bytes"], "CA==", "vocab[7].token_bytes"),
        (["vocab", "256", "token_bytes"], "", "vocab[256].token_bytes"),
        (["vocab", "256", "token_bytes"], "YWI", "vocab[256].token_bytes"),
        (["vocab", "256", "token_bytes"], "YW=I", "vocab[256].token_bytes"),
        (["vocab", "256", "token_bytes"], "Y===", "vocab[256].token_bytes"),
        (["vocab", "256", "token_bytes"], "YWI=YWI=", "vocab[256].token_bytes"),
        (["vocab", "256", "token_bytes"], "YW J", "vocab[256].token_bytes"),
        (["vocab", "257", "token_bytes"], "YWI=", "vocab[257].token_bytes"),
        (["special_tokens"], nil, "the top level"),
        (["special_tokens", "1", "rank"], 0, "special_tokens[1].rank"),
        (["special_tokens", "1", "rank"], 64, "special_tokens[1].rank"),
        (["special_tokens", "1", "rank"], -1, "special_tokens[1].rank"),
        (["special_tokens", "1", "token_str"], nil, "special_tokens[1]"),
        (["special_tokens", "1", "token_str"], "<unk>", "special_tokens[1].token_str"),
        (["special_tokens", "1", "token_str"], "<SPECIAL_9>", "special_tokens"),
        (["config", "default_num_special_tokens"], 2, "special_tokens"),
        (["config", "default_num_special_tokens"], 0, "config.default_num_special_tokens"),
        (["config", "default_num_special_tokens"], 1_000_000_000, "config.default_num_special_tokens"),
        (["config", "default_vocab_size"], 324, "vocab"),
        (["config", "default_vocab_size"], 319, "config.default_vocab_size"),
        (["config", "default_vocab_size"], 1_000_000_000_000, "config.default_vocab_size"),
        (["config", "default_vocab_size"], 321.5, "config.default_vocab_size"),
        (["config", "version"], nil, "config"),
        (["config", "version"], 11, "config.version"),
        (["image"], 1, "image"),
        (["image"], ["image_patch_size": 14], "image"),
        (["multimodal"], ["image_patch_size": 0, "max_image_size": 28], "multimodal.image_patch_size"),
    ]

    @Test(arguments: damages.indices)
    func namesTheDamagedEntry(index: Int) throws {
        let damage = Self.damages[index]
        let bytes = Self.document(replacing: damage.path, with: damage.value).serialized()
        let error = #expect(throws: TekkenError.self) { try TekkenTokenizer(json: bytes) }
        guard case .malformed(let entry, let reason)? = error else {
            Issue.record("unexpected error \(String(describing: error))")
            return
        }
        #expect(entry == damage.entry, "\(reason)")
        #expect(!reason.isEmpty)
    }

    @Test func refusesOtherVersionsAndPatterns() {
        #expect(throws: TekkenError.unsupportedVersion("v15")) {
            try TekkenTokenizer(json: Self.document(replacing: ["config", "version"], with: "v15").serialized())
        }
        #expect(throws: TekkenError.unsupportedPattern(#"\w+"#)) {
            try TekkenTokenizer(json: Self.document(replacing: ["config", "pattern"], with: #"\w+"#).serialized())
        }
    }

    @Test func refusesWhatIsNoTokenizerFile() throws {
        let error = #expect(throws: TekkenError.self) { try TekkenTokenizer(json: utf8("{\"config\": ")) }
        guard case .notJSON? = error else {
            Issue.record("unexpected error \(String(describing: error))")
            return
        }
        #expect(throws: TekkenError.malformed(entry: "the top level", reason: "expected an object")) {
            try TekkenTokenizer(json: utf8("[]"))
        }
        let path = TokenizerReference.path("no-such-file.json")
        #expect(throws: TekkenError.unreadable(path: path, reason: "cannot open it: No such file or directory")) {
            try TekkenTokenizer(contentsOfFile: path)
        }
        #expect(throws: TekkenError.unreadable(path: "/", reason: "not a regular file")) {
            try TekkenTokenizer(contentsOfFile: "/")
        }
        #expect(throws: TekkenError.unreadable(path: "/dev/zero", reason: "not a regular file")) {
            try TekkenTokenizer(contentsOfFile: "/dev/zero")
        }
    }
}
