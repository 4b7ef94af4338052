import Foundation
import Tensors
import TestSupport
import Testing

/// The GGUF files of the reference model. Large ones lie beside the repository, for those who have them.
@Suite("GGUF files of the reference model")
struct ReferenceGGUFTests {
    private static let large = Repository.path("../shared/reference/out/gguf/")
    static let hasLarge = FileManager.default.fileExists(atPath: large + "text-f32.gguf")

    private func open(_ name: String) throws -> GGUFFile {
        let path = Repository.reference("gguf/" + name)
        return try GGUFFile(path: FileManager.default.fileExists(atPath: path) ? path : Self.large + name)
    }

    private let stored: SafetensorsFile

    init() throws { stored = try SafetensorsFile(path: Repository.reference("model/hf-f32/model.safetensors")) }

    /// The name in the Hugging Face layout, and the number of heads whose rows have another order there.
    private func storedName(_ name: String) -> (name: String, heads: Int?) {
        let vision = name.hasPrefix("v.")
        let whole = [
            "token_embd.weight": "language_model.model.embed_tokens.weight",
            "output_norm.weight": "language_model.model.norm.weight", "output.weight": "language_model.lm_head.weight",
            "v.patch_embd.weight": "vision_tower.patch_conv.weight", "v.pre_ln.weight": "vision_tower.ln_pre.weight",
            "mm.input_norm.weight": "multi_modal_projector.norm.weight",
            "mm.patch_merger.weight": "multi_modal_projector.patch_merger.merging_layer.weight",
            "mm.1.weight": "multi_modal_projector.linear_1.weight",
            "mm.2.weight": "multi_modal_projector.linear_2.weight",
        ]
        if let whole = whole[name] { return (whole, nil) }
        let pieces = name.split(separator: ".").map(String.init)
        let (layer, part) = vision ? (pieces[2], pieces[3]) : (pieces[1], pieces[2])
        let attention = vision ? "attention." : "self_attn."
        let feedForward = vision ? "feed_forward." : "mlp."
        let parts = [
            "attn_q": attention + "q_proj", "attn_k": attention + "k_proj", "attn_v": attention + "v_proj",
            "attn_output": attention + "o_proj", "attn_out": attention + "o_proj",
            "ffn_gate": feedForward + "gate_proj", "ffn_up": feedForward + "up_proj",
            "ffn_down": feedForward + "down_proj", "attn_norm": "input_layernorm",
            "ffn_norm": "post_attention_layernorm", "ln1": "attention_norm", "ln2": "ffn_norm",
        ]
        let prefix = vision ? "vision_tower.transformer.layers." : "language_model.model.layers."
        let heads = part == "attn_q" ? (vision ? 4 : 6) : part == "attn_k" ? (vision ? 4 : 2) : nil
        return ("\(prefix)\(layer).\(parts[part] ?? "?").weight", heads)
    }

    /// Row in the Hugging Face layout, where a head rotates (i, i + d/2), of a row here, where it rotates (2i, 2i + 1).
    private func storedRow(_ row: Int, rows: Int, heads: Int?) -> Int {
        guard let heads else { return row }
        let size = rows / heads
        return row / size * size + row % size / 2 + row % 2 * (size / 2)
    }

    /// Largest difference from the numbers of the safetensors file, over the block's largest magnitude.
    private func largestError(_ tensor: GGUFTensor) throws -> Float {
        let (name, heads) = storedName(tensor.name)
        let original = try stored.tensor(name)
        #expect(original.shape == tensor.shape, "\(tensor.name)")
        let expected = try original.floats()
        let found = tensor.floats()
        #expect(found.count == expected.count && found.allSatisfy { $0.isFinite })
        let (rows, columns) = (tensor.rows, tensor.columns)
        var largest: Float = 0
        for row in 0..<rows {
            let start = storedRow(row, rows: rows, heads: heads) * columns
            for block in stride(from: 0, to: columns, by: 32) {
                var (difference, scale): (Float, Float) = (0, 0)
                for column in block..<min(columns, block + 32) {
                    let wanted = expected[start + column]
                    difference = max(difference, abs(wanted - found[row * columns + column]))
                    scale = max(scale, abs(wanted))
                }
                if difference > 0 { largest = max(largest, difference / scale) }
            }
        }
        return largest
    }

    @Test(
        "unrounded weights are those of the safetensors file",
        arguments: hasLarge ? ["mmproj-f32", "text-f32"] : ["mmproj-f32"])
    func equalNumbers(name: String) throws {
        let file = try open(name + ".gguf")
        for tensor in file.tensors where tensor.name != "v.token_embd.img_break" {
            #expect(tensor.type == .f32)
            #expect(try largestError(tensor) == 0, "\(tensor.name)")
        }
        if name == "mmproj-f32" {
            let row = try stored.tensor("language_model.model.embed_tokens.weight").floats()[(12 * 96)..<(13 * 96)]
            #expect(try file.tensor("v.token_embd.img_break").floats() == Array(row))
        }
    }

    // Half a step of the type, and the rounding of the scale to half precision. Q4_0 has no +8: it clips there by a step.
    @Test(
        "rounded weights are as near as their type allows",
        arguments: [
            ("text-q8_0", TensorType.q8_0, Float(1) / 254 + 1 / 2048), ("text-q4_0", .q4_0, Float(1) / 8 + 1 / 2048),
            ("mmproj-f16", .f16, Float(1) / 2048),
        ])
    func roundedNumbers(name: String, type: TensorType, limit: Float) throws {
        let file = try open(name + ".gguf")
        for tensor in file.tensors where tensor.name != "v.token_embd.img_break" {
            #expect(tensor.type == (tensor.shape.count == 1 ? .f32 : type), "\(tensor.name)")
            let error = try largestError(tensor)
            #expect(tensor.type == .f32 ? error == 0 : error > 0 && error <= limit, "\(tensor.name): \(error)")
            try tensor.checkScales()
        }
    }

    @Test("text files have all tensors of the decoder, mmproj files all others")
    func tensorLists() throws {
        let text = try open("text-q8_0.gguf")
        let vision = try open("mmproj-f16.gguf")
        #expect(text.tensors.count == 3 + 3 * 9)
        let names = (text.tensors + vision.tensors).filter { $0.name != "v.token_embd.img_break" }.map(\.name)
        #expect(names.map { storedName($0).name }.sorted() == stored.names)
        #expect(try text.tensor("blk.0.attn_k.weight").shape == [64, 96])
        #expect(try vision.tensor("v.patch_embd.weight").shape == [64, 3, 14, 14])
    }

    @Test("metadata of the reference files")
    func metadata() throws {
        let text = try open("text-q8_0.gguf").metadata
        #expect(try text.string("general.architecture") == "llama")
        #expect(try text.integer("llama.attention.head_count_kv") == 2)
        #expect(try text.float("llama.rope.freq_base") == 1e9)
        #expect(try text.strings("tokenizer.ggml.tokens").count == 2048)
        #expect(try text.integers("tokenizer.ggml.token_type").count == 2048)
        #expect(try text.bool("tokenizer.ggml.add_bos_token"))
        let vision = try open("mmproj-f32.gguf").metadata
        #expect(try vision.string("clip.projector_type") == "pixtral")
        #expect(try vision.floats("clip.vision.image_mean").count == 3)
    }

    @Test("k-quants and the whole vocabulary", .enabled(if: hasLarge))
    func largeFiles() throws {
        let quants = try open("text-kquants.gguf")
        #expect(Set(quants.tensors.map(\.type)) == [.f32, .q4_K, .q5_K, .q6_K])
        for tensor in quants.tensors {
            try tensor.checkScales()
            #expect(tensor.floats().allSatisfy { $0.isFinite })
        }
        let vocabulary = try open("vocab-only-full.gguf").metadata
        #expect(try vocabulary.strings("tokenizer.ggml.tokens").count == 131_072)
        #expect(try vocabulary.strings("tokenizer.ggml.merges").count == 269_443)
    }
}
