import Mistral
import Testing

@Suite("Reading config.json")
struct ConfigurationTests {
    private static let text =
        #""text_config":{"model_type":"mistral","hidden_size":5120,"num_hidden_layers":40,"num_attention_heads":32,"#
        + #""num_key_value_heads":8,"head_dim":128,"intermediate_size":32768,"vocab_size":131072,"#
        + #""max_position_embeddings":131072,"rms_norm_eps":1e-05,"rope_theta":1000000000.0,"sliding_window":null}"#
    private static let vision =
        #""vision_config":{"model_type":"pixtral","hidden_size":1024,"num_hidden_layers":24,"#
        + #""num_attention_heads":16,"intermediate_size":4096,"patch_size":14,"image_size":1540,"rope_theta":10000}"#
    private static let whole =
        #"{"architectures":["Mistral3ForConditionalGeneration"],"model_type":"mistral3","image_token_index":10,"#
        + #""spatial_merge_size":2,"vision_feature_layer":-1,"# + text + "," + vision + "}"

    private func read(_ text: String) throws(ModelError) -> MistralConfiguration {
        try MistralConfiguration(json: Array(text.utf8), path: "config.json")
    }

    /// The file with a piece of its text replaced.
    private func changed(_ old: String, _ new: String) throws -> String {
        let range = try #require(Self.whole.firstRange(of: old))
        return Self.whole.replacingCharacters(in: range, with: new)
    }

    @Test("the released model")
    func released() throws {
        let configuration = try read(Self.whole)
        #expect(
            configuration.text
                == .init(
                    hiddenSize: 5120, layers: 40, heads: 32, keyValueHeads: 8, headDimension: 128,
                    intermediateSize: 32768, vocabularySize: 131_072, maxPositions: 131_072, ropeTheta: 1e9,
                    normEpsilon: 1e-5))
        #expect(
            configuration.vision
                == .init(
                    hiddenSize: 1024, layers: 24, heads: 16, intermediateSize: 4096, patchSize: 14, imageSize: 1540,
                    channels: 3, ropeTheta: 10000))
        #expect(configuration.vision?.spatialMergeSize == 2 && configuration.imageTokenID == 10)
        #expect(configuration.cacheBytes(positions: 128, format: .float16) == 128 * 2 * 40 * 8 * 128 * 2)
    }

    @Test("newer spellings and absent settings")
    func spellings() throws {
        let expected = try read(Self.whole)
        let same = [
            (#""rope_theta":1000000000.0"#, #""rope_parameters":{"rope_theta":1000000000,"rope_type":"default"}"#),
            (#""rope_theta":10000}"#, #""rope_parameters":{"rope_theta":10000.0,"rope_type":"axial"}}"#),
            (#","vision_feature_layer":-1"#, ""), (#""spatial_merge_size":2,"#, ""),
            (#""image_token_index":10,"#, #""image_token_id":10,"#), (#""image_token_index":10,"#, ""),
            (#""patch_size":14,"image_size":1540,"rope_theta":10000"#, #""initializer_range":0.02"#),
            (#""hidden_size":1024,"num_hidden_layers":24,"#, ""),
        ]
        for (old, new) in same { #expect(try read(changed(old, new)) == expected, "\(old) -> \(new)") }
    }

    @Test(
        "other architectures are refused by name",
        arguments: [
            (#""model_type":"mistral3""#, #""model_type":"llama""#, "model_type"),
            ("Mistral3ForConditionalGeneration", "LlamaForCausalLM", "architectures"),
            (#""model_type":"pixtral""#, #""model_type":"clip""#, "vision_config.model_type"),
            (#""patch_size":14"#, #""patch_size":14,"hidden_act":"gelu""#, "vision_config.hidden_act"),
            (#""sliding_window":null"#, #""sliding_window":4096"#, "text_config.sliding_window"),
            (#""vision_feature_layer":-1"#, #""vision_feature_layer":-2"#, "vision_feature_layer"),
            (#""head_dim":128"#, #""head_dim":128,"rope_scaling":{"type":"linear"}"#, "text_config.rope_scaling.type"),
            (#""head_dim":128"#, #""head_dim":128,"logit_scale":0.5"#, "text_config.logit_scale"),
            (#""head_dim":128"#, #""head_dim":128,"attention_bias":true"#, "text_config.attention_bias"),
            (
                #""head_dim":128"#, #""head_dim":128,"layer_types":["sliding_attention"]"#,
                "text_config.layer_types"
            ),
            (#""patch_size":14"#, #""patch_size":14,"pooling":"mean""#, "vision_config.pooling"),
            (#""image_token_index":10"#, #""image_token_index":10,"embedding_scale":2"#, "embedding_scale"),
            (#""image_token_index":10"#, #""quantization_config":{}"#, "quantization_config"),
        ])
    func unsupported(old: String, new: String, key: String) throws {
        let error = #expect(throws: ModelError.self) { try read(changed(old, new)) }
        guard case .unsupported("config.json", key, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(
        "senseless settings are refused by name",
        arguments: [
            (#""hidden_size":5120"#, #""hidden_size":0"#, "text_config.hidden_size"),
            (#""hidden_size":5120"#, #""hidden_size":9223372036854775807"#, "text_config.hidden_size"),
            (#""hidden_size":5120,"#, "", "text_config.hidden_size"),
            (#""num_hidden_layers":40"#, #""num_hidden_layers":"40""#, "text_config.num_hidden_layers"),
            (#""num_key_value_heads":8"#, #""num_key_value_heads":7"#, "text_config.num_key_value_heads"),
            (#""head_dim":128"#, #""head_dim":127"#, "text_config.head_dim"),
            (#""rms_norm_eps":1e-05"#, #""rms_norm_eps":-1"#, "text_config.rms_norm_eps"),
            (#""num_attention_heads":16"#, #""num_attention_heads":15"#, "vision_config.head_dim"),
            (#""patch_size":14"#, #""patch_size":-14"#, "vision_config.patch_size"),
            (#""patch_size":14"#, #""patch_size":1"#, "vision_config.image_size"),
            (#""spatial_merge_size":2"#, #""spatial_merge_size":1000"#, "spatial_merge_size"),
            (#""image_token_index":10"#, #""image_token_index":131072"#, "image_token_index"),
            (vision, #""other":1"#, "vision_config"), (text, #""text_config":3"#, "text_config"),
            (whole, "[]", "(file)"), (whole, "{", "(file)"), (whole, "{}", "model_type"),
        ])
    func invalid(old: String, new: String, key: String) throws {
        let error = #expect(throws: ModelError.self) { try read(changed(old, new)) }
        guard case .configuration("config.json", key, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}

extension String {
    /// The place of another string's first occurrence.
    fileprivate func firstRange(of other: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(other) { return start..<index(start, offsetBy: other.count) }
            start = index(after: start)
        }
        return nil
    }

    fileprivate func replacingCharacters(in range: Range<String.Index>, with other: String) -> String {
        self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
