import Tensors

/// A language model of the Mistral architecture: a decoder and, where the model sees, vision encoder and projector.
///
/// It holds no state of any sequence: that is in a `KVCache`. All methods may be called from several threads; calls
/// that overlap share the thread pool poorly, so one at a time is fastest.
public final class MistralModel: Sendable {
    public let configuration: MistralConfiguration
    public let threads: ThreadPool
    /// Bytes of weights that are mapped from files; 0 if they are in memory.
    public let mappedBytes: Int

    let decoder: Decoder
    let visionEncoder: VisionEncoder?
    let projector: Projector?

    /// Loads a model from its files.
    ///
    /// Weights are mapped, not read: they enter memory when they are first used.
    /// - Throws: `ModelError` saying which file, setting or tensor is missing or wrong.
    public convenience init(files: ModelFiles, threads: ThreadPool) throws(ModelError) {
        let configuration = try MistralConfiguration(files: files)
        if let gguf = files.gguf {
            try gguf.refuseOthers(than: configuration)
            try self.init(configuration, source: gguf, mappedBytes: files.weightBytes, threads: threads)
        } else {
            let source = try SafetensorsWeights(folder: files.folder, format: files.format)
            try self.init(configuration, source: source, mappedBytes: files.weightBytes, threads: threads)
        }
    }

    /// Loads the model that a folder holds, in any of the formats that `ModelFiles` knows.
    public convenience init(folder: String, threads: ThreadPool) throws(ModelError) {
        try self.init(files: ModelFiles(path: folder), threads: threads)
    }

    /// Makes a model with random weights, the same for the same seed: for measurements and tests.
    public convenience init(
        randomWeights configuration: MistralConfiguration, seed: UInt64, threads: ThreadPool
    ) throws(ModelError) {
        try self.init(configuration, source: RandomWeightSource(seed: seed), mappedBytes: 0, threads: threads)
    }

    private init(
        _ configuration: MistralConfiguration, source: some WeightSource, mappedBytes: Int, threads: ThreadPool
    ) throws(ModelError) {
        let text = configuration.text
        decoder = Decoder(
            configuration: text, weights: try DecoderWeights(source, text),
            rotary: RotaryEmbedding(text, pairs: source.rotaryPairs))
        if let vision = configuration.vision {
            visionEncoder = VisionEncoder(configuration: vision, weights: try VisionWeights(source, vision))
            projector = Projector(
                mergeSize: vision.spatialMergeSize, epsilon: Float(text.normEpsilon),
                weights: try ProjectorWeights(source, vision, textSize: text.hiddenSize))
        } else {
            visionEncoder = nil
            projector = nil
        }
        self.configuration = configuration
        self.mappedBytes = mappedBytes
        self.threads = threads
    }
}
