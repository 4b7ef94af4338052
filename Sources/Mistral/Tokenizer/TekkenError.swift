/// Why a Tekken vocabulary file could not be loaded.
public enum TekkenError: Error, Hashable, Sendable {
    /// The file could not be opened or read; `reason` is the system's message.
    case unreadable(path: String, reason: String)
    /// The file is not a JSON document.
    case notJSON(reason: String)
    /// An entry is missing, has the wrong type, or contradicts another one.
    /// `entry` is its path in the document, for instance `vocab[260].token_bytes`.
    case malformed(entry: String, reason: String)
    /// `config.version` names an unknown tokenizer version.
    case unsupportedVersion(String)
    /// `config.pattern` is not the split pattern that this implementation knows by heart.
    case unsupportedPattern(String)
    /// There is no tekken.json in the folder of the model.
    case missing(folder: String)
    /// The vocabulary in a GGUF file is damaged, or of another tokenizer; `key` names its metadata.
    case vocabulary(path: String, key: String, reason: String)
}

extension TekkenError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path): \(reason)"
        case .notJSON(let reason):
            "the tokenizer file is not JSON: \(reason); expected a tekken.json"
        case .malformed(let entry, let reason):
            "tekken.json is malformed at \(entry): \(reason)"
        case .unsupportedVersion(let version):
            "tekken.json is for tokenizer version \"\(version)\"; supported are "
                + TekkenVersion.allCases.map(\.rawValue).joined(separator: ", ")
        case .unsupportedPattern(let pattern):
            "tekken.json belongs to another tokenizer; it has an unknown config.pattern: \(pattern)"
        case .missing(let folder):
            "\(folder): tekken.json is missing; download it from the model's repository"
        case .vocabulary(let path, let key, let reason):
            "\(path): \(key): \(reason)"
        }
    }
}
