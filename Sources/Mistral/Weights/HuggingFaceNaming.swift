/// Names in Hugging Face's files, as released and as newer versions of the Python library write them.
struct HuggingFaceNaming: WeightNaming {
    func spellings(of name: WeightName) -> [String] {
        let released = Self.released(name)
        var spellings = [released, "model." + released]
        let (model, language) = ("language_model.model.", "language_model.")
        if released.hasPrefix(model) { spellings.append("model.language_model." + released.dropFirst(model.count)) }
        // As in memory, and in files of a decoder alone.
        if released.hasPrefix(language) {
            let short = released.dropFirst(language.count)
            spellings += [String(short), "model." + short]
        }
        return spellings
    }

    /// The name in the files of the released models.
    static func released(_ name: WeightName) -> String {
        switch name {
        case .embedding: "language_model.model.embed_tokens.weight"
        case .layer(.decoder, let number, let part):
            "language_model.model.layers.\(number).\(decoderPart(part)).weight"
        case .norm: "language_model.model.norm.weight"
        case .output: "language_model.lm_head.weight"
        case .patchConvolution: "vision_tower.patch_conv.weight"
        case .normBeforeVision: "vision_tower.ln_pre.weight"
        case .layer(.vision, let number, let part):
            "vision_tower.transformer.layers.\(number).\(visionPart(part)).weight"
        case .projectorNorm: "multi_modal_projector.norm.weight"
        case .patchMerger: "multi_modal_projector.patch_merger.merging_layer.weight"
        case .projector(let linear): "multi_modal_projector.\(layer(linear)).weight"
        case .projectorBias(let linear): "multi_modal_projector.\(layer(linear)).bias"
        }
    }

    private static func layer(_ linear: WeightName.Linear) -> String { linear == .first ? "linear_1" : "linear_2" }

    private static func decoderPart(_ part: WeightName.LayerPart) -> String {
        switch part {
        case .attentionNorm: "input_layernorm"
        case .feedForwardNorm: "post_attention_layernorm"
        case .query, .key, .value, .output: "self_attn." + projection(part)
        case .gate, .up, .down: "mlp." + projection(part)
        }
    }

    private static func visionPart(_ part: WeightName.LayerPart) -> String {
        switch part {
        case .attentionNorm: "attention_norm"
        case .feedForwardNorm: "ffn_norm"
        case .query, .key, .value, .output: "attention." + projection(part)
        case .gate, .up, .down: "feed_forward." + projection(part)
        }
    }

    private static func projection(_ part: WeightName.LayerPart) -> String {
        switch part {
        case .query: "q_proj"
        case .key: "k_proj"
        case .value: "v_proj"
        case .output: "o_proj"
        case .gate: "gate_proj"
        case .up: "up_proj"
        case .down: "down_proj"
        case .attentionNorm, .feedForwardNorm: ""
        }
    }
}
