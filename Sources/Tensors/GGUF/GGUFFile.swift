/// A model in the GGUF format, mapped into memory: metadata and named tensors, in one file or split over several.
///
/// Versions 2 and 3, little endian. Everything the headers say is checked against the files when they are opened;
/// weights, vocabularies and texts are read when they are asked for.
/// Format: github.com/ggml-org/ggml/blob/master/docs/gguf.md
public final class GGUFFile: Sendable {
    /// The file, or the first part of a split one.
    public let path: String
    /// Of a split model, those of the first part, which has all that describe the model.
    public let metadata: GGUFMetadata
    /// All tensors, in the order of the files.
    public let tensors: [GGUFTensor]
    /// The paths of all parts, or of the one file.
    public let parts: [String]
    /// Size of all files.
    public let byteCount: Int
    private let positions: [String: Int]

    /// Opens a file; of a split model, which is named `NAME-00001-of-00003.gguf`, all parts by the path of any of them.
    public init(path: String) throws(GGUFError) {
        let parts = try Self.parts(path)
        let first = parts[0]
        var positions: [String: Int] = [:]
        var tensors: [GGUFTensor] = []
        for tensor in parts.lazy.flatMap(\.tensors) {
            guard positions.updateValue(tensors.count, forKey: tensor.name) == nil else {
                throw .entry(path: tensor.path, tensor: tensor.name, reason: "another part has it too")
            }
            tensors.append(tensor)
        }
        self.path = first.file.path
        metadata = first.metadata
        self.tensors = tensors
        self.positions = positions
        self.parts = parts.map(\.file.path)
        byteCount = parts.reduce(0) { $0 + $1.file.byteCount }
    }

    public func contains(_ name: String) -> Bool { positions[name] != nil }

    /// The tensor of this name; `GGUFError.missing` if there is none.
    public func tensor(_ name: String) throws(GGUFError) -> GGUFTensor {
        guard let position = positions[name] else { throw .missing(path: path, tensor: name) }
        return tensors[position]
    }
}
