/// Names in GGUF files, of text and of vision.
struct GGUFNaming: WeightNaming {
    func spellings(of name: WeightName) -> [String] {
        switch name {
        case .embedding: return ["token_embd.weight"]
        case .layer(.decoder, let number, let part): return ["blk.\(number).\(Self.decoderPart(part)).weight"]
        case .norm: return ["output_norm.weight"]
        case .output: return ["output.weight"]
        case .patchConvolution: return ["v.patch_embd.weight"]
        case .normBeforeVision: return ["v.pre_ln.weight"]
        case .layer(.vision, let number, let part): return ["v.blk.\(number).\(Self.visionPart(part)).weight"]
        case .projectorNorm: return ["mm.input_norm.weight"]
        case .patchMerger: return ["mm.patch_merger.weight"]
        case .projector(let linear): return ["mm.\(linear == .first ? 1 : 2).weight"]
        case .projectorBias(let linear): return ["mm.\(linear == .first ? 1 : 2).bias"]
        }
    }

    private static func decoderPart(_ part: WeightName.LayerPart) -> String {
        switch part {
        case .attentionNorm: "attn_norm"
        case .output: "attn_output"
        case .feedForwardNorm: "ffn_norm"
        default: projection(part)
        }
    }

    private static func visionPart(_ part: WeightName.LayerPart) -> String {
        switch part {
        case .attentionNorm: "ln1"
        case .output: "attn_out"
        case .feedForwardNorm: "ln2"
        default: projection(part)
        }
    }

    private static func projection(_ part: WeightName.LayerPart) -> String {
        switch part {
        case .query: "attn_q"
        case .key: "attn_k"
        case .value: "attn_v"
        case .gate: "ffn_gate"
        case .up: "ffn_up"
        case .down: "ffn_down"
        case .attentionNorm, .output, .feedForwardNorm: ""
        }
    }
}
