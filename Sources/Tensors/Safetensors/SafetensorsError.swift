/// A safetensors file is damaged, or not what its reader needs.
public enum SafetensorsError: Error, Equatable, CustomStringConvertible {
    /// The file cannot be opened or mapped.
    case file(FileError)
    /// The header is not what the format demands.
    case header(path: String, reason: String)
    /// The entry of one tensor contradicts itself, the file or another entry.
    case entry(path: String, tensor: String, reason: String)
    /// The index names a shard that must not be read, or is not an index.
    case index(path: String, reason: String)
    /// No file has this tensor.
    case missing(path: String, tensor: String)
    /// The tensor has a type that cannot be read as wanted.
    case type(path: String, tensor: String, found: String, wanted: String)
    /// The tensor has another shape than wanted.
    case shape(path: String, tensor: String, expected: [Int], found: [Int])

    public var description: String {
        switch self {
        case .file(let error): error.description
        case .header(let path, let reason): "\(path): damaged safetensors header: \(reason)"
        case .entry(let path, let tensor, let reason): "\(path): tensor \"\(tensor)\": \(reason)"
        case .index(let path, let reason): "\(path): not a usable index of shards: \(reason)"
        case .missing(let path, let tensor): "\(path): there is no tensor \"\(tensor)\""
        case .type(let path, let tensor, let found, let wanted):
            "\(path): tensor \"\(tensor)\" has type \(found), but \(wanted) is needed"
        case .shape(let path, let tensor, let expected, let found):
            "\(path): tensor \"\(tensor)\" has shape \(found), but \(expected) is needed"
        }
    }
}
