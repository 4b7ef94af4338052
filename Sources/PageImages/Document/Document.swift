/// An open document: the pages of a PDF or TIFF, or the one page that a PNG or JPEG picture is.
///
/// Pages count from 1, as readers count them. Immutable, so it may be used from several threads at the same time. It is
/// parsed and drawn in the worker processes of its `PageReader`; when one is lost, the next opens it anew.
public final class Document: Sendable {
    public let name: String
    public let kind: DocumentKind
    public let limits: PageLimits
    public var pageCount: Int { pages.count }

    let pages: [PageFacts]
    private let content: SharedMemory
    private let passwords: [String]
    private let reader: PageReader
    private let number: Int

    init(_ file: DocumentFile, passwords: [String], reader: PageReader) throws(DocumentError) {
        name = file.name
        kind = file.kind
        limits = file.limits
        content = file.content
        // Longer ones open nothing: a PDF's password has 127 bytes at most (ISO 32000-2, 7.6.4.3.3).
        let passwords = passwords.filter { $0.utf8.count <= WorkerRequest.maximumPasswordBytes }
        self.passwords = passwords
        self.reader = reader
        let number = reader.nextDocument()
        self.number = number
        let call = DocumentCall(
            name: file.name, kind: file.kind, limits: file.limits, content: file.content, passwords: passwords,
            reader: reader, number: number)
        pages = try call.facts()
        guard !pages.isEmpty else {
            throw DocumentError(
                .truncated(kind), file: name,
                "no pages can be found in the \(kind.rawValue): it is cut short or damaged; get the file again.")
        }
    }

    deinit { reader.release(number) }

    /// What is known of a page without drawing it.
    ///
    /// - Throws: `pageOutOfRange`, or `corrupt` for a page without a readable size.
    public func facts(page: Int) throws(DocumentError) -> PageFacts {
        guard page >= 1, page <= pageCount else {
            let pages = pageCount == 1 ? "the document has one page" : "the document has pages 1 to \(pageCount)"
            throw DocumentError(.pageOutOfRange, file: name, page: page, "there is no such page; \(pages).")
        }
        let facts = pages[page - 1]
        guard facts.pointsWide > 0, facts.pointsHigh > 0 else {
            throw DocumentError(
                .corrupt(kind), file: name, page: page,
                "the page cannot be read or has no area; print the document to a new PDF and use that.")
        }
        return facts
    }

    /// Asks a worker that has this document open.
    func call(page: Int) -> DocumentCall {
        DocumentCall(
            name: name, kind: kind, limits: limits, content: content, passwords: passwords, reader: reader,
            number: number, page: page)
    }
}
