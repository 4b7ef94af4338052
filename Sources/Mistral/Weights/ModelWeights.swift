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
        embedding = try source.matrix(.embedding, shape: [text.vocabularySize, text.hiddenSize])
        norm = try source.vector(.norm, count: text.hiddenSize)
        // Tied only where the file has no output matrix: the configuration's own statement is not reliable.
        output =
            source.contains(.output)
            ? try source.matrix(.output, shape: [text.vocabularySize, text.hiddenSize]) : embedding
        var layers: [LayerWeights] = []
        for number in 0..<text.layers {
            layers.append(
                try LayerWeights(
                    source, stack: .decoder, number: number, hidden: text.hiddenSize,
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
    let rotaryPairs: RotaryPairs

    init(_ source: some WeightSource, _ vision: MistralConfiguration.Vision) throws(ModelError) {
        patchConvolution = try source.matrix(
            .patchConvolution, shape: [vision.hiddenSize, vision.channels, vision.patchSize, vision.patchSize])
        normBefore = try source.vector(.normBeforeVision, count: vision.hiddenSize)
        var layers: [LayerWeights] = []
        for number in 0..<vision.layers {
            layers.append(
                try LayerWeights(
                    source, stack: .vision, number: number, hidden: vision.hiddenSize, queries: vision.hiddenSize,
                    keys: vision.hiddenSize, intermediate: vision.intermediateSize))
        }
        self.layers = layers
        rotaryPairs = source.rotaryPairs
    }
}

struct ProjectorWeights: Sendable {
    /// A linear layer.
    struct Linear: Sendable {
        let weights: WeightMatrix  // (outputs, inputs)
        let biases: [Float]?  // (outputs)
    }

    let norm: [Float]?  // (vision hidden)
    let merger: WeightMatrix?  // (vision hidden, vision hidden * merge^2)
    let first: Linear  // (text hidden, vision hidden)
    let second: Linear  // (text hidden, text hidden)

    init(
        _ source: some WeightSource, _ vision: MistralConfiguration.Vision, textSize: Int
    ) throws(ModelError) {
        let (size, square) = (vision.hiddenSize, vision.spatialMergeSize * vision.spatialMergeSize)
        norm = vision.projector.hasNorm ? try source.vector(.projectorNorm, count: size) : nil
        merger = vision.projector.hasMerger ? try source.matrix(.patchMerger, shape: [size, size * square]) : nil
        func linear(_ layer: WeightName.Linear, inputs: Int) throws(ModelError) -> Linear {
            Linear(
                weights: try source.matrix(.projector(layer), shape: [textSize, inputs]),
                biases: vision.projector.hasBiases ? try source.vector(.projectorBias(layer), count: textSize) : nil)
        }
        first = try linear(.first, inputs: size)
        second = try linear(.second, inputs: textSize)
    }
}

extension LayerWeights {
    fileprivate init(
        _ source: some WeightSource, stack: WeightName.Stack, number: Int, hidden: Int, queries: Int, keys: Int,
        intermediate: Int
    ) throws(ModelError) {
        func matrix(_ part: WeightName.LayerPart, _ rows: Int, _ columns: Int) throws(ModelError) -> WeightMatrix {
            try source.matrix(.layer(stack, number, part), shape: [rows, columns])
        }
        attentionNorm = try source.vector(.layer(stack, number, .attentionNorm), count: hidden)
        query = try matrix(.query, queries, hidden)
        key = try matrix(.key, keys, hidden)
        value = try matrix(.value, keys, hidden)
        output = try matrix(.output, hidden, queries)
        feedForwardNorm = try source.vector(.layer(stack, number, .feedForwardNorm), count: hidden)
        gate = try matrix(.gate, intermediate, hidden)
        up = try matrix(.up, intermediate, hidden)
        down = try matrix(.down, hidden, intermediate)
    }
}

extension MistralConfiguration {
    /// All tensors that a model of this configuration can have.
    var weightNames: [WeightName] {
        func layers(_ stack: WeightName.Stack, _ count: Int) -> [WeightName] {
            (0..<count).flatMap { number in WeightName.LayerPart.allCases.map { .layer(stack, number, $0) } }
        }
        var names = [.embedding, .norm, .output] + layers(.decoder, text.layers)
        guard let vision else { return names }
        names += [.patchConvolution, .normBeforeVision] + layers(.vision, vision.layers)
        names += [.projector(.first), .projector(.second)]
        if vision.projector.hasNorm { names.append(.projectorNorm) }
        if vision.projector.hasMerger { names.append(.patchMerger) }
        if vision.projector.hasBiases { names += [.projectorBias(.first), .projectorBias(.second)] }
        return names
    }
}
