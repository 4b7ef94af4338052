import Mistral

/// A tensor that a model of this architecture has: its names in the three formats, and its shape.
struct ModelPart {
    /// Names with ".weight", where they have it.
    let gguf: String
    let huggingFace: String
    let native: String
    let shape: [Int]
    /// Weights of a head if the rows of Hugging Face's file are in another order.
    var headDimension: Int?
    var isOptional = false
}

extension ModelPart {
    /// Source of the names: the conversion scripts of transformers and llama.cpp.
    static func decoder(_ text: MistralConfiguration.Text) -> [ModelPart] {
        let (hidden, head) = (text.hiddenSize, text.headDimension)
        let (queries, keys) = (text.heads * head, text.keyValueHeads * head)
        let body = "language_model.model."
        var parts = [
            ModelPart(
                gguf: "token_embd.weight", huggingFace: body + "embed_tokens.weight", native: "tok_embeddings.weight",
                shape: [text.vocabularySize, hidden]),
            ModelPart(
                gguf: "output_norm.weight", huggingFace: body + "norm.weight", native: "norm.weight", shape: [hidden]),
            ModelPart(
                gguf: "output.weight", huggingFace: "language_model.lm_head.weight", native: "output.weight",
                shape: [text.vocabularySize, hidden], isOptional: true),
        ]
        for layer in 0..<text.layers {
            let names = LayerNames(
                gguf: "blk.\(layer).", huggingFace: body + "layers.\(layer).", native: "layers.\(layer).")
            parts += [
                names.part("attn_norm", "input_layernorm", "attention_norm", [hidden]),
                names.part("attn_q", "self_attn.q_proj", "attention.wq", [queries, hidden], head: head),
                names.part("attn_k", "self_attn.k_proj", "attention.wk", [keys, hidden], head: head),
                names.part("attn_v", "self_attn.v_proj", "attention.wv", [keys, hidden]),
                names.part("attn_output", "self_attn.o_proj", "attention.wo", [hidden, queries]),
                names.part("ffn_norm", "post_attention_layernorm", "ffn_norm", [hidden]),
                names.part("ffn_gate", "mlp.gate_proj", "feed_forward.w1", [text.intermediateSize, hidden]),
                names.part("ffn_up", "mlp.up_proj", "feed_forward.w3", [text.intermediateSize, hidden]),
                names.part("ffn_down", "mlp.down_proj", "feed_forward.w2", [hidden, text.intermediateSize]),
            ]
        }
        return parts
    }

    static func vision(_ configuration: MistralConfiguration) -> [ModelPart] {
        guard let vision = configuration.vision else { return [] }
        let text = configuration.text.hiddenSize
        let (hidden, between) = (vision.hiddenSize, vision.intermediateSize)
        let merged = hidden * vision.spatialMergeSize * vision.spatialMergeSize
        let (tower, projector) = ("vision_tower.", "multi_modal_projector.")
        var parts = [
            ModelPart(
                gguf: "v.patch_embd.weight", huggingFace: tower + "patch_conv.weight",
                native: "vision_encoder.patch_conv.weight",
                shape: [hidden, vision.channels, vision.patchSize, vision.patchSize]),
            ModelPart(
                gguf: "v.pre_ln.weight", huggingFace: tower + "ln_pre.weight", native: "vision_encoder.ln_pre.weight",
                shape: [hidden]),
            ModelPart(
                gguf: "mm.input_norm.weight", huggingFace: projector + "norm.weight",
                native: "pre_mm_projector_norm.weight", shape: [hidden]),
            ModelPart(
                gguf: "mm.patch_merger.weight", huggingFace: projector + "patch_merger.merging_layer.weight",
                native: "patch_merger.merging_layer.weight", shape: [hidden, merged]),
            ModelPart(
                gguf: "mm.1.weight", huggingFace: projector + "linear_1.weight",
                native: "vision_language_adapter.w_in.weight", shape: [text, hidden]),
            ModelPart(
                gguf: "mm.2.weight", huggingFace: projector + "linear_2.weight",
                native: "vision_language_adapter.w_out.weight", shape: [text, text]),
        ]
        for layer in 0..<vision.layers {
            let names = LayerNames(
                gguf: "v.blk.\(layer).", huggingFace: tower + "transformer.layers.\(layer).",
                native: "vision_encoder.transformer.layers.\(layer).")
            let head = vision.headDimension
            parts += [
                names.part("ln1", "attention_norm", "attention_norm", [hidden]),
                names.part("attn_q", "attention.q_proj", "attention.wq", [hidden, hidden], head: head),
                names.part("attn_k", "attention.k_proj", "attention.wk", [hidden, hidden], head: head),
                names.part("attn_v", "attention.v_proj", "attention.wv", [hidden, hidden]),
                names.part("attn_out", "attention.o_proj", "attention.wo", [hidden, hidden]),
                names.part("ln2", "ffn_norm", "ffn_norm", [hidden]),
                names.part("ffn_gate", "feed_forward.gate_proj", "feed_forward.w1", [between, hidden]),
                names.part("ffn_up", "feed_forward.up_proj", "feed_forward.w3", [between, hidden]),
                names.part("ffn_down", "feed_forward.down_proj", "feed_forward.w2", [hidden, between]),
            ]
        }
        return parts
    }

    /// The names that files use for Hugging Face's: the released one, with a leading "model.", or as newer Python code
    /// names it.
    var huggingFaceSpellings: [String] {
        var spellings = [huggingFace, "model." + huggingFace]
        if huggingFace.hasPrefix("language_model.model.") {
            spellings.append("model.language_model." + huggingFace.dropFirst("language_model.model.".count))
        }
        if huggingFace.hasPrefix("language_model.") {
            let short = String(huggingFace.dropFirst("language_model.".count))
            spellings += [short, "model." + short]
        }
        return spellings
    }
}

/// What the names of one layer start with.
private struct LayerNames {
    let gguf: String
    let huggingFace: String
    let native: String

    func part(
        _ gguf: String, _ huggingFace: String, _ native: String, _ shape: [Int], head: Int? = nil
    ) -> ModelPart {
        ModelPart(
            gguf: "\(self.gguf)\(gguf).weight", huggingFace: "\(self.huggingFace)\(huggingFace).weight",
            native: "\(self.native)\(native).weight", shape: shape, headDimension: head)
    }
}
