import Tensors

extension MistralConfiguration {
    /// What the metadata of GGUF files say, and the shapes of tensors where older files leave settings out.
    ///
    /// - Parameter vision: the mmproj file; nil: the model reads text only.
    init(text file: GGUFFile, vision: GGUFFile?) throws(ModelError) {
        let text = try Text(gguf: file)
        let names: GGUFStrings
        do { names = try file.metadata.strings("tokenizer.ggml.tokens") } catch { throw .gguf(error) }
        guard names.count <= text.vocabularySize else {
            throw .mismatch(
                path: file.path,
                reason: "it has \(names.count) tokens, but embeddings for \(text.vocabularySize)")
        }
        // A control token of Tekken vocabularies, which have at most 1000 and these first.
        let imageToken = names.prefix(1000).firstIndex(of: ControlToken.image.rawValue) ?? 10
        self.init(
            text: text, vision: try vision.map { (file) throws(ModelError) in try Vision(gguf: file, text: text) },
            imageTokenID: min(imageToken, text.vocabularySize - 1))
    }
}

extension MistralConfiguration.Text {
    fileprivate init(gguf file: GGUFFile) throws(ModelError) {
        let general = try ConfigurationReader(gguf: file, section: "general")
        guard let architecture = try general.string("architecture") else {
            throw general.invalid("architecture", "it is missing")
        }
        guard ["llama", "mistral3"].contains(architecture) else {
            throw general.unsupported("architecture", "\"\(architecture)\" is not \"llama\" or \"mistral3\"")
        }
        let reader = try ConfigurationReader(gguf: file, section: architecture)
        let embeddings = try Self.shape(file, "token_embd.weight")
        let queries = try Self.shape(file, "blk.0.attn_q.weight")
        let heads = try reader.integer("attention.head_count", 1...1024)
        try self.init(
            reader, .gguf, ropeTheta: reader.number("rope.freq_base", RotarySettings.thetas, default: 10_000),
            defaults: TextDefaults(headDimension: queries[0] / heads, vocabularySize: embeddings[0]))
        guard vocabularySize == embeddings[0] else {
            throw .mismatch(
                path: file.path,
                reason: "\(architecture).vocab_size is \(vocabularySize), but there are \(embeddings[0]) embeddings")
        }
        for key in ["attention.value_length", "rope.dimension_count"] {
            let dimension = try reader.integer(key, 1...65_536, default: headDimension)
            guard dimension == headDimension else {
                throw reader.unsupported(key, "\(dimension) is not the dimension of heads, \(headDimension)")
            }
        }
        for key in ["expert_count", "expert_used_count", "attention.sliding_window"]
        where try reader.integer(key, 0...Int.max, default: 0) != 0 {
            throw reader.unsupported(key, "mixtures of experts and sliding windows are unknown")
        }
        if let causal = reader.value("attention.causal"), causal.boolValue != true {
            throw reader.unsupported("attention.causal", "only causal attention is known")
        }
        ropeScaling = try RotaryScaling(gguf: reader, maxPositions: maxPositions)
        let beta = try reader.number("attention.temperature_scale", 0...100, default: 0)
        if beta > 0 {
            guard let ropeScaling else {
                throw reader.invalid("rope.scaling.original_context_length", "it is missing")
            }
            queryScaling = QueryScaling(beta: beta, originalPositions: ropeScaling.originalPositions)
        }
        try reader.refuseOthers(harmless: ["rope.scaling.finetuned", "tensor_data_layout", "use_parallel_residual"])
    }

    /// The shape of a tensor with at least one extent.
    private static func shape(_ file: GGUFFile, _ name: String) throws(ModelError) -> [Int] {
        let shape: [Int]
        do { shape = try file.tensor(name).shape } catch { throw .gguf(error) }
        guard !shape.isEmpty else {
            throw .gguf(.shape(path: file.path, tensor: name, expected: [1, 1], found: shape))
        }
        return shape
    }
}

extension RotaryScaling {
    /// nil if there is none.
    fileprivate init?(gguf reader: ConfigurationReader, maxPositions: Int) throws(ModelError) {
        try reader.require("rope.scaling.type", ["none", "yarn"])
        let type = try reader.string("rope.scaling.type")
        let factor = try reader.number("rope.scaling.factor", 0...10_000, default: 1)
        guard type == "yarn" else {
            if factor > 1 { throw reader.unsupported("rope.scaling.factor", "\(factor) without a type of scaling") }
            return nil
        }
        guard Self.factors.contains(factor) else {
            throw reader.invalid("rope.scaling.factor", "\(factor) is not in \(Self.factors)")
        }
        for key in ["rope.scaling.yarn_ext_factor", "rope.scaling.yarn_attn_factor"]
        where try reader.number(key, 0...1000, default: 1) != 1 {
            throw reader.unsupported(key, "only 1 is known")
        }
        // 0 stands for the paper's attention factor, another number for how much of it the model undoes.
        let multiplier = try reader.number("rope.scaling.yarn_log_multiplier", 0...1000, default: 0)
        let undone = multiplier > 0 ? Self.attentionFactor(factor, multiplier: multiplier) : 1
        let given = try reader.number("rope.scaling.attn_factor", 1e-3...1e3, default: 1)
        self.init(
            factor: factor,
            originalPositions: try reader.integer(
                "rope.scaling.original_context_length", Self.positions, default: maxPositions),
            fastTurns: try reader.number("rope.scaling.yarn_beta_fast", Self.turns, default: 32),
            slowTurns: try reader.number("rope.scaling.yarn_beta_slow", Self.turns, default: 1),
            attentionFactor: given * Self.attentionFactor(factor) / undone)
    }
}

extension MistralConfiguration.Vision {
    fileprivate init(gguf file: GGUFFile, text: MistralConfiguration.Text) throws(ModelError) {
        let root = try ConfigurationReader(gguf: file, section: "clip")
        let reader = try ConfigurationReader(gguf: file, section: "clip.vision")
        try root.require("projector_type", ["pixtral"])
        try reader.require("projector_type", ["pixtral"])
        guard root.value("projector_type") != nil || reader.value("projector_type") != nil else {
            throw root.invalid("projector_type", "it is missing")
        }
        try root.requireNot("has_audio_encoder", "audio is unknown")
        try root.requireNot("use_gelu", "a vision encoder with GELU is unknown")
        guard try root.bool("has_vision_encoder", default: true) else {
            throw root.unsupported("has_vision_encoder", "it is false")
        }
        guard try root.bool("use_silu", default: true) else { throw root.unsupported("use_silu", "it is false") }
        let width = try reader.integer("projection_dim", 1...65_536, default: text.hiddenSize)
        guard width == text.hiddenSize else {
            throw .mismatch(
                path: file.path,
                reason: "it makes image features of \(width) numbers, but the text model takes \(text.hiddenSize)")
        }
        let epsilon = try reader.number("attention.layer_norm_epsilon", 0...0.1, default: 1e-5)
        guard Float(epsilon) == Self.normEpsilon else {
            throw reader.unsupported("attention.layer_norm_epsilon", "\(epsilon) is not \(Self.normEpsilon)")
        }
        let merge = try reader.integer("spatial_merge_size", 1...8, default: 1)
        let projector = MistralConfiguration.Projector(
            hasNorm: file.contains("mm.input_norm.weight"), hasMerger: file.contains("mm.patch_merger.weight"),
            hasBiases: file.contains("mm.1.bias"))
        guard projector.hasMerger || merge == 1 else {
            throw reader.unsupported("spatial_merge_size", "\(merge) without a tensor mm.patch_merger.weight")
        }
        try self.init(
            reader, .gguf, ropeTheta: root.number("rope.freq_base", RotarySettings.thetas, default: 10_000),
            spatialMergeSize: merge, projector: projector)
        if let mean = try reader.triple("image_mean", 0...1), let deviation = try reader.triple("image_std", 1e-3...1) {
            normalization = MistralConfiguration.PixelNormalization(mean: mean, deviation: deviation)
        }
        try reader.refuseOthers()
        let deeper = (root.object.objectValue?.keys ?? []).filter { $0.hasPrefix("vision.") }
        try root.refuseOthers(harmless: Set(deeper))
    }
}
