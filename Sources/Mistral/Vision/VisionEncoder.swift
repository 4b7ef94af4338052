import Tensors

/// The Pixtral vision encoder: patches of one picture to features, each patch attending to all of that picture.
struct VisionEncoder: Sendable {
    let configuration: MistralConfiguration.Vision
    let weights: VisionWeights

    /// Features of all patches, row-major (patches, hidden), after the last layer; there is no final norm.
    func encode(
        _ pixels: PixelValues, threads: ThreadPool, observer: ModelObserver?, progress: ModelProgress?
    ) throws(ModelError) -> Matrix {
        let patch = configuration.patchSize
        let patches = Matrix(
            patchesOf: pixels.values, channels: configuration.channels, height: pixels.height, width: pixels.width,
            size: patch)
        let epsilon = MistralConfiguration.Vision.normEpsilon
        var x = patches.multiplied(by: weights.patchConvolution, threads: threads)
            .normalized(weight: weights.normBefore, epsilon: epsilon, threads: threads)
        observer?(HiddenState(stage: .patchEmbedding, firstRow: 0, values: x))

        let shape = AttentionShape(
            heads: configuration.heads, keyValueHeads: configuration.heads,
            headDimension: configuration.headDimension)
        let rotary = AxialRotaryEmbedding(
            headDimension: configuration.headDimension, theta: configuration.ropeTheta, pairs: weights.rotaryPairs
        ).table(rows: pixels.height / patch, columns: pixels.width / patch)
        var workspace = TransformerWorkspace()
        for (number, layer) in weights.layers.enumerated() {
            try progress.report(Double(number) / Double(weights.layers.count))
            workspace.project(x, layer, epsilon: epsilon, threads: threads)
            workspace.attended.setFullAttention(workspace.joined, shape: shape, rotary: rotary, threads: threads)
            x.addProduct(workspace.attended, layer.output, threads: threads)
            workspace.feedForward(&x, layer, epsilon: epsilon, threads: threads)
            observer?(HiddenState(stage: .visionLayer(number), firstRow: 0, values: x))
        }
        try progress.report(1)
        return x
    }
}
