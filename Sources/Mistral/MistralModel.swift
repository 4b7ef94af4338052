import Tensors

/// A vision-language model of the Mistral Small 3.2 architecture: vision encoder, projector and decoder.
///
/// It holds no state of any sequence: that is in a `KVCache`. All methods may be called from several threads; calls
/// that overlap share the thread pool poorly, so one at a time is fastest.
public final class MistralModel: Sendable {
    public let configuration: MistralConfiguration
    public let threads: ThreadPool
    /// Bytes of weights that are mapped from files; 0 if they are in memory.
    public let mappedBytes: Int

    let decoder: Decoder
    let visionEncoder: VisionEncoder
    let projector: Projector

    /// Loads a folder with `config.json` and the weights in Hugging Face's names: `model.safetensors`, or shards with
    /// `model.safetensors.index.json`.
    ///
    /// Weights are mapped, not read: they enter memory when they are first used.
    public convenience init(folder: String, threads: ThreadPool) throws(ModelError) {
        let configuration = try MistralConfiguration(path: folder + "/config.json")
        let source = try FolderWeightSource(path: folder)
        try self.init(configuration, source: source, mappedBytes: source.byteCount, threads: threads)
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
        decoder = Decoder(
            configuration: configuration.text, weights: try DecoderWeights(source, configuration.text))
        visionEncoder = VisionEncoder(
            configuration: configuration.vision, weights: try VisionWeights(source, configuration.vision))
        projector = Projector(
            mergeSize: configuration.spatialMergeSize, epsilon: Float(configuration.text.normEpsilon),
            weights: try ProjectorWeights(source, configuration))
        self.configuration = configuration
        self.mappedBytes = mappedBytes
        self.threads = threads
    }
}
