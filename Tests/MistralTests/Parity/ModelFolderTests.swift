import Mistral
import Tensors
import TestSupport
import Testing

@Suite("Model folders")
struct ModelFolderTests {
    private func logits(_ folder: String) throws -> [Float] {
        let model = try MistralModel(folder: folder, threads: ThreadPool(threadCount: 1))
        var cache = model.makeCache()
        let picture = PixelValues(height: 28, width: 28, values: [Float](repeating: 0.5, count: 3 * 28 * 28))
        return try model.forward([1, 10, 13, 7], imageFeatures: [model.encodeImage(picture)], cache: &cache).values
    }

    @Test(
        "other spellings of the names give the same model",
        arguments: [
            [("\"language_model.", "\"model.language_model."), ("\"vision_tower.", "\"model.vision_tower.")],
            [
                ("language_model.model.", "model.language_model."), ("language_model.lm_head", "lm_head"),
                ("\"vision_tower.", "\"model.vision_tower."),
                ("\"multi_modal_projector.", "\"model.multi_modal_projector."),
            ],
        ])
    func spellings(changes: [(String, String)]) throws {
        let copy = try ReferenceModelFolder(header: { text in
            changes.reduce(text) { replacing($1.0, $1.1)($0) }
        })
        #expect(try logits(copy.path) == logits(ModelReference.folder + "/hf-f32"))
    }

    @Test("without an output matrix the embeddings take its place")
    func tied() throws {
        let copy = try ReferenceModelFolder(header: replacing("language_model.lm_head.weight", "unused"))
        let found = try logits(copy.path)
        #expect(found.count == 2048 && found.allSatisfy(\.isFinite))
        #expect(try found != logits(ModelReference.folder + "/hf-f32"))
    }

    @Test(
        "a missing tensor is named, with its shape",
        arguments: [
            ("language_model.model.embed_tokens.weight", [2048, 96]), ("language_model.model.norm.weight", [96]),
            ("language_model.model.layers.1.self_attn.k_proj.weight", [64, 96]),
            ("language_model.model.layers.2.mlp.down_proj.weight", [96, 192]),
            ("vision_tower.patch_conv.weight", [64, 3, 14, 14]),
            ("vision_tower.transformer.layers.0.ffn_norm.weight", [64]),
            ("multi_modal_projector.patch_merger.merging_layer.weight", [64, 256]),
        ])
    func missing(name: String, shape: [Int]) throws {
        let copy = try ReferenceModelFolder(header: replacing(name, "unused"))
        #expect(throws: ModelError.missingTensor(folder: copy.path, name: name, shape: shape)) {
            try MistralModel(folder: copy.path, threads: ThreadPool(threadCount: 1))
        }
    }

    @Test(
        "a tensor of another shape is named, with both shapes",
        arguments: [
            (
                #""intermediate_size": 192"#, #""intermediate_size": 128"#,
                "language_model.model.layers.0.mlp.gate_proj.weight", [128, 96], [192, 96]
            ),
            (
                #""vocab_size": 2048"#, #""vocab_size": 4096"#, "language_model.model.embed_tokens.weight",
                [4096, 96], [2048, 96]
            ),
            (
                #""head_dim": 32"#, #""head_dim": 16"#, "language_model.model.layers.0.self_attn.q_proj.weight",
                [96, 96], [192, 96]
            ),
            (
                #""patch_size": 14"#, #""patch_size": 7"#, "vision_tower.patch_conv.weight", [64, 3, 7, 7],
                [64, 3, 14, 14]
            ),
        ])
    func shapes(old: String, new: String, name: String, expected: [Int], found: [Int]) throws {
        let copy = try ReferenceModelFolder(config: replacing(old, new))
        #expect(
            throws: ModelError.tensorShape(folder: copy.path, name: name, expected: expected, found: found)
        ) {
            try MistralModel(folder: copy.path, threads: ThreadPool(threadCount: 1))
        }
    }

    @Test("types that cannot be read and damaged files are named")
    func damage() throws {
        let typed = try ReferenceModelFolder(
            header: replacing(
                #""vision_tower.patch_conv.weight":{"dtype":"F32""#,
                #""vision_tower.patch_conv.weight":{"dtype":"I32""#))
        let error = #expect(throws: ModelError.self) {
            try MistralModel(folder: typed.path, threads: ThreadPool(threadCount: 1))
        }
        guard case .weights(.type(_, "vision_tower.patch_conv.weight", "I32", _)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let damaged = try ReferenceModelFolder(header: { String($0.dropLast()) })
        let headerError = #expect(throws: ModelError.self) {
            try MistralModel(folder: damaged.path, threads: ThreadPool(threadCount: 1))
        }
        guard case .weights(.header(damaged.path + "/model.safetensors", _)) = headerError else {
            Issue.record("\(String(describing: headerError))")
            return
        }
    }

    @Test("the bytes of mapped weights are those of the files")
    func mappedBytes() throws {
        let model = try ModelReference.model("hf-bf16")
        #expect(model.mappedBytes == 1_368_376 + 355_928)
    }
}
