import JSONSchema
import Tensors

extension MistralConfiguration {
    static let longestFile = 1 << 20

    /// Reads `config.json` in Hugging Face's form.
    ///
    /// Absent settings take the defaults of the Python library; sizes must be there.
    /// - Throws: `ModelError.configuration` for values that make no sense, `.unsupported` for other architectures and
    ///   for settings of unknown meaning.
    public init(path: String) throws(ModelError) {
        let bytes: [UInt8]
        do { bytes = try MemoryMappedFile.contents(of: path, limit: Self.longestFile) } catch { throw .file(error) }
        try self.init(json: bytes, path: path)
    }

    /// Reads the text of a `config.json`; `path` names it in errors.
    public init(json: [UInt8], path: String) throws(ModelError) {
        let reader = try ConfigurationReader(json: json, path: path)
        guard reader.value("model_type") != nil || reader.value("architectures") != nil else {
            throw reader.invalid("model_type", "it is missing")
        }
        try reader.require("model_type", ["mistral3", "llava", "mistral", "ministral3"])
        let isLlava = try reader.string("model_type") == "llava"
        try Self.checkArchitectures(reader)
        try reader.refuse("quantization_config", "quantised weights in this form cannot be read; use a GGUF file")
        if reader.value("text_config") == nil, try ["mistral", "ministral3"].contains(reader.string("model_type")) {
            let text = try Text(huggingFace: reader)
            try reader.refuseOthers(harmless: Self.harmless)
            self.init(text: text, vision: nil)
            return
        }
        let text = try Text(huggingFace: reader.section("text_config"))
        let vision = try Vision(huggingFace: reader.section("vision_config"), root: reader, isLlava: isLlava)
        let ids = 0...(text.vocabularySize - 1)
        let alias = try reader.integer("image_token_id", ids, default: min(10, text.vocabularySize - 1))
        let imageToken = try reader.integer("image_token_index", ids, default: alias)
        try reader.refuseOthers(harmless: Self.harmless)
        self.init(text: text, vision: vision, imageTokenID: imageToken)
    }

    private static func checkArchitectures(_ reader: ConfigurationReader) throws(ModelError) {
        guard let list = reader.value("architectures") else { return }
        let names = (list.arrayValue ?? []).compactMap(\.stringValue)
        let known = [
            "Mistral3ForConditionalGeneration", "LlavaForConditionalGeneration", "MistralForCausalLM",
            "Ministral3ForCausalLM",
        ]
        guard names.contains(where: known.contains) else {
            throw reader.unsupported("architectures", "\(names) lists none of \(known.joined(separator: ", "))")
        }
    }

    /// Settings that do not change what the model computes: of training, of the Python library, and of sampling.
    static let harmless: Set<String> = [
        "architectures", "attention_dropout", "auto_map", "bos_token_id", "decoder_start_token_id", "do_sample",
        "dtype",
        "early_stopping", "eos_token_id", "id2label", "ignore_index", "image_seq_length", "initializer_range",
        "is_composition", "label2id", "length_penalty", "max_length", "min_length", "num_beams", "num_return_sequences",
        "output_attentions", "output_hidden_states", "pad_token_id", "pretraining_tp", "problem_type",
        "repetition_penalty", "return_dict", "return_dict_in_generate", "temperature", "tie_word_embeddings",
        "tokenizer_class", "top_k", "top_p", "torch_dtype", "transformers_version", "unsloth_fixed", "unsloth_version",
        "use_cache", "encoder_no_repeat_ngram_size", "no_repeat_ngram_size", "num_beam_groups", "diversity_penalty",
        "typical_p", "chunk_size_feed_forward", "model_name", "quantization",
    ]
}

extension ConfigurationReader {
    /// The object that a JSON file holds.
    init(json: [UInt8], path: String) throws(ModelError) {
        let root: JSONValue
        do { root = try JSONValue(parsing: json) } catch {
            throw .configuration(path: path, key: "(file)", reason: error.description)
        }
        guard root.objectValue != nil else {
            throw .configuration(path: path, key: "(file)", reason: "it does not hold an object")
        }
        self.init(path: path, prefix: "", object: root)
    }
}

extension MistralConfiguration.Text {
    /// `text_config`, or the whole file of a model that reads text only.
    fileprivate init(huggingFace reader: ConfigurationReader) throws(ModelError) {
        try reader.require("model_type", ["mistral", "ministral3"])
        let isMinistral = try reader.string("model_type") == "ministral3"
        try reader.require("hidden_act", ["silu"])
        try reader.requireNot("attention_bias", "attention with biases is unknown")
        try reader.requireNot("mlp_bias", "a feed-forward network with biases is unknown")
        try reader.refuse("sliding_window", "only full attention is known")
        if let types = reader.value("layer_types")?.arrayValue, types.contains(where: { $0 != "full_attention" }) {
            throw reader.unsupported("layer_types", "only full attention is known")
        }
        let rope = try RotarySettings(reader, types: isMinistral ? ["yarn"] : ["default", "yarn"])
        let defaults =
            isMinistral
            ? TextDefaults(headDimension: 128, maxPositions: 262_144) : TextDefaults(normEpsilon: 1e-6)
        try self.init(reader, .huggingFace, ropeTheta: rope.theta, defaults: defaults)
        ropeScaling = rope.scaling
        queryScaling = rope.queryScaling
        // The root of a model that reads text only is checked by the caller, who knows what else is in it.
        if !reader.prefix.isEmpty { try reader.refuseOthers(harmless: MistralConfiguration.harmless) }
    }
}

extension MistralConfiguration.Vision {
    /// `vision_config`, and what the whole file says about the projector.
    fileprivate init(
        huggingFace reader: ConfigurationReader, root: ConfigurationReader, isLlava: Bool
    ) throws(ModelError) {
        try reader.require("model_type", ["pixtral"])
        // Files without the key mean SiLU, although the class default of the Python code is another.
        try reader.require("hidden_act", ["silu"])
        try root.require("projector_hidden_act", ["gelu"])
        let rope = try RotarySettings(reader, types: ["default", "axial"])
        if let layer = root.value("vision_feature_layer") {
            guard layer.intValue == -1 else {
                throw root.unsupported("vision_feature_layer", "only -1, the last layer, is known")
            }
        } else if isLlava {
            throw root.unsupported("vision_feature_layer", "it is missing, which means -2; only -1 is known")
        }
        var projector = isLlava ? MistralConfiguration.Projector.pixtral : .mistralSmall
        projector.hasBiases = try root.bool("multimodal_projector_bias", default: isLlava)
        if isLlava { try root.require("vision_feature_select_strategy", ["full"]) }
        let merge = isLlava ? 1 : try root.integer("spatial_merge_size", 1...8, default: 2)
        try self.init(
            reader, .json, ropeTheta: rope.theta, spatialMergeSize: merge, projector: projector,
            patchSize: isLlava ? 16 : 14, imageSize: isLlava ? 1024 : 1540)
        // An embedding of a vocabulary is in the class of the Python library, but in no model.
        try reader.refuseOthers(harmless: MistralConfiguration.harmless.union(["vocab_size", "projection_dim"]))
    }
}
