import Glibc

/// The safetensors files of a model folder: `model.safetensors`, or shards listed in `model.safetensors.index.json`.
public struct SafetensorsFolder: Sendable {
    private static let longestIndex = 64 << 20

    public let path: String
    private let files: [SafetensorsFile]
    private let fileOfTensor: [String: Int]

    /// Opens all files of the folder.
    public init(path: String) throws(SafetensorsError) {
        let indexPath = path + "/model.safetensors.index.json"
        if access(indexPath, F_OK) == 0 {
            (files, fileOfTensor) = try Self.shards(folder: path, indexPath: indexPath)
        } else {
            let file = try SafetensorsFile(path: path + "/model.safetensors")
            files = [file]
            fileOfTensor = Dictionary(uniqueKeysWithValues: file.names.map { ($0, 0) })
        }
        self.path = path
    }

    /// Names of all tensors, sorted.
    public var names: [String] { fileOfTensor.keys.sorted() }
    /// Bytes of all files, which are mapped and enter memory when they are read.
    public var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }

    public func contains(_ name: String) -> Bool { fileOfTensor[name] != nil }

    /// The tensor of this name; `SafetensorsError.missing` if no file has it.
    public func tensor(_ name: String) throws(SafetensorsError) -> StoredTensor {
        guard let file = fileOfTensor[name] else { throw .missing(path: path, tensor: name) }
        return try files[file].tensor(name)
    }

    private static func shards(
        folder: String, indexPath: String
    ) throws(SafetensorsError) -> ([SafetensorsFile], [String: Int]) {
        let bytes: [UInt8]
        do { bytes = try MemoryMappedFile.contents(of: indexPath, limit: longestIndex) } catch { throw .file(error) }
        let index: HeaderValue
        do { index = try HeaderScanner.scan(bytes) } catch { throw .index(path: indexPath, reason: error.reason) }
        guard case .object(let members) = index["weight_map"] else {
            throw .index(path: indexPath, reason: "it has no \"weight_map\"")
        }
        var files: [SafetensorsFile] = []
        var numberOfFile: [String: Int] = [:]
        var fileOfTensor: [String: Int] = [:]
        for (name, value) in members {
            // A name with a slash could lead out of the folder.
            guard case .string(let shard) = value, !shard.utf8.contains(UInt8(ascii: "/")), shard != "..", shard != "."
            else { throw .index(path: indexPath, reason: "\"\(name)\" is not mapped to a file name") }
            let number: Int
            if let known = numberOfFile[shard] {
                number = known
            } else {
                number = files.count
                files.append(try SafetensorsFile(path: folder + "/" + shard))
                numberOfFile[shard] = number
            }
            guard files[number].contains(name) else { throw .missing(path: files[number].path, tensor: name) }
            fileOfTensor[name] = number
        }
        return (files, fileOfTensor)
    }
}
