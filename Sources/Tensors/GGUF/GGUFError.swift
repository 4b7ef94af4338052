/// A GGUF file is damaged, of a kind that is not supported, or not what its reader needs.
public enum GGUFError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be opened or mapped.
    case file(FileError)
    /// A file of another format, version or byte order.
    case unsupported(path: String, reason: String)
    /// The header contradicts itself or the file at this byte.
    case header(path: String, offset: Int, reason: String)
    /// The entry of one tensor contradicts itself, the file or another entry, or has a type that is not supported.
    case entry(path: String, tensor: String, reason: String)
    /// The parts of a split file do not fit together.
    case split(path: String, reason: String)
    /// There is no such metadata.
    case missingKey(path: String, key: String)
    /// The metadata have another type or range than wanted.
    case metadata(path: String, key: String, expected: String, found: String)
    /// No part has this tensor.
    case missing(path: String, tensor: String)
    /// The tensor has another shape than wanted.
    case shape(path: String, tensor: String, expected: [Int], found: [Int])
    /// A weight or the scale of a block of weights is infinite or not a number, at this byte.
    case notFinite(path: String, tensor: String, offset: Int)

    public var description: String {
        switch self {
        case .file(let error): error.description
        case .unsupported(let path, let reason): "\(path): \(reason)"
        case .header(let path, let offset, let reason):
            "\(path): damaged GGUF header at byte \(offset): \(reason); copy or download the file again"
        case .entry(let path, let tensor, let reason): "\(path): tensor \"\(tensor)\": \(reason)"
        case .split(let path, let reason): "\(path): \(reason)"
        case .missingKey(let path, let key):
            "\(path): there is no metadata \"\(key)\"; convert the model again with a newer converter"
        case .metadata(let path, let key, let expected, let found):
            "\(path): metadata \"\(key)\" is \(found), but \(expected) is needed"
        case .missing(let path, let tensor): "\(path): there is no tensor \"\(tensor)\""
        case .shape(let path, let tensor, let expected, let found):
            "\(path): tensor \"\(tensor)\" has shape \(found), but \(expected) is needed"
        case .notFinite(let path, let tensor, let offset):
            "\(path): tensor \"\(tensor)\" has an infinite or NaN number at byte \(offset); "
                + "copy or download the file again"
        }
    }
}
