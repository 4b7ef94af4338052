import Tensors

/// Weights of one transformer layer; decoder and vision encoder have the same parts.
struct LayerWeights: Sendable {
    let attentionNorm: [Float]  // (hidden)
    let query: WeightMatrix  // (heads * head_dim, hidden)
    let key: WeightMatrix  // (kv_heads * head_dim, hidden)
    let value: WeightMatrix  // (kv_heads * head_dim, hidden)
    let output: WeightMatrix  // (hidden, heads * head_dim)
    let feedForwardNorm: [Float]  // (hidden)
    let gate: WeightMatrix  // (intermediate, hidden)
    let up: WeightMatrix  // (intermediate, hidden)
    let down: WeightMatrix  // (hidden, intermediate)
}

struct DecoderWeights: Sendable {
    let embedding: WeightMatrix  // (vocabulary, hidden)
    let layers: [LayerWeights]
    let norm: [Float]  // (hidden)
    let output: WeightMatrix  // (vocabulary, hidden)

    init(_ source: some WeightSource, _ text: MistralConfiguration.Text) throws(ModelError) {
        let body = "language_model.model."
        let head = "language_model.lm_head.weight"
        embedding = try source.matrix(body + "embed_tokens.weight", shape: [text.vocabularySize, text.hiddenSize])
        norm = try source.vector(body + "norm.weight", count: text.hiddenSize)
        // Tied only where the file has no output matrix: the configuration's own statement is not reliable.
        output =
            source.contains(head)
            ? try source.matrix(head, shape: [text.vocabularySize, text.hiddenSize]) : embedding
        let names = LayerNames(
            attentionNorm: "input_layernorm", attention: "self_attn.", feedForwardNorm: "post_attention_layernorm",
            feedForward: "mlp.")
        var layers: [LayerWeights] = []
        for layer in 0..<text.layers {
            layers.append(
                try LayerWeights(
                    source, prefix: "\(body)layers.\(layer).", names: names, hidden: text.hiddenSize,
                    queries: text.heads * text.headDimension, keys: text.keyValueHeads * text.headDimension,
                    intermediate: text.intermediateSize))
        }
        self.layers = layers
    }
}

struct VisionWeights: Sendable {
    let patchConvolution: WeightMatrix  // (hidden, channels * patch * patch)
    let normBefore: [Float]  // (hidden)
    let layers: [LayerWeights]

    init(_ source: some WeightSource, _ vision: MistralConfiguration.Vision) throws(ModelError) {
        let tower = "vision_tower."
        patchConvolution = try source.matrix(
            tower + "patch_conv.weight",
            shape: [vision.hiddenSize, vision.channels, vision.patchSize, vision.patchSize])
        normBefore = try source.vector(tower + "ln_pre.weight", count: vision.hiddenSize)
        let names = LayerNames(
            attentionNorm: "attention_norm", attention: "attention.", feedForwardNorm: "ffn_norm",
            feedForward: "feed_forward.")
        var layers: [LayerWeights] = []
        for layer in 0..<vision.layers {
            layers.append(
                try LayerWeights(
                    source, prefix: "\(tower)transformer.layers.\(layer).", names: names, hidden: vision.hiddenSize,
                    queries: vision.hiddenSize, keys: vision.hiddenSize, intermediate: vision.intermediateSize))
        }
        self.layers = layers
    }
}

struct ProjectorWeights: Sendable {
    let norm: [Float]  // (vision hidden)
    let merge: WeightMatrix  // (vision hidden, vision hidden * merge^2)
    let first: WeightMatrix  // (text hidden, vision hidden)
    let second: WeightMatrix  // (text hidden, text hidden)

    init(_ source: some WeightSource, _ configuration: MistralConfiguration) throws(ModelError) {
        let projector = "multi_modal_projector."
        let (vision, text) = (configuration.vision.hiddenSize, configuration.text.hiddenSize)
        let square = configuration.spatialMergeSize * configuration.spatialMergeSize
        norm = try source.vector(projector + "norm.weight", count: vision)
        merge = try source.matrix(projector + "patch_merger.merging_layer.weight", shape: [vision, vision * square])
        first = try source.matrix(projector + "linear_1.weight", shape: [text, vision])
        second = try source.matrix(projector + "linear_2.weight", shape: [text, text])
    }
}

/// What the two stacks call the parts of a layer.
private struct LayerNames {
    let attentionNorm: String
    let attention: String
    let feedForwardNorm: String
    let feedForward: String
}

extension LayerWeights {
    fileprivate init(
        _ source: some WeightSource, prefix: String, names: LayerNames, hidden: Int, queries: Int, keys: Int,
        intermediate: Int
    ) throws(ModelError) {
        let attention = prefix + names.attention
        let feedForward = prefix + names.feedForward
        attentionNorm = try source.vector(prefix + names.attentionNorm + ".weight", count: hidden)
        query = try source.matrix(attention + "q_proj.weight", shape: [queries, hidden])
        key = try source.matrix(attention + "k_proj.weight", shape: [keys, hidden])
        value = try source.matrix(attention + "v_proj.weight", shape: [keys, hidden])
        output = try source.matrix(attention + "o_proj.weight", shape: [hidden, queries])
        feedForwardNorm = try source.vector(prefix + names.feedForwardNorm + ".weight", count: hidden)
        gate = try source.matrix(feedForward + "gate_proj.weight", shape: [intermediate, hidden])
        up = try source.matrix(feedForward + "up_proj.weight", shape: [intermediate, hidden])
        down = try source.matrix(feedForward + "down_proj.weight", shape: [hidden, intermediate])
    }
}
