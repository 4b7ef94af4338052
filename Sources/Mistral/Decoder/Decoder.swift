import Tensors

/// The Mistral decoder: embeddings and cached positions to hidden states and logits.
struct Decoder: Sendable {
    let configuration: MistralConfiguration.Text
    let weights: DecoderWeights
    let shape: AttentionShape
    let rotary: RotaryEmbedding

    private var epsilon: Float { Float(configuration.normEpsilon) }

    /// - Parameter rotary: nil for the one that follows from the configuration, of pairs in Hugging Face's order.
    init(configuration: MistralConfiguration.Text, weights: DecoderWeights, rotary: RotaryEmbedding? = nil) {
        self.configuration = configuration
        self.weights = weights
        shape = AttentionShape(
            heads: configuration.heads, keyValueHeads: configuration.keyValueHeads,
            headDimension: configuration.headDimension)
        self.rotary =
            rotary ?? RotaryEmbedding(headDimension: configuration.headDimension, theta: configuration.ropeTheta)
    }

    /// Runs all layers on new rows (n, hidden) of some sequences, whose pages have room for them.
    ///
    /// The numbers of a row do not depend on the other rows.
    /// - Parameters:
    ///   - sequences: each row belongs to one of them; their pages receive the new keys and values.
    ///   - firstRow: number of the first row within the caller's input, for the observer.
    /// - Returns: the hidden states after the last layer, before the final norm (n, hidden).
    func run(
        _ embeddings: Matrix, sequences: inout [CausalSequence], firstRow: Int, threads: ThreadPool,
        observer: ModelObserver?, progress: (Double) throws(ModelError) -> Void
    ) throws(ModelError) -> Matrix {
        var x = embeddings
        let table = RotaryTable(
            joining: sequences.map { rotary.table(positions: $0.position..<($0.position + $0.rows.count)) })
        var workspace = TransformerWorkspace()
        for (number, layer) in weights.layers.enumerated() {
            try progress(Double(number) / Double(weights.layers.count))
            workspace.project(x, layer, epsilon: epsilon, threads: threads)
            workspace.attended.setCausalAttention(
                workspace.joined, shape: shape, rotary: table, layer: number, sequences: &sequences, threads: threads)
            x.addProduct(workspace.attended, layer.output, threads: threads)
            workspace.feedForward(&x, layer, epsilon: epsilon, threads: threads)
            observer?(HiddenState(stage: .decoderLayer(number), firstRow: firstRow, values: x))
        }
        return x
    }

    /// The final norm of some hidden states.
    func normalized(_ x: Matrix, threads: ThreadPool) -> Matrix {
        x.normalized(weight: weights.norm, epsilon: epsilon, threads: threads)
    }

    /// Logits of normalised hidden states: (n, vocabulary).
    func logits(_ x: Matrix, threads: ThreadPool) -> Matrix { x.multiplied(by: weights.output, threads: threads) }
}
