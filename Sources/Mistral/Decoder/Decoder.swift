import Tensors

/// The Mistral decoder: embeddings and cached positions to hidden states and logits.
struct Decoder: Sendable {
    let configuration: MistralConfiguration.Text
    let weights: DecoderWeights
    let shape: AttentionShape
    let rotary: RotaryEmbedding

    private var epsilon: Float { Float(configuration.normEpsilon) }

    init(configuration: MistralConfiguration.Text, weights: DecoderWeights) {
        self.configuration = configuration
        self.weights = weights
        shape = AttentionShape(
            heads: configuration.heads, keyValueHeads: configuration.keyValueHeads,
            headDimension: configuration.headDimension)
        rotary = RotaryEmbedding(headDimension: configuration.headDimension, theta: configuration.ropeTheta)
    }

    /// Runs all layers on new rows (n, hidden) and appends them to the cache, which must have room.
    ///
    /// - Parameter firstRow: number of the first row within the caller's input, for the observer.
    /// - Returns: the hidden states after the last layer, before the final norm (n, hidden).
    /// If it throws, the cache holds the positions it held before.
    func run(
        _ embeddings: Matrix, firstRow: Int, cache: inout KVCache, threads: ThreadPool, observer: ModelObserver?,
        progress: (Double) throws(ModelError) -> Void
    ) throws(ModelError) -> Matrix {
        var x = embeddings
        let position = cache.count
        let table = rotary.table(positions: position..<(position + x.rows))
        var workspace = TransformerWorkspace()
        for (number, layer) in weights.layers.enumerated() {
            try progress(Double(number) / Double(weights.layers.count))
            workspace.project(x, layer, epsilon: epsilon, threads: threads)
            workspace.attended.setCausalAttention(
                &workspace.joined, shape: shape, position: position, rotary: table, store: &cache.layers[number],
                threads: threads)
            x.addProduct(workspace.attended, layer.output, threads: threads)
            workspace.feedForward(&x, layer, epsilon: epsilon, threads: threads)
            observer?(HiddenState(stage: .decoderLayer(number), firstRow: firstRow, values: x))
        }
        cache.advance(x.rows)
        return x
    }

    /// The final norm of some hidden states.
    func normalized(_ x: Matrix, threads: ThreadPool) -> Matrix {
        x.normalized(weight: weights.norm, epsilon: epsilon, threads: threads)
    }

    /// Logits of normalised hidden states: (n, vocabulary).
    func logits(_ x: Matrix, threads: ThreadPool) -> Matrix { x.multiplied(by: weights.output, threads: threads) }
}
