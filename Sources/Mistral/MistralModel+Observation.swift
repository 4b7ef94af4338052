import Tensors

/// Hidden states of one stage of the model, for comparison with a reference.
public struct HiddenState {
    public enum Stage: Equatable, Sendable {
        /// Patches after the convolution and the first norm.
        case patchEmbedding
        /// Patches after a layer of the vision encoder, counted from 0.
        case visionLayer(Int)
        /// Image features as the decoder takes them.
        case projector
        /// Token embeddings with image features in place.
        case embedding
        /// Rows after a layer of the decoder, counted from 0.
        case decoderLayer(Int)
        /// Rows after the final norm.
        case finalNorm
    }

    public let stage: Stage
    /// Number of the first row within the input; long inputs are run in parts.
    public let firstRow: Int
    public let values: Matrix
}

/// Receives the hidden states after each stage.
public typealias ModelObserver = (HiddenState) -> Void

/// Receives the share of the work that is done, 0 to 1; the work stops with `ModelError.cancelled` if it returns false.
public typealias ModelProgress = (Double) -> Bool

extension Optional where Wrapped == ModelProgress {
    func report(_ share: Double) throws(ModelError) {
        if let progress = self, !progress(share) { throw .cancelled }
    }
}
