/// The bytes of one document and their kind, told by content and not by name.
///
/// The bytes are copied once, into memory that cannot change any more and that worker processes can map.
public struct DocumentFile: Sendable {
    /// How errors name the document: a path, or what the caller calls the bytes.
    public let name: String
    public let kind: DocumentKind
    public let limits: PageLimits
    let content: SharedMemory

    /// Takes bytes that are in memory already.
    ///
    /// - Throws: `emptyFile`, `fileTooLarge`, `unknownContent` or `outOfResources`.
    public init(bytes: [UInt8], name: String, limits: PageLimits = PageLimits()) throws(DocumentError) {
        guard bytes.count <= limits.maximumFileBytes else {
            throw .fileTooLarge(name, byteCount: bytes.count, limits: limits)
        }
        let content = try DocumentError.sharedMemory(name)
        guard bytes.withUnsafeBytes({ content.append($0) }) else { throw .noMemory(name) }
        try self.init(content, name: name, limits: limits)
    }

    /// Reads a regular file whole.
    ///
    /// - Throws: `missingFile`, `isDirectory`, `notReadable`, and what `init(bytes:name:limits:)` throws. A file above
    ///   the size limit is refused before it is read.
    ///
    /// - Parameter name: how errors name the document; nil: its path.
    public init(path: String, name: String? = nil, limits: PageLimits = PageLimits()) throws(DocumentError) {
        try self.init(Self.readFile(path, limits: limits), name: name ?? path, limits: limits)
    }

    private init(_ content: SharedMemory, name: String, limits: PageLimits) throws(DocumentError) {
        guard content.freeze() else { throw .noMemory(name) }
        let byteCount = content.byteCount
        guard byteCount > 0 else {
            throw DocumentError(.emptyFile, file: name, "the file is empty; copy or download it again.")
        }
        // Office formats are told apart by names that stand further inside.
        guard let start = MemoryMapping(content, byteCount: min(byteCount, 1 << 20), isWritable: false) else {
            throw .noMemory(name)
        }
        let bytes = [UInt8](start.bytes)
        guard let kind = DocumentKind(startOf: bytes) else {
            let foreign = ForeignContent(lookingAt: bytes)
            throw DocumentError(
                .unknownContent(foreign), file: name,
                "this is not a PDF, PNG, JPEG or TIFF but looks like \(foreign.rawValue); \(foreign.remedy).")
        }
        self.name = name
        self.kind = kind
        self.limits = limits
        self.content = content
    }

    public var byteCount: Int { content.byteCount }

    /// A copy of the bytes.
    public var bytes: [UInt8] {
        guard let mapping = MemoryMapping(content, byteCount: content.byteCount, isWritable: false) else { return [] }
        return [UInt8](mapping.bytes)
    }
}

extension DocumentError {
    static func fileTooLarge(_ name: String, byteCount: Int, limits: PageLimits) -> DocumentError {
        DocumentError(
            .fileTooLarge, file: name,
            "the file has \(byteCount) bytes, more than the limit of \(limits.maximumFileBytes); "
                + "split it or reduce its pictures, or raise the limit.")
    }

    static func noMemory(_ name: String) -> DocumentError {
        DocumentError(.outOfResources, file: name, "no memory is left for the file; free memory or end other programs.")
    }

    static func sharedMemory(_ name: String) throws(DocumentError) -> SharedMemory {
        guard let memory = SharedMemory(name: "gleaner-document") else { throw noMemory(name) }
        return memory
    }
}
