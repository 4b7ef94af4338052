import Foundation
import Mistral
import Tensors
import TestSupport
import Testing

/// Tokenizers from the metadata of GGUF files. The whole vocabulary lies beside the repository, for those who have it.
@Suite("Vocabularies of GGUF files")
struct GGUFVocabularyTests {
    private static let whole = Repository.path("../shared/reference/out/gguf/vocab-only-full.gguf")
    static let hasWhole = FileManager.default.fileExists(atPath: whole)

    @Test("the small one encodes like the reference")
    func small() throws {
        let tokenizer = try TekkenTokenizer(files: ModelFiles(path: Repository.reference("gguf/text-q8_0.gguf")))
        let twin = try TokenizerReference.tiny.get()
        #expect(tokenizer.vocabularySize == 2048 && tokenizer.specialTokenCount == twin.specialTokenCount)
        #expect((0..<2048).allSatisfy { tokenizer.tokenBytes($0) == twin.tokenBytes($0) })
        #expect((0..<2048).allSatisfy { tokenizer.specialTokenName($0) == twin.specialTokenName($0) })
        for test in try TokenizerReference.cases("strings_tiny.json") {
            #expect(tokenizer.encode(try test.text("text")) == (try test.integers("ids")))
        }
        #expect(tokenizer.imageSettings == nil && tokenizer.version == .v11)
    }

    @Test("image settings come from the vision encoder")
    func imageSettings() throws {
        let folder = Repository.reference("gguf/")
        let files = try ModelFiles(path: folder + "text-q8_0.gguf", mmproj: folder + "mmproj-f16.gguf")
        let settings = try TekkenTokenizer(files: files).imageSettings
        #expect(settings?.patchSize == 14 && settings?.maximumImageSize == 280 && settings?.spatialMergeSize == 2)
    }

    @Test("the whole one encodes like the reference", .enabled(if: hasWhole))
    func encodesLikeTheReference() throws {
        let file = try GGUFFile(path: Self.whole)
        let clock = ContinuousClock()
        let start = clock.now
        let tokenizer = try TekkenTokenizer(gguf: file)
        print("131072 tokens in \(clock.now - start)")
        let twin = try TokenizerReference.full.get()
        #expect(tokenizer.vocabularySize == 131_072)
        #expect((0..<131_072).allSatisfy { tokenizer.tokenBytes($0) == twin.tokenBytes($0) })
        for test in try TokenizerReference.cases("strings.json") {
            let text = try test.text("text")
            #expect(tokenizer.encode(text) == (try test.integers("ids")), "\(text.debugDescription)")
        }
    }

    // MARK: - Damage

    /// A GGUF file of a vocabulary: two control tokens, the bytes in the alphabet of GPT-2, and more tokens.
    private func tokenizer(
        model: String = "gpt2", split: String = "tekken", controls: [String] = ["<s>", "[INST]"],
        more: [String] = ["ab"], types: [Int32]? = nil, template: String? = nil
    ) throws -> TekkenTokenizer {
        let printable = Array(0x21...0x7E) + Array(0xA1...0xAC) + Array(0xAE...0xFF)
        var other: UInt32 = 0xFF
        let bytes = (0...255).map { byte -> String in
            if !printable.contains(byte) { other += 1 }
            let scalar = printable.contains(byte) ? UInt32(byte) : other
            return String(UnicodeScalar(scalar) ?? "?")
        }
        let tokens = controls + bytes + more
        let types = types ?? tokens.indices.map { $0 < controls.count ? 3 : 1 }
        var file = SmallGGUF()
        file.add("tokenizer.ggml.model", model)
        file.add("tokenizer.ggml.pre", split)
        file.add("tokenizer.ggml.tokens", tokens)
        file.add("tokenizer.ggml.token_type", types)
        if let template { file.add("tokenizer.chat_template", template) }
        let folder = try TemporaryFolder()
        return try TekkenTokenizer(gguf: GGUFFile(path: folder.write("vocabulary.gguf", file.bytes)))
    }

    @Test("a vocabulary of a few tokens")
    func few() throws {
        let tokenizer = try tokenizer()
        #expect(tokenizer.vocabularySize == 2 + 256 + 1 && tokenizer.id(of: .beginInstruction) == 1)
        #expect(tokenizer.encode("ab é\n") == [258] + Array(" é\n".utf8).map { 2 + Int($0) })
        // Unused tokens fill embeddings up to a round number.
        let padded = try self.tokenizer(
            more: ["ab", "[PAD1]", "[PAD2]"], types: [3, 3] + [Int32](repeating: 1, count: 257) + [5, 5])
        #expect(padded.vocabularySize == 259)
    }

    @Test("vocabularies of other tokenizers, and damaged ones, are refused by their key")
    func refusals() throws {
        func key(_ body: () throws -> TekkenTokenizer) -> String? {
            let error = #expect(throws: TekkenError.self) { try body() }
            guard case .vocabulary(_, let key, _) = error else { return nil }
            return key
        }
        let ones = [Int32](repeating: 1, count: 257)
        #expect(key { try tokenizer(model: "llama") } == "tokenizer.ggml.model")
        #expect(key { try tokenizer(split: "llama-bpe") } == "tokenizer.ggml.pre")
        #expect(key { try tokenizer(types: [3, 3]) } == "tokenizer.ggml.token_type")
        #expect(key { try tokenizer(types: [3, 3] + ones.dropLast() + [4]) } == "tokenizer.ggml.token_type[258]")
        #expect(key { try tokenizer(controls: []) } == "tokenizer.ggml.tokens")
        #expect(key { try tokenizer(controls: ["<s>", "<s>"]) } == "tokenizer.ggml.tokens")
        #expect(key { try tokenizer(types: [3] + [1] + ones) } == "tokenizer.ggml.tokens[1]")
        for token in ["", "日", "a b", "a\u{144}", "a"] {
            #expect(key { try tokenizer(more: [token]) } == "tokenizer.ggml.tokens[258]", "\(token)")
        }
        #expect(key { try tokenizer(more: ["ab", "ab"]) } == "tokenizer.ggml.tokens[259]")
    }

    @Test("the version follows from the control tokens, and from the chat template where that is not enough")
    func versions() throws {
        let (system, arguments) = ("[SYSTEM_PROMPT]", "[ARGS]")
        #expect(try tokenizer().version == .v3)
        #expect(try tokenizer(controls: ["<s>", system]).version == .v7)
        #expect(try tokenizer(controls: ["<s>", system, arguments, "[CALL_ID]"]).version == .v11)
        #expect(try tokenizer(controls: ["<s>", system, arguments, "[CALL_ID]", "[THINK]"]).version == .v13)
        let controls = ["<s>", system, arguments, "[CALL_ID]"]
        #expect(try tokenizer(controls: controls, template: "…[ARGS]…").version == .v13)
        #expect(try tokenizer(controls: controls, template: "…[CALL_ID]…[ARGS]…").version == .v11)
        #expect(try tokenizer(controls: controls, template: "no tools").version == .v11)
    }
}

/// The bytes of a GGUF file without tensors.
struct SmallGGUF {
    private var values: [[UInt8]] = []

    mutating func add(_ key: String, _ value: String) { add(key, type: 8, Self.text(value)) }
    mutating func add(_ key: String, _ values: [String]) { add(key, type: 9, Self.array(8, values.map(Self.text))) }
    mutating func add(_ key: String, _ values: [Int32]) { add(key, type: 9, Self.array(5, values.map(Self.number))) }

    private mutating func add(_ key: String, type: UInt32, _ value: [UInt8]) {
        values.append(Self.text(key) + Self.number(type) + value)
    }

    var bytes: [UInt8] {
        Array("GGUF".utf8) + Self.number(UInt32(3)) + Self.number(UInt64(0)) + Self.number(UInt64(values.count))
            + values.joined()
    }

    private static func number(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
    private static func text(_ value: String) -> [UInt8] { number(UInt64(value.utf8.count)) + Array(value.utf8) }
    private static func array(_ type: UInt32, _ elements: [[UInt8]]) -> [UInt8] {
        number(type) + number(UInt64(elements.count)) + elements.joined()
    }
}
