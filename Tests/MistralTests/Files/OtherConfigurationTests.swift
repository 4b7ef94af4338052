import Mistral
import TestSupport
import Testing

@Suite("Settings of other formats")
struct OtherConfigurationTests {
    private func native(_ old: String = "", _ new: String = "") throws(any Error) -> MistralConfiguration {
        let bytes = try Repository.bytes(of: Repository.reference("model/native-bf16/params.json"))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(old.isEmpty || text.contains(old))
        return try MistralConfiguration(native: Array(replacing(old, new)(text).utf8), path: "params.json")
    }

    @Test("all formats say the same of one model")
    func same() throws {
        let stored = try MistralConfiguration(path: Repository.reference("model/hf-f32/config.json"))
        let folder = Repository.reference("gguf/")
        let files = try ModelFiles(path: folder + "text-q8_0.gguf", mmproj: folder + "mmproj-f16.gguf")
        #expect(try native() == stored)
        #expect(try MistralConfiguration(files: files) == stored)
    }

    @Test("Mistral's form: settings that may be absent")
    func defaults() throws {
        let expected = try native()
        #expect(try native(#""image_token_id": 10,"#, "") == expected)
        #expect(try native(#""image_token_id": 10,"#, #""image_token_id": -1,"#) == expected)
        #expect(try native(#""max_position_embeddings": 4096,"#, #""max_seq_len": 4096,"#) == expected)
        #expect(try native(#""max_position_embeddings": 4096,"#, "").text.maxPositions == 128_000)
        #expect(try native(#""dim": 96,"#, #""dim": 96, "moe": null, "tied_embeddings": false,"#) == expected)
        #expect(try native(#""add_pre_mm_projector_layer_norm": true,"#, "").vision?.projector.hasNorm == false)
        #expect(try native(#""adapter_bias": false,"#, "").vision?.projector.hasBiases == true)
    }

    @Test("Mistral's form: what follows from other settings has the bounds of what is stated")
    func bounds() throws {
        #expect(try native(#""head_dim": 32,"#, "").text.headDimension == 16)
        let bytes = Array(
            #"{"dim": 65536, "n_layers": 1, "hidden_dim": 8, "n_heads": 1, "n_kv_heads": 1, "vocab_size": 8}"#.utf8)
        let error = #expect(throws: ModelError.self) { try MistralConfiguration(native: bytes, path: "params.json") }
        guard case .configuration("params.json", "head_dim", let reason) = error, reason.contains("65536") else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("Mistral's form: stretched rotations and scaled queries")
    func yarn() throws {
        let text = try native(
            #""dim": 96,"#,
            #""dim": 96, "llama_4_scaling": {"original_max_position_embeddings": 16384, "beta": 0.1}, "#
                + #""yarn": {"original_max_position_embeddings": 16384, "factor": 16, "apply_scale": false, "#
                + #""beta": 32, "alpha": 1},"#
        ).text
        #expect(text.ropeScaling == RotaryScaling(factor: 16, originalPositions: 16384))
        #expect(text.queryScaling == QueryScaling(beta: 0.1, originalPositions: 16384))
        let scaled = try native(
            #""dim": 96,"#, #""dim": 96, "yarn": {"original_max_position_embeddings": 64, "factor": 4},"#
        ).text.ropeScaling
        #expect(abs((scaled?.attentionFactor ?? 0) - 1.138_629) < 1e-6)
    }

    @Test(
        "Mistral's form: what is unknown is refused by name, with its value",
        arguments: [
            (#""dim": 96,"#, #""dim": 96, "moe": {"num_experts": 8},"#, "moe"),
            (#""dim": 96,"#, #""dim": 96, "q_lora_rank": 512,"#, "q_lora_rank"),
            (#""dim": 96,"#, #""dim": 96, "quantization": {"qformat_weight": "fp8_e4m3"},"#, "quantization"),
            (#""dim": 96,"#, #""dim": 96, "sliding_window": 4096,"#, "sliding_window"),
            (#""dim": 96,"#, #""dim": 96, "causal": false,"#, "causal"),
            (#""dim": 96,"#, #""dim": 96, "activation": "gelu","#, "activation"),
            (#""patch_merge""#, #""linear""#, "vision_encoder.mm_projector_id"),
            (#""mm_projector_id": "patch_merge","#, "", "vision_encoder.spatial_merge_size"),
            (#""adapter_bias": false,"#, #""adapter_bias": false, "class_token": true,"#, "vision_encoder.class_token"),
        ])
    func refusals(old: String, new: String, key: String) throws {
        let error = #expect(throws: ModelError.self) { try native(old, new) }
        guard case .unsupported("params.json", key, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("Hugging Face's forms of relatives")
    func relatives() throws {
        let pixtral = Repository.reference("relatives/pixtral")
        let configuration = try MistralConfiguration(path: pixtral + "/config.json")
        #expect(configuration.vision?.projector == .pixtral && configuration.vision?.spatialMergeSize == 1)
        #expect(configuration.vision?.tokenSize == 16 && configuration.vision?.imageSize == 128)
        let text = try String(decoding: Repository.bytes(of: pixtral + "/config.json"), as: UTF8.self)
        for (old, new, key) in [
            (#""vision_feature_layer": -1,"#, "", "vision_feature_layer"),
            (
                #""vision_feature_select_strategy": "full""#, #""vision_feature_select_strategy": "default""#,
                "vision_feature_select_strategy"
            ),
            (#""rope_type": "axial""#, #""rope_type": "yarn""#, "vision_config.rope_parameters.rope_type"),
            (#""rope_type": "default""#, #""rope_type": "llama3""#, "text_config.rope_parameters.rope_type"),
        ] {
            #expect(text.contains(old))
            let error = #expect(throws: ModelError.self) {
                try MistralConfiguration(json: Array(replacing(old, new)(text).utf8), path: "config.json")
            }
            guard case .unsupported("config.json", key, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test("a decoder alone")
    func textOnly() throws {
        let json = """
            {"architectures": ["MistralForCausalLM"], "model_type": "mistral", "hidden_size": 64,
            "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 96, "vocab_size": 320,
            "max_position_embeddings": 1024, "rope_theta": 1000000.0, "sliding_window": null, "bos_token_id": 1}
            """
        let configuration = try MistralConfiguration(json: Array(json.utf8), path: "config.json")
        #expect(configuration.vision == nil)
        // Defaults of the Python class.
        #expect(configuration.text.normEpsilon == 1e-6 && configuration.text.headDimension == 16)
    }
}
