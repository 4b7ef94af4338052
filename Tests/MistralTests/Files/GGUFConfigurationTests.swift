import Mistral
import Tensors
import TestSupport
import Testing

/// Settings in GGUF files, changed byte by byte.
@Suite("Settings of GGUF files")
struct GGUFConfigurationTests {
    /// A copy of a file with some bytes replaced where a text first occurs: from its start, or so many bytes behind its
    /// end.
    private func changed(
        _ name: String, _ text: String, to bytes: [UInt8], behind distance: Int? = nil
    ) throws -> (folder: TemporaryFolder, path: String) {
        var file = try Repository.bytes(of: Repository.reference("gguf/\(name).gguf"))
        let pattern = Array(text.utf8)
        let start = try #require(file.indices.first { file[$0...].starts(with: pattern) })
        let place = distance.map { start + pattern.count + $0 } ?? start
        file.replaceSubrange(place..<(place + bytes.count), with: bytes)
        let folder = try TemporaryFolder()
        return (folder, try folder.write("model.gguf", file))
    }

    private func error(_ path: String, mmproj: String? = nil) -> ModelError? {
        #expect(throws: ModelError.self) {
            try MistralModel(files: ModelFiles(path: path, mmproj: mmproj), threads: ThreadPool(threadCount: 1))
        }
    }

    // Behind a key stand the type of its value, four bytes, and the value.
    @Test("a vocabulary that is not that of the embeddings")
    func vocabulary() throws {
        let (folder, path) = try changed("text-q4_0", "llama.vocab_size", to: [0, 4, 0, 0], behind: 4)
        guard case .mismatch(path, let reason) = error(path) else {
            Issue.record("not refused as it should")
            return
        }
        #expect(reason.contains("1024") && reason.contains("2048"))
        withExtendedLifetime(folder) {}
    }

    @Test("settings that follow from others are checked as those that are said")
    func headDimension() throws {
        var file = try Repository.bytes(of: Repository.reference("gguf/text-q8_0.gguf"))
        func replace(_ pattern: [UInt8], _ bytes: [UInt8]) throws {
            let start = try #require(file.indices.first { file[$0...].starts(with: pattern) })
            file.replaceSubrange(start..<(start + bytes.count), with: bytes)
        }
        // Older files have none of these: then the rows of the queries are divided by the heads.
        for key in ["attention.key_length", "attention.value_length", "rope.dimension_count"] {
            try replace(Array("llama.\(key)".utf8), Array("other.\(key)".utf8))
        }
        let heads = Array("llama.attention.head_count".utf8) + [4, 0, 0, 0]
        try replace(heads, heads + [0, 4, 0, 0])
        let folder = try TemporaryFolder()
        let path = try folder.write("model.gguf", file)
        let refusal = #expect(throws: ModelError.self) { try MistralConfiguration(files: ModelFiles(path: path)) }
        guard case .configuration(path, "llama.attention.key_length", _) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }

    @Test(
        "unknown settings and tensors, and other values, are refused by name",
        arguments: [
            ("llama.rope.dimension_count", "llama.rope.dimension_wount", "llama.rope.dimension_wount"),
            ("llama.attention.key_length", "llama.attention.sey_length", "llama.attention.sey_length"),
            ("blk.1.attn_output.weight", "blk.1.attn_outpux.weight", "blk.1.attn_outpux.weight"),
            ("llama", "qwen3", "general.architecture"),
        ])
    func unknown(old: String, new: String, key: String) throws {
        let (folder, path) = try changed("text-q4_0", old, to: Array(new.utf8))
        guard case .unsupported(path, key, _) = error(path) else {
            Issue.record("\(String(describing: error(path)))")
            return
        }
        withExtendedLifetime(folder) {}
    }

    @Test("a projector that is not Pixtral's, and another activation")
    func projector() throws {
        let text = Repository.reference("gguf/text-q4_0.gguf")
        let other = try changed("mmproj-f16", "pixtral", to: Array("qwen2vl".utf8))
        guard case .unsupported(other.path, "clip.projector_type", _) = error(text, mmproj: other.path) else {
            Issue.record("\(String(describing: error(text, mmproj: other.path)))")
            return
        }
        let silu = try changed("mmproj-f16", "clip.use_silu", to: [0], behind: 4)
        guard case .unsupported(silu.path, "clip.use_silu", _) = error(text, mmproj: silu.path) else {
            Issue.record("\(String(describing: error(text, mmproj: silu.path)))")
            return
        }
        withExtendedLifetime((other, silu)) {}
    }

    @Test("a norm that is no number")
    func notFinite() throws {
        var file = try Repository.bytes(of: Repository.reference("gguf/text-q4_0.gguf"))
        let norm = try GGUFFile(path: Repository.reference("gguf/text-q4_0.gguf")).tensor("output_norm.weight")
        file.replaceSubrange(norm.place.lowerBound..<(norm.place.lowerBound + 4), with: [0, 0, 0xC0, 0x7F])
        let folder = try TemporaryFolder()
        let path = try folder.write("model.gguf", file)
        guard case .gguf(.notFinite(path, "output_norm.weight", _)) = error(path) else {
            Issue.record("\(String(describing: error(path)))")
            return
        }
    }
}
