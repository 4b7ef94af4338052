import Mistral
import Tensors

/// A GGUF file that is to be written: all it says, and where its weights come from.
struct ConversionPlan {
    let tensors: [ConversionTensor]
    let layout: GGUFLayout

    init(metadata: [GGUFKeyValue], tensors: [ConversionTensor]) throws(GGUFWriterError) {
        self.tensors = tensors
        layout = try GGUFLayout(metadata: metadata, tensors: tensors.map(\.layout))
    }

    /// Bytes of all weights as 32-bit floats: what `ConversionTensor.write` reports in all.
    var workByteCount: Int { tensors.reduce(0) { $0 + 4 * $1.shape.reduce(1, *) } }

    /// What the weights are stored with on average.
    var bitsPerWeight: Double { 32 * Double(layout.byteCount) / Double(max(1, workByteCount)) }

    static let generalKeys = (fileType: "general.file_type", version: "general.quantization_version")
}

extension ConversionPlan {
    /// The decoder of a folder with safetensors files.
    static func decoder(
        _ model: StoredModel, _ configuration: MistralConfiguration, _ tokenizer: TekkenTokenizer, name: String,
        mix: WeightMix
    ) throws -> ConversionPlan {
        let text = configuration.text
        let parts = ModelPart.decoder(text)
        let found = try parts.compactMap { part in try model.tensor(part).map { (part, $0) } }
        let isTied = !found.contains { $0.0.gguf == "output.weight" }
        let tensors = found.map { part, stored in
            ConversionTensor(
                name: part.gguf, shape: part.shape,
                type: mix.type(of: part.gguf, shape: part.shape, layers: text.layers, isTied: isTied),
                source: .stored(stored.0, stored.1))
        }
        return try ConversionPlan(
            metadata: metadata(text, name: name, mix: mix) + TokenizerMetadata.entries(tokenizer), tensors: tensors)
    }

    private static func metadata(
        _ text: MistralConfiguration.Text, name: String, mix: WeightMix
    ) -> [GGUFKeyValue] {
        func number(_ key: String, _ value: Int) -> GGUFKeyValue { .uint32("llama." + key, UInt32(clamping: value)) }
        return [
            .string("general.architecture", "llama"), .string("general.type", "model"), .string("general.name", name),
            .uint32(generalKeys.fileType, mix.fileType), .uint32(generalKeys.version, 2),
            number("block_count", text.layers), number("context_length", text.maxPositions),
            number("embedding_length", text.hiddenSize), number("feed_forward_length", text.intermediateSize),
            number("attention.head_count", text.heads), number("attention.head_count_kv", text.keyValueHeads),
            number("attention.key_length", text.headDimension), number("attention.value_length", text.headDimension),
            number("rope.dimension_count", text.headDimension), number("vocab_size", text.vocabularySize),
            .float32("llama.rope.freq_base", Float(text.ropeTheta)),
            .float32("llama.attention.layer_norm_rms_epsilon", Float(text.normEpsilon)),
        ]
    }

    /// Vision encoder and projector of a folder with safetensors files: matrices in F16, vectors in F32.
    static func vision(
        _ model: StoredModel, _ configuration: MistralConfiguration, _ tokenizer: TekkenTokenizer, name: String
    ) throws -> ConversionPlan {
        var tensors = try ModelPart.vision(configuration).compactMap { part in
            try model.tensor(part).map { stored in
                ConversionTensor(
                    name: part.gguf, shape: part.shape, type: part.shape.count > 1 ? .f16 : .f32,
                    source: .stored(stored.0, stored.1))
            }
        }
        // Whoever has this file alone can end rows of patches.
        if let id = tokenizer.id(of: .imageBreak), id < configuration.text.vocabularySize,
            let embedding = ModelPart.decoder(configuration.text).first, let stored = try model.tensor(embedding)
        {
            tensors.append(
                ConversionTensor(
                    name: "v.token_embd.img_break", shape: [configuration.text.hiddenSize], type: .f32,
                    source: .row(stored.0, id)))
        }
        return try ConversionPlan(metadata: metadata(configuration, name: name), tensors: tensors)
    }

    private static func metadata(_ configuration: MistralConfiguration, name: String) -> [GGUFKeyValue] {
        guard let vision = configuration.vision else { return [] }
        let pixels = ImagePreprocessor()
        func number(_ key: String, _ value: Int) -> GGUFKeyValue {
            .uint32("clip.vision." + key, UInt32(clamping: value))
        }
        return [
            .string("general.architecture", "clip"), .string("general.type", "mmproj"),
            .string("general.name", name), .uint32(generalKeys.fileType, 1), .uint32(generalKeys.version, 2),
            .bool("clip.has_vision_encoder", true), .string("clip.projector_type", "pixtral"),
            .bool("clip.use_silu", true), .float32("clip.rope.freq_base", Float(vision.ropeTheta)),
            number("projection_dim", configuration.text.hiddenSize), number("image_size", vision.imageSize),
            number("patch_size", vision.patchSize), number("embedding_length", vision.hiddenSize),
            number("feed_forward_length", vision.intermediateSize), number("block_count", vision.layers),
            number("attention.head_count", vision.heads), number("spatial_merge_size", vision.spatialMergeSize),
            .float32("clip.vision.attention.layer_norm_epsilon", MistralConfiguration.Vision.normEpsilon),
            .float32s("clip.vision.image_mean", (0..<3).map { pixels.mean[$0] }),
            .float32s("clip.vision.image_std", (0..<3).map { pixels.standardDeviation[$0] }),
        ]
    }
}
