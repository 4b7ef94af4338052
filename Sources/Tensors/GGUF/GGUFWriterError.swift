/// A GGUF file cannot be written.
public enum GGUFWriterError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be made, written or synced.
    case file(FileError)
    /// The entry of a tensor is none that a GGUF file can hold.
    case entry(tensor: String, reason: String)
    /// The numbers of a tensor do not fit its type.
    case weights(tensor: String, QuantizationError)
    /// More or fewer rows than the entries say.
    case rows(tensor: String, reason: String)

    public var description: String {
        switch self {
        case .file(let error): error.description
        case .entry(let tensor, let reason): "tensor \"\(tensor)\" cannot be written: \(reason)"
        case .weights(let tensor, let error): "tensor \"\(tensor)\": \(error)"
        case .rows(let tensor, let reason): "tensor \"\(tensor)\": \(reason)"
        }
    }
}
