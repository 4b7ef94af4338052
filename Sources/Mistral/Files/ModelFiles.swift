import Tensors

/// The files of one model: found by a path, told apart by what they hold.
///
/// A path means one of these:
/// - a folder in Hugging Face's form: `config.json`, `model.safetensors` or shards with their index, `tekken.json`;
/// - a folder in Mistral's form: `params.json`, `consolidated.safetensors`, `tekken.json`;
/// - a folder with one GGUF file of a text model and at most one of its vision encoder (mmproj);
/// - a GGUF file of a text model, or any part of a split one; the vision encoder may lie beside it.
///
/// Headers of GGUF files are read, weights stay on disk.
public struct ModelFiles: Sendable {
    public enum Format: String, Sendable {
        case huggingFace = "Hugging Face"
        case mistral = "Mistral"
        case gguf = "GGUF"
    }

    /// Names of files that the formats prescribe.
    static let configuration = "config.json"
    static let parameters = "params.json"
    static let consolidated = "consolidated.safetensors"
    static let tokenizer = "tekken.json"

    /// As it was given.
    public let path: String
    public let format: Format
    /// `config.json` or `params.json`; nil for GGUF files, which hold their settings.
    public let configuration: String?
    /// Files with weights of the text model, and in the other formats than GGUF of the vision encoder.
    public let weights: [String]
    /// The GGUF files of the vision encoder.
    public let visionWeights: [String]
    /// `tekken.json`; nil if it is missing, and for GGUF files, which hold their vocabulary.
    public let tokenizer: String?
    /// Bytes of all files with weights.
    public let weightBytes: Int
    /// What a user should know about the choice: other files that were not taken.
    public let remarks: [String]

    /// Opened GGUF files.
    let gguf: GGUFWeights?

    /// All files that the model is made of, for hashing: a shard's index is among them.
    public var all: [String] {
        let index = format == .huggingFace && weights.count > 1 ? [folder + "/" + SafetensorsShards.index] : []
        return [configuration].compactMap(\.self) + index + weights + visionWeights + [tokenizer].compactMap(\.self)
    }

    /// Finds the files that a path means.
    ///
    /// - Parameter mmproj: the GGUF file of the vision encoder, where the path alone does not say it.
    /// - Throws: `.incomplete` with what to download, `.ambiguous` with the files to choose from, `.mismatch` if the
    ///   vision encoder belongs to another model, `.file` and `.gguf` for files that cannot be read.
    public init(path: String, mmproj: String? = nil) throws(ModelError) {
        let folder = FolderListing(path)
        if let folder, mmproj == nil, Self.isSafetensorsModel(folder) {
            try self.init(folder: folder)
        } else if let folder, !Self.hasGGUF(folder), folder.names.contains(where: Self.isPart) {
            throw .mismatch(
                path: path,
                reason: "--mmproj needs a text model in a GGUF file; this one has safetensors files, "
                    + "with the vision encoder among them")
        } else if folder == nil, Self.isPart(Self.name(path)) {
            throw .incomplete(path: path, reason: "a part of a model: name the folder that holds it")
        } else {
            try self.init(path: path, folder: folder, mmproj: mmproj)
        }
    }

    init(
        path: String, format: Format, configuration: String?, weights: [String], visionWeights: [String] = [],
        tokenizer: String?, weightBytes: Int, remarks: [String], gguf: GGUFWeights? = nil
    ) {
        self.path = path
        self.format = format
        self.configuration = configuration
        self.weights = weights
        self.visionWeights = visionWeights
        self.tokenizer = tokenizer
        self.weightBytes = weightBytes
        self.remarks = remarks
        self.gguf = gguf
    }

    /// The folder that holds the files.
    var folder: String { format == .gguf ? Self.parent(path) : path }

    /// Whether a folder is in one of the forms with safetensors. Beside GGUF files there may be settings, or safetensors
    /// files of something else: only both make a model of that form.
    private static func isSafetensorsModel(_ folder: FolderListing) -> Bool {
        guard hasGGUF(folder) else { return folder.names.contains(where: isPart) }
        let hasSettings = folder.contains(configuration) || folder.contains(parameters)
        return hasSettings && folder.names.contains { $0.hasSuffix(".safetensors") }
    }

    private static func hasGGUF(_ folder: FolderListing) -> Bool { folder.names.contains { $0.hasSuffix(".gguf") } }

    /// Whether a file is a part of a model with safetensors.
    private static func isPart(_ name: String) -> Bool {
        name == configuration || name == parameters || name.hasSuffix(".safetensors")
    }

    /// The last part of a path.
    static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    /// A path without its last part.
    static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
