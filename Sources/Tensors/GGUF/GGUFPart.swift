/// One file in the GGUF format: a whole model or a part of one. Everything in its header is checked here.
struct GGUFPart: Sendable {
    /// Far more than any model has; with these, a file that is all header cannot take much more memory than its size.
    private static let mostKeys = 65_536
    private static let mostTensors = 65_536
    /// The longest key that the format allows.
    private static let longestKey = 65_535

    let file: MemoryMappedFile
    let metadata: GGUFMetadata
    /// In the order of the file.
    let tensors: [GGUFTensor]

    init(path: String) throws(GGUFError) {
        let file: MemoryMappedFile
        do { file = try MemoryMappedFile(path: path) } catch { throw .file(error) }
        var cursor = GGUFCursor(file)
        try Self.checkVersion(&cursor)
        // A tensor takes at least the length and a byte of its name, the number of extents, a type and an offset.
        let tensorCount = try cursor.count(of: "tensors", size: 25, limit: Self.mostTensors)
        // A value takes at least the length and a byte of its key, a type and a byte.
        let keyCount = try cursor.count(of: "metadata", size: 14, limit: Self.mostKeys)
        metadata = try Self.metadata(keyCount, &cursor)
        tensors = try Self.tensors(tensorCount, &cursor, alignment: Self.alignment(metadata))
        self.file = file
    }

    /// Goes over magic bytes and version.
    private static func checkVersion(_ cursor: inout GGUFCursor) throws(GGUFError) {
        let path = cursor.file.path
        let start = try cursor.skip(4, "the format's name")
        guard cursor.file.contents(start..<start + 4) == Array("GGUF".utf8) else {
            throw .unsupported(path: path, reason: "not a GGUF file: it does not start with \"GGUF\"")
        }
        let version = try cursor.integer(UInt32.self, "the version")
        switch version {
        case 2, 3: return
        case UInt32(2).byteSwapped, UInt32(3).byteSwapped:
            throw .unsupported(
                path: path, reason: "a big-endian GGUF file, but only little-endian ones are supported; convert it")
        default:
            throw .unsupported(
                path: path,
                reason: "GGUF version \(version), but only 2 and 3 are supported; convert the model again")
        }
    }

    private static func metadata(_ count: Int, _ cursor: inout GGUFCursor) throws(GGUFError) -> GGUFMetadata {
        var keys: [String] = []
        var values: [String: GGUFValue] = [:]
        for _ in 0..<count {
            let start = cursor.offset
            let key = try cursor.name("a key", limit: longestKey)
            guard values[key] == nil else { throw cursor.failure("the key \"\(key)\" is there twice", at: start) }
            values[key] = try GGUFValue(&cursor)
            keys.append(key)
        }
        return GGUFMetadata(keys: keys, values: values, file: cursor.file)
    }

    /// Bytes that the data of every tensor are aligned to.
    private static func alignment(_ metadata: GGUFMetadata) throws(GGUFError) -> Int {
        let key = "general.alignment"
        let alignment = try metadata.ifPresent(key, metadata.integer) ?? 32
        guard alignment > 0, alignment.nonzeroBitCount == 1, alignment <= 1 << 30 else {
            throw .metadata(
                path: metadata.file.path, key: key, expected: "a power of two up to 2^30", found: "\(alignment)")
        }
        return alignment
    }

    private static func tensors(
        _ count: Int, _ cursor: inout GGUFCursor, alignment: Int
    ) throws(GGUFError) -> [GGUFTensor] {
        var entries: [GGUFTensorEntry] = []
        var names: Set<String> = []
        for _ in 0..<count {
            let entry = try GGUFTensorEntry(&cursor, alignment: alignment)
            guard names.insert(entry.name).inserted else {
                throw .entry(path: cursor.file.path, tensor: entry.name, reason: "it is listed twice")
            }
            entries.append(entry)
        }
        let file = cursor.file
        let dataStart = (cursor.offset + alignment - 1) & ~(alignment - 1)
        let tensors = try entries.map { (entry) throws(GGUFError) in
            try entry.tensor(in: file, dataStart: dataStart)
        }
        let ordered = tensors.sorted { $0.place.lowerBound < $1.place.lowerBound }
        for (previous, current) in zip(ordered, ordered.dropFirst())
        where previous.place.upperBound > current.place.lowerBound {
            throw .entry(
                path: file.path, tensor: current.name, reason: "its data overlap those of \"\(previous.name)\"")
        }
        return tensors
    }
}
