import PageImages

/// The pages of a document that a model reads, and those that it is spared.
struct ReadPages {
    /// The pages that are read, from 1.
    private(set) var pages: [Int] = []
    /// What the model is shown of them, in reading order.
    private(set) var images: [PageImage] = []
    /// The blank pages that are left out.
    private(set) var skipped: [Int] = []
    /// What people should know of it, a line each.
    private(set) var warnings: [String] = []

    /// Tokens of the images.
    private var tokenCount = 0

    /// Lays out the chosen pages; where blank ones are to be left out, each is drawn once, and small.
    ///
    /// - Parameter check: called after each page that is read, with the tokens so far; throws where these are too many.
    init(
        of document: Document, chosen: [Int], view: PageView, blankPages: BlankPages,
        check: (Int) throws(ExtractionError) -> Void
    ) throws(ExtractionError) {
        for page in chosen {
            if blankPages == .skip, try isBlank(page, of: document) {
                skipped.append(page)
            } else {
                try add(page, of: document, view: view)
                try check(tokenCount)
            }
        }
        if pages.isEmpty, !skipped.isEmpty {
            for page in skipped {
                try add(page, of: document, view: view)
                try check(tokenCount)
            }
            skipped = []
            warnings.append("every page to be read is blank, so none was left out")
        }
        let images = images
        try ExtractionError.wrapping { () throws(DocumentError) in try view.check(images, of: document) }
    }

    /// A page that could not be drawn as it is meant may look blank, and is not.
    private mutating func isBlank(_ page: Int, of document: Document) throws(ExtractionError) -> Bool {
        let (isBlank, complaints) = try ExtractionError.wrapping { () throws(DocumentError) in
            try document.blankness(page: page)
        }
        guard isBlank, let complaint = complaints.first else { return isBlank }
        warnings.append("page \(page) looks blank, but may lack something, so it was read (\(complaint))")
        return false
    }

    private mutating func add(_ page: Int, of document: Document, view: PageView) throws(ExtractionError) {
        let more = try ExtractionError.wrapping { () throws(DocumentError) in
            try view.images(of: document, page: page)
        }
        pages.append(page)
        images += more
        tokenCount += more.reduce(0) { $0 + $1.grid.promptTokenCount }
    }
}

extension ExtractionError {
    /// What a document's reading gives; its errors become those of an extraction.
    static func wrapping<Value>(
        _ read: () throws(DocumentError) -> Value
    ) throws(ExtractionError) -> Value {
        do {
            return try read()
        } catch {
            throw .document(error)
        }
    }
}
