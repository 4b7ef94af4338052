import JSONSchema
import Tensors

/// Which files hold the weights of a folder in Hugging Face's form.
struct SafetensorsShards {
    static let index = "model.safetensors.index.json"
    static let single = "model.safetensors"
    private static let longestIndex = 64 << 20

    /// Names of the files, sorted.
    let files: [String]
    /// Those among them that the folder lacks.
    let missing: [String]

    init(_ folder: FolderListing) throws(ModelError) {
        guard folder.contains(Self.index) else {
            files = [Self.single]
            missing = folder.contains(Self.single) ? [] : [Self.single]
            return
        }
        let path = folder.file(Self.index)
        let bytes: [UInt8]
        do { bytes = try MemoryMappedFile.contents(of: path, limit: Self.longestIndex) } catch { throw .file(error) }
        guard let map = (try? JSONValue(parsing: bytes))?["weight_map"]?.objectValue else {
            throw .weights(.index(path: path, reason: "it has no \"weight_map\""))
        }
        files = Set(map.members.compactMap(\.value.stringValue)).sorted()
        missing = files.filter { !folder.contains($0) }
    }
}
