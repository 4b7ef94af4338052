/// An open document: the pages of a PDF, or the one page that a PNG or JPEG picture is.
///
/// Pages count from 1, as readers count them. Immutable, so it may be used from several threads at the same time. PDFs
/// are opened and drawn in child processes, because poppler can neither be interrupted nor trusted to survive every
/// file; each call opens the PDF anew, which costs milliseconds.
public final class Document: Sendable {
    public let name: String
    public let kind: DocumentKind
    public let limits: PageLimits
    /// Of each page, in points; of a picture, one point a pixel. Zero where a PDF page cannot be read.
    let pageSizes: [(width: Double, height: Double)]
    let bytes: [UInt8]
    /// 3 or 4.
    let channels: Int

    public var pageCount: Int { pageSizes.count }

    /// Opens a document; of a picture only the header is read.
    ///
    /// - Throws: `truncated`, `corrupt`, `unsupported`, `encrypted`, `tooManyPages`, `tooManyPixels`, `tooSlow` or
    ///   `outOfResources`.
    public init(_ file: DocumentFile) throws(DocumentError) {
        name = file.name
        kind = file.kind
        limits = file.limits
        bytes = file.bytes
        if file.kind == .pdf {
            pageSizes = try Self.readPageSizes(file)
            channels = 3
        } else {
            let header = try Self.readHeader(file)
            pageSizes = [(Double(header.width), Double(header.height))]
            channels = Int(header.channels)
        }
    }

    /// Reads and opens the file at `path`.
    public convenience init(path: String, limits: PageLimits = PageLimits()) throws(DocumentError) {
        try self.init(DocumentFile(path: path, limits: limits))
    }

    /// Size of a page in points (1/72 inch): a PDF page's crop box after its rotation; of a picture, one point a pixel.
    ///
    /// - Throws: `pageOutOfRange`, or `corrupt` for a page without a readable size.
    public func pageSizePoints(_ page: Int) throws(DocumentError) -> (width: Double, height: Double) {
        try checkRange(page)
        let size = pageSizes[page - 1]
        guard size.width > 0, size.height > 0, size.width.isFinite, size.height.isFinite else {
            throw DocumentError(
                .corrupt(.pdf), file: name, page: page,
                "the page cannot be read or has no area; print the PDF to a new PDF and use that.")
        }
        return size
    }

    func checkRange(_ page: Int) throws(DocumentError) {
        guard page >= 1, page <= pageCount else {
            let pages = pageCount == 1 ? "the document has one page" : "the document has pages 1 to \(pageCount)"
            throw DocumentError(.pageOutOfRange, file: name, page: page, "there is no such page; \(pages).")
        }
    }
}

extension DocumentError {
    static func tooManyPixels(_ name: String, page: Int, size: PixelSize, limits: PageLimits) -> DocumentError {
        DocumentError(
            .tooManyPixels, file: name, page: page,
            "\(size.width) x \(size.height) pixels are more than the limit of \(limits.maximumPixels); "
                + "scale it down or raise the limit.")
    }
}
