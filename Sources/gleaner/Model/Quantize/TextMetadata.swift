import Glibc
import Mistral
import Tensors

/// What a GGUF file says about a decoder.
///
/// Keys: llama.cpp's for the architectures "llama" and, where rotations are scaled, "mistral3".
enum TextMetadata {
    static func entries(
        _ text: MistralConfiguration.Text, name: String, license: String?, fileType: UInt32
    ) throws(FileFailure) -> [GGUFKeyValue] {
        let isScaled = text.ropeScaling != nil || text.queryScaling != nil
        let architecture = isScaled ? "mistral3" : "llama"
        func number(_ key: String, _ value: Int) -> GGUFKeyValue {
            .uint32("\(architecture).\(key)", UInt32(clamping: value))
        }
        func real(_ key: String, _ value: Double) -> GGUFKeyValue { .float32("\(architecture).\(key)", Float(value)) }
        var entries: [GGUFKeyValue] = [
            .string("general.architecture", architecture), .string("general.type", "model"),
            .string("general.name", name), .uint32("general.file_type", fileType),
            .uint32("general.quantization_version", 2),
            number("block_count", text.layers), number("context_length", text.maxPositions),
            number("embedding_length", text.hiddenSize), number("feed_forward_length", text.intermediateSize),
            number("attention.head_count", text.heads), number("attention.head_count_kv", text.keyValueHeads),
            number("attention.key_length", text.headDimension), number("attention.value_length", text.headDimension),
            number("rope.dimension_count", text.headDimension), number("vocab_size", text.vocabularySize),
            real("rope.freq_base", text.ropeTheta), real("attention.layer_norm_rms_epsilon", text.normEpsilon),
        ]
        if let license { entries.append(.string("general.license", license)) }
        guard let scaling = text.ropeScaling else {
            guard text.queryScaling == nil else { throw unwritable(name, "scaled queries without scaled rotations") }
            return entries
        }
        guard scaling.roundsBounds else { throw unwritable(name, "scaled rotations with unrounded bounds") }
        entries += [
            .string("\(architecture).rope.scaling.type", "yarn"), real("rope.scaling.factor", scaling.factor),
            number("rope.scaling.original_context_length", scaling.originalPositions),
            real("rope.scaling.yarn_beta_fast", scaling.fastTurns),
            real("rope.scaling.yarn_beta_slow", scaling.slowTurns),
        ]
        // Readers multiply cosines and sines by the paper's factor, unless told how much of it to take back.
        if scaling.attentionFactor == 1 {
            entries.append(real("rope.scaling.yarn_log_multiplier", 1))
        } else {
            let factor = 0.1 * log(max(1, scaling.factor)) + 1
            entries.append(real("rope.scaling.attn_factor", scaling.attentionFactor / factor))
        }
        if let queries = text.queryScaling {
            guard queries.originalPositions == scaling.originalPositions else {
                throw unwritable(name, "queries and rotations that are scaled from different lengths")
            }
            entries.append(real("attention.temperature_scale", queries.beta))
        }
        return entries
    }

    private static func unwritable(_ name: String, _ what: String) -> FileFailure {
        FileFailure(message: "\(name): GGUF files have no key for \(what)", code: .modelUnusable)
    }
}

/// What a GGUF file says about a vision encoder and its projector.
enum VisionMetadata {
    static func entries(
        _ vision: MistralConfiguration.Vision, textSize: Int, name: String
    ) -> [GGUFKeyValue] {
        func number(_ key: String, _ value: Int) -> GGUFKeyValue {
            .uint32("clip.vision." + key, UInt32(clamping: value))
        }
        func triple(_ key: String, _ value: SIMD3<Float>) -> GGUFKeyValue {
            .float32s("clip.vision." + key, (0..<3).map { value[$0] })
        }
        return [
            .string("general.architecture", "clip"), .string("general.type", "mmproj"),
            // 1 stands for F16.
            .string("general.name", name), .uint32("general.file_type", 1), .uint32("general.quantization_version", 2),
            .bool("clip.has_vision_encoder", true), .string("clip.projector_type", "pixtral"),
            .bool("clip.use_silu", true), .float32("clip.rope.freq_base", Float(vision.ropeTheta)),
            number("projection_dim", textSize), number("image_size", vision.imageSize),
            number("patch_size", vision.patchSize), number("embedding_length", vision.hiddenSize),
            number("feed_forward_length", vision.intermediateSize), number("block_count", vision.layers),
            number("attention.head_count", vision.heads), number("spatial_merge_size", vision.spatialMergeSize),
            .float32("clip.vision.attention.layer_norm_epsilon", MistralConfiguration.Vision.normEpsilon),
            triple("image_mean", vision.normalization.mean), triple("image_std", vision.normalization.deviation),
        ]
    }
}
