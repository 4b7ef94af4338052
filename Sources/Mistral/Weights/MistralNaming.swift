/// Names in Mistral's own files, `consolidated.safetensors`.
struct MistralNaming: WeightNaming {
    func spellings(of name: WeightName) -> [String] {
        switch name {
        case .embedding: return ["tok_embeddings.weight"]
        case .layer(.decoder, let number, let part): return ["layers.\(number).\(Self.name(part)).weight"]
        case .norm: return ["norm.weight"]
        case .output: return ["output.weight"]
        case .patchConvolution: return ["vision_encoder.patch_conv.weight"]
        case .normBeforeVision: return ["vision_encoder.ln_pre.weight"]
        case .layer(.vision, let number, let part):
            return ["vision_encoder.transformer.layers.\(number).\(Self.name(part)).weight"]
        case .projectorNorm: return ["pre_mm_projector_norm.weight"]
        case .patchMerger: return ["patch_merger.merging_layer.weight"]
        case .projector(let linear): return [Self.adapter(linear) + ".weight"]
        case .projectorBias(let linear): return [Self.adapter(linear) + ".bias"]
        }
    }

    private static func adapter(_ linear: WeightName.Linear) -> String {
        "vision_language_adapter." + (linear == .first ? "w_in" : "w_out")
    }

    private static func name(_ part: WeightName.LayerPart) -> String {
        switch part {
        case .attentionNorm: "attention_norm"
        case .query: "attention.wq"
        case .key: "attention.wk"
        case .value: "attention.wv"
        case .output: "attention.wo"
        case .feedForwardNorm: "ffn_norm"
        case .gate: "feed_forward.w1"
        case .up: "feed_forward.w3"
        case .down: "feed_forward.w2"
        }
    }
}
