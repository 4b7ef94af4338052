/// What a format calls the settings of a decoder.
struct TextKeys {
    let hiddenSize, layers, heads, keyValueHeads, headDimension, intermediateSize: String
    let vocabularySize, maxPositions, normEpsilon: String

    static let huggingFace = TextKeys(
        hiddenSize: "hidden_size", layers: "num_hidden_layers", heads: "num_attention_heads",
        keyValueHeads: "num_key_value_heads", headDimension: "head_dim", intermediateSize: "intermediate_size",
        vocabularySize: "vocab_size", maxPositions: "max_position_embeddings", normEpsilon: "rms_norm_eps")
    static let mistral = TextKeys(
        hiddenSize: "dim", layers: "n_layers", heads: "n_heads", keyValueHeads: "n_kv_heads",
        headDimension: "head_dim", intermediateSize: "hidden_dim", vocabularySize: "vocab_size",
        maxPositions: "max_position_embeddings", normEpsilon: "norm_eps")
    static let gguf = TextKeys(
        hiddenSize: "embedding_length", layers: "block_count", heads: "attention.head_count",
        keyValueHeads: "attention.head_count_kv", headDimension: "attention.key_length",
        intermediateSize: "feed_forward_length", vocabularySize: "vocab_size", maxPositions: "context_length",
        normEpsilon: "attention.layer_norm_rms_epsilon")
}

/// What a format calls the settings of a vision encoder.
struct VisionKeys {
    let hiddenSize, layers, heads, headDimension, intermediateSize, patchSize, imageSize, channels: String

    static let json = VisionKeys(
        hiddenSize: "hidden_size", layers: "num_hidden_layers", heads: "num_attention_heads",
        headDimension: "head_dim", intermediateSize: "intermediate_size", patchSize: "patch_size",
        imageSize: "image_size", channels: "num_channels")
    static let gguf = VisionKeys(
        hiddenSize: "embedding_length", layers: "block_count", heads: "attention.head_count",
        headDimension: "attention.key_length", intermediateSize: "feed_forward_length", patchSize: "patch_size",
        imageSize: "image_size", channels: "num_channels")
}

/// What a setting of a decoder is where a file leaves it out.
struct TextDefaults {
    /// nil: the hidden size divided by the number of heads.
    var headDimension: Int?
    /// nil: it must be there.
    var vocabularySize: Int?
    var maxPositions = 131_072
    var normEpsilon = 1e-5
}

extension MistralConfiguration.Text {
    /// Sizes within bounds, without what is particular to rotations.
    init(
        _ reader: ConfigurationReader, _ keys: TextKeys, ropeTheta: Double, defaults: TextDefaults = TextDefaults()
    ) throws(ModelError) {
        let hidden = try reader.integer(keys.hiddenSize, 1...65_536)
        let heads = try reader.integer(keys.heads, 1...1024)
        let keyValueHeads = try reader.integer(keys.keyValueHeads, 1...1024, default: heads)
        guard heads % keyValueHeads == 0 else {
            throw reader.invalid(keys.keyValueHeads, "\(keyValueHeads) does not divide the \(heads) heads")
        }
        let dimension = try reader.integer(
            keys.headDimension, 2...1024, default: defaults.headDimension ?? max(2, hidden / heads))
        guard dimension % 2 == 0 else { throw reader.invalid(keys.headDimension, "\(dimension) is odd") }
        self.init(
            hiddenSize: hidden, layers: try reader.integer(keys.layers, 1...1024), heads: heads,
            keyValueHeads: keyValueHeads, headDimension: dimension,
            intermediateSize: try reader.integer(keys.intermediateSize, 1...1_048_576),
            vocabularySize: try reader.integer(keys.vocabularySize, 1...4_194_304, default: defaults.vocabularySize),
            maxPositions: try reader.integer(keys.maxPositions, 1...16_777_216, default: defaults.maxPositions),
            ropeTheta: ropeTheta,
            normEpsilon: try reader.number(keys.normEpsilon, 0...0.1, default: defaults.normEpsilon))
    }
}

extension MistralConfiguration.Vision {
    /// Sizes within bounds. All released encoders have the sizes that a file may leave out.
    init(
        _ reader: ConfigurationReader, _ keys: VisionKeys, ropeTheta: Double, spatialMergeSize: Int,
        projector: MistralConfiguration.Projector, patchSize: Int = 14, imageSize: Int = 1540
    ) throws(ModelError) {
        let hidden = try reader.integer(keys.hiddenSize, 1...65_536, default: 1024)
        let heads = try reader.integer(keys.heads, 1...1024, default: 16)
        let dimension = try reader.integer(keys.headDimension, 1...4096, default: hidden / heads)
        guard dimension * heads == hidden, dimension % 4 == 0 else {
            throw reader.invalid(
                keys.headDimension, "\(heads) heads of \(dimension) do not make \(hidden), or are no multiple of 4")
        }
        let patch = try reader.integer(keys.patchSize, 1...256, default: patchSize)
        let image = try reader.integer(keys.imageSize, patch...16_384, default: max(patch, imageSize))
        // Attention grows with the fourth power of this; the released model has 110.
        guard image / patch <= 256 else {
            throw reader.invalid(keys.imageSize, "more than 256 patches of \(patch) pixels fit into \(image)")
        }
        self.init(
            hiddenSize: hidden, layers: try reader.integer(keys.layers, 1...1024, default: 24), heads: heads,
            intermediateSize: try reader.integer(keys.intermediateSize, 1...1_048_576, default: 4096), patchSize: patch,
            imageSize: image, channels: try reader.integer(keys.channels, 3...3, default: 3), ropeTheta: ropeTheta,
            spatialMergeSize: spatialMergeSize, projector: projector)
    }
}
