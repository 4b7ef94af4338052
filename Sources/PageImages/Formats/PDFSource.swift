import CPoppler

/// An open PDF, through poppler. `PDFFonts.prepare` must have been called in this process.
///
/// It stays open, and so does the page last drawn or read: the tiles of a page and its text come one after the other.
final class PDFSource: PageSource {
    let pageCount: Int
    private let document: OpaquePointer
    private var currentPage: (index: Int, page: PDFPage)?
    /// What was said while the document was opened; shown with its first page.
    private let openingComplaints: [String]

    /// Opens the PDF without a password, then with each of those given.
    ///
    /// - Parameter bytes: must stay in place for as long as the source lives.
    /// - Throws: `truncated`, `encrypted`, `corrupt`, `tooManyPages`.
    init(bytes: UnsafeRawBufferPointer, passwords: [String], limits: PageLimits) throws(PageFault) {
        if let defect = PDFTrailer.defect(of: bytes) { throw PageFault(.truncated, defect) }
        pdf_forget_complaints()
        document = try Self.open(bytes, passwords: passwords)
        openingComplaints = PDFPage.complaints()
        pageCount = Int(pdf_document_page_count(document))
        // From here on `deinit` closes the document, also after an error.
        if pageCount == 0 { throw PageFault(.truncated, "no pages can be found") }
        if pageCount > limits.maximumPages {
            throw PageFault(.tooManyPages, "it has \(pageCount) pages", count: pageCount)
        }
    }

    deinit {
        currentPage = nil
        pdf_document_close(document)
    }

    private static func open(_ bytes: UnsafeRawBufferPointer, passwords: [String]) throws(PageFault) -> OpaquePointer {
        var fault = PageFault(.encrypted, "it needs a password")
        for password in [nil] + passwords.map(Optional.some) {
            do throws(PageFault) {
                return try open(bytes, password: password)
            } catch  where error.code == .encrypted {
                if password != nil { fault = PageFault(.encrypted, "none of the passwords given opens it") }
            }
        }
        throw fault
    }

    private static func open(_ bytes: UnsafeRawBufferPointer, password: String?) throws(PageFault) -> OpaquePointer {
        var document: OpaquePointer?
        try PageFault.checkPDF { message in
            if let password {
                password.withCString { pdf_document_open(bytes.baseAddress, bytes.count, $0, &document, message) }
            } else {
                pdf_document_open(bytes.baseAddress, bytes.count, nil, &document, message)
            }
        }
        guard let document else { throw PageFault(.corrupt, "it cannot be opened") }
        return document
    }

    func facts(page index: Int) throws(PageFault) -> PageFacts {
        // Called for every page in turn: none of them becomes the current one.
        guard let page = PDFPage(document: document, index: index) else {
            return PageFacts(pointsWide: 0, pointsHigh: 0)
        }
        let size = page.size
        return PageFacts(pointsWide: size.width, pointsHigh: size.height, rotation: page.rotation)
    }

    func draw(
        page index: Int, region: PixelRect, natural: PixelSize, size: PixelSize,
        into pixels: UnsafeMutableRawBufferPointer
    ) throws(PageFault) -> [String] {
        try page(index).draw(region: region, natural: natural, size: size, into: pixels)
        return complaints(page: index)
    }

    func isBlank(page index: Int) throws(PageFault) -> (isBlank: Bool, complaints: [String]) {
        (try page(index).isBlank(), complaints(page: index))
    }

    func content(page index: Int) throws(PageFault) -> PageContent {
        var content = try page(index).content()
        content.complaints = complaints(page: index)
        return content
    }

    private func complaints(page index: Int) -> [String] {
        (index == 0 ? openingComplaints : []) + PDFPage.complaints()
    }

    /// The page, kept until another one is asked for.
    private func page(_ index: Int) throws(PageFault) -> PDFPage {
        if let currentPage, currentPage.index == index { return currentPage.page }
        currentPage = nil
        pdf_forget_complaints()
        guard let page = PDFPage(document: document, index: index) else {
            throw index < pageCount
                ? PageFault(.corrupt, "the page object cannot be read")
                : PageFault(.noSuchPage, "there is no such page")
        }
        page.showAsPrinted()
        currentPage = (index, page)
        return page
    }
}
