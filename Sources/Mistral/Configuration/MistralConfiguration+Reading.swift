import JSONSchema
import Tensors

extension MistralConfiguration {
    private static let longestFile = 1 << 20

    /// Reads `config.json` in Hugging Face's form.
    ///
    /// Absent settings take the values of the released model where the architecture fixes them; sizes must be there.
    /// - Throws: `ModelError.configuration` for values that make no sense, `.unsupported` for other architectures.
    public init(path: String) throws(ModelError) {
        let bytes: [UInt8]
        do { bytes = try MemoryMappedFile.contents(of: path, limit: Self.longestFile) } catch { throw .file(error) }
        try self.init(json: bytes, path: path)
    }

    /// Reads the text of a `config.json`; `path` names it in errors.
    public init(json: [UInt8], path: String) throws(ModelError) {
        let root: JSONValue
        do { root = try JSONValue(parsing: json) } catch {
            throw .configuration(path: path, key: "(file)", reason: error.description)
        }
        guard root.objectValue != nil else {
            throw .configuration(path: path, key: "(file)", reason: "it does not hold an object")
        }
        let reader = ConfigurationReader(path: path, prefix: "", object: root)
        try Self.checkArchitecture(reader)
        let text = try Text(reader.section("text_config"))
        let vision = try Vision(reader.section("vision_config"))
        let merge = try reader.integer("spatial_merge_size", 1...8, default: 2)
        let limits = 0...(text.vocabularySize - 1)
        let alias = try reader.integer("image_token_id", limits, default: min(10, text.vocabularySize - 1))
        let imageToken = try reader.integer("image_token_index", limits, default: alias)
        self.init(text: text, vision: vision, spatialMergeSize: merge, imageTokenID: imageToken)
    }

    private static func checkArchitecture(_ reader: ConfigurationReader) throws(ModelError) {
        guard reader.value("model_type") != nil || reader.value("architectures") != nil else {
            throw reader.invalid("model_type", "it is missing")
        }
        try reader.require("model_type", ["mistral3"])
        if let list = reader.value("architectures") {
            let names = (list.arrayValue ?? []).compactMap(\.stringValue)
            guard names.contains("Mistral3ForConditionalGeneration") else {
                throw reader.unsupported("architectures", "\(names) does not list Mistral3ForConditionalGeneration")
            }
        }
        if reader.value("quantization_config") != nil {
            throw reader.unsupported("quantization_config", "quantised weights in this form cannot be read")
        }
        try reader.require("projector_hidden_act", ["gelu"])
        try reader.requireNot("multimodal_projector_bias", "a projector with biases is unknown")
        if let layer = reader.value("vision_feature_layer"), layer.intValue != -1 {
            throw reader.unsupported("vision_feature_layer", "only -1, the last layer, is known")
        }
    }
}

extension MistralConfiguration.Text {
    fileprivate init(_ reader: ConfigurationReader) throws(ModelError) {
        try reader.require("model_type", ["mistral"])
        try reader.require("hidden_act", ["silu"])
        try reader.requireNot("attention_bias", "attention with biases is unknown")
        if reader.value("sliding_window") != nil {
            throw reader.unsupported("sliding_window", "only full attention is known")
        }
        let hidden = try reader.integer("hidden_size", 1...65_536)
        let heads = try reader.integer("num_attention_heads", 1...1024)
        let keyValueHeads = try reader.integer("num_key_value_heads", 1...1024, default: heads)
        guard heads % keyValueHeads == 0 else {
            throw reader.invalid("num_key_value_heads", "\(keyValueHeads) does not divide the \(heads) heads")
        }
        let dimension = try reader.integer("head_dim", 2...1024, default: max(2, hidden / heads))
        guard dimension % 2 == 0 else { throw reader.invalid("head_dim", "\(dimension) is odd") }
        self.init(
            hiddenSize: hidden, layers: try reader.integer("num_hidden_layers", 1...1024), heads: heads,
            keyValueHeads: keyValueHeads, headDimension: dimension,
            intermediateSize: try reader.integer("intermediate_size", 1...1_048_576),
            vocabularySize: try reader.integer("vocab_size", 1...4_194_304),
            maxPositions: try reader.integer("max_position_embeddings", 1...16_777_216, default: 131_072),
            ropeTheta: try reader.ropeTheta(default: 1e9, types: ["default"]),
            normEpsilon: try reader.number("rms_norm_eps", 0...0.1, default: 1e-5))
    }
}

extension MistralConfiguration.Vision {
    fileprivate init(_ reader: ConfigurationReader) throws(ModelError) {
        try reader.require("model_type", ["pixtral"])
        // Files without the key mean SiLU, although the class default of the Python code is another.
        try reader.require("hidden_act", ["silu"])
        let hidden = try reader.integer("hidden_size", 1...65_536)
        let heads = try reader.integer("num_attention_heads", 1...1024)
        let dimension = try reader.integer("head_dim", 1...4096, default: hidden / heads)
        guard dimension * heads == hidden, dimension % 4 == 0 else {
            throw reader.invalid(
                "head_dim", "\(heads) heads of \(dimension) do not make \(hidden), or are no multiple of 4")
        }
        let patch = try reader.integer("patch_size", 1...256, default: 14)
        let image = try reader.integer("image_size", patch...16_384, default: max(patch, 1540))
        // Attention grows with the fourth power of this; the released model has 110.
        guard image / patch <= 256 else {
            throw reader.invalid("image_size", "more than 256 patches of \(patch) pixels fit into \(image)")
        }
        self.init(
            hiddenSize: hidden, layers: try reader.integer("num_hidden_layers", 1...1024), heads: heads,
            intermediateSize: try reader.integer("intermediate_size", 1...1_048_576), patchSize: patch,
            imageSize: image,
            channels: try reader.integer("num_channels", 3...3, default: 3),
            ropeTheta: try reader.ropeTheta(default: 10000, types: ["default", "axial"]))
    }
}
