/// The bytes of one document and their kind, told by content and not by name.
public struct DocumentFile: Sendable {
    /// How errors name the document: a path, or what the caller calls the bytes.
    public let name: String
    public let kind: DocumentKind
    public let bytes: [UInt8]
    public let limits: PageLimits

    /// Takes bytes that are in memory already.
    ///
    /// - Throws: `emptyFile`, `fileTooLarge` or `unknownContent`.
    public init(bytes: [UInt8], name: String, limits: PageLimits = PageLimits()) throws(DocumentError) {
        guard !bytes.isEmpty else {
            throw DocumentError(.emptyFile, file: name, "the file is empty; copy or download it again.")
        }
        guard bytes.count <= limits.maximumFileBytes else {
            throw .fileTooLarge(name, byteCount: bytes.count, limits: limits)
        }
        guard let kind = DocumentKind(startOf: bytes) else {
            let content = ForeignContent(lookingAt: bytes)
            throw DocumentError(
                .unknownContent(content), file: name,
                "this is not a PDF, PNG or JPEG but looks like \(content.rawValue); \(content.remedy).")
        }
        self.name = name
        self.kind = kind
        self.bytes = bytes
        self.limits = limits
    }

    /// Reads a regular file whole.
    ///
    /// - Throws: `missingFile`, `isDirectory`, `notReadable`, and what `init(bytes:name:limits:)` throws. A file above
    ///   the size limit is refused before it is read.
    ///
    /// - Parameter name: how errors name the document; nil: its path.
    public init(path: String, name: String? = nil, limits: PageLimits = PageLimits()) throws(DocumentError) {
        try self.init(bytes: Self.readFile(path, limits: limits), name: name ?? path, limits: limits)
    }
}

extension DocumentError {
    static func fileTooLarge(_ name: String, byteCount: Int, limits: PageLimits) -> DocumentError {
        DocumentError(
            .fileTooLarge, file: name,
            "the file has \(byteCount) bytes, more than the limit of \(limits.maximumFileBytes); "
                + "split it or reduce its pictures, or raise the limit.")
    }
}
