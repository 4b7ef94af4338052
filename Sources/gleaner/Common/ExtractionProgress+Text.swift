import Extraction

extension ExtractionProgress {
    /// A few words for a line of progress.
    var shortDescription: String {
        switch self {
        case .rendering(let image, let count): "render image \(image) of \(count)"
        case .encoding(let share): "encode \(Int((share * 100).rounded()))%"
        case .prefilling(let share): "prefill \(Int((share * 100).rounded()))%"
        case .decoding(let tokens, let speed): "decode \(tokens) tokens, \(Int(speed)) tokens/s"
        }
    }
}
