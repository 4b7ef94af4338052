import Tensors

extension MistralConfiguration {
    /// Reads `params.json` in Mistral's own form.
    ///
    /// - Throws: as for `config.json`.
    public init(nativePath path: String) throws(ModelError) {
        let bytes: [UInt8]
        do { bytes = try MemoryMappedFile.contents(of: path, limit: Self.longestFile) } catch { throw .file(error) }
        try self.init(native: bytes, path: path)
    }

    /// Reads the text of a `params.json`; `path` names it in errors.
    public init(native: [UInt8], path: String) throws(ModelError) {
        let reader = try ConfigurationReader(json: native, path: path)
        let text = try Text(native: reader)
        var vision: Vision?
        var imageToken = min(10, text.vocabularySize - 1)
        // Files of newer models have the settings a level deeper.
        let multimodal = reader.value("multimodal") == nil ? nil : try reader.section("multimodal")
        let encoder: ConfigurationReader? =
            if let multimodal {
                try multimodal.section("vision_encoder_args")
            } else if reader.value("vision_encoder")
                != nil
            { try reader.section("vision_encoder") } else { nil }
        if let encoder {
            vision = try Vision(native: encoder)
            // -1 stands for "as the tokenizer says".
            let id = try encoder.integer("image_token_id", -1...(text.vocabularySize - 1), default: imageToken)
            if id >= 0 { imageToken = id }
            try encoder.refuseOthers(harmless: ["image_break_token_id", "image_end_token_id"])
        }
        try multimodal?.refuseOthers()
        try reader.refuseOthers(harmless: ["dtype", "tied_embeddings", "model_type", "max_batch_size", "max_seq_len"])
        self.init(text: text, vision: vision, imageTokenID: imageToken)
    }
}

extension MistralConfiguration.Text {
    fileprivate init(native reader: ConfigurationReader) throws(ModelError) {
        try reader.require("model_type", ["transformer"])
        try reader.require("activation", ["silu"])
        try reader.refuse("moe", "mixtures of experts are unknown")
        try reader.refuse("sliding_window", "only full attention is known")
        try reader.refuse("quantization", "quantised weights in this form cannot be read; use a GGUF file")
        try reader.requireNot("use_biases", "layers with biases are unknown")
        if let causal = reader.value("causal"), causal.boolValue != true {
            throw reader.unsupported("causal", "only causal attention is known")
        }
        let theta = try reader.number("rope_theta", RotarySettings.thetas, default: 10_000)
        // The length stands under either key; a model without both was trained on 128,000.
        let length = try reader.integer("max_seq_len", 1...16_777_216, default: 128_000)
        try self.init(reader, .mistral, ropeTheta: theta, defaults: TextDefaults(maxPositions: length))
        if reader.value("yarn") != nil { ropeScaling = try RotaryScaling(native: reader.section("yarn")) }
        if reader.value("llama_4_scaling") != nil {
            let scaling = try reader.section("llama_4_scaling")
            queryScaling = QueryScaling(
                beta: try scaling.number("beta", 0...100),
                originalPositions: try scaling.integer("original_max_position_embeddings", RotaryScaling.positions))
            try scaling.refuseOthers()
        }
    }
}

extension RotaryScaling {
    /// - Note: "beta" is the paper's bound of fast pairs, "alpha" that of slow ones.
    fileprivate init(native reader: ConfigurationReader) throws(ModelError) {
        let factor = try reader.number("factor", Self.factors)
        self.init(
            factor: factor,
            originalPositions: try reader.integer("original_max_position_embeddings", Self.positions),
            fastTurns: try reader.number("beta", Self.turns, default: 32),
            slowTurns: try reader.number("alpha", Self.turns, default: 1),
            attentionFactor: try reader.bool("apply_scale", default: true) ? Self.attentionFactor(factor) : 1)
        try reader.refuseOthers()
    }
}

extension MistralConfiguration.Vision {
    fileprivate init(native reader: ConfigurationReader) throws(ModelError) {
        try reader.require("mm_projector_id", ["patch_merge", ""])
        let merges = try reader.string("mm_projector_id") == "patch_merge"
        let projector = MistralConfiguration.Projector(
            hasNorm: try reader.bool("add_pre_mm_projector_layer_norm", default: false), hasMerger: merges,
            hasBiases: try reader.bool("adapter_bias", default: true))
        let merge = try reader.integer("spatial_merge_size", 1...8, default: 1)
        guard merges || merge == 1 else {
            throw reader.unsupported("spatial_merge_size", "\(merge) without a matrix that merges patches")
        }
        let theta = try reader.number("rope_theta", RotarySettings.thetas, default: 10_000)
        // Pictures are shrunk to the tokenizer's limit, `max_image_size`; `image_size` is the encoder's.
        let longest = try reader.integer("max_image_size", 1...16_384, default: 1024)
        try self.init(
            reader, .json, ropeTheta: theta, spatialMergeSize: merge, projector: projector, patchSize: 16,
            imageSize: longest)
    }
}
