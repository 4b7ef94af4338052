import Extraction
import JSONSchema
import PageImages

/// All that is known of a page.
struct PageReport {
    let page: Int
    let facts: PageFacts
    let images: [PageImage]
    private let content: PageContent?
    /// What the libraries complained about, or why the page's content is not known.
    let complaints: [String]

    /// The page is still shown where its content cannot be found out: some pages are drawn at once, but keep poppler busy
    /// for minutes with their pictures.
    init(_ page: Int, of document: Document, _ view: PageView) throws(DocumentError) {
        self.page = page
        facts = try document.facts(page: page)
        images = try view.images(of: document, page: page)
        do throws(DocumentError) {
            let content = try document.content(page: page)
            self.content = content
            complaints = content.complaints
        } catch {
            content = nil
            complaints = ["its words and pictures are not known: \(error.message)"]
        }
    }

    var words: [PageWord] { content?.words ?? [] }

    var isBlank: Bool { content?.isBlank ?? false }

    /// Dots per inch, of the picture that the page is or consists of.
    var dotsPerInch: Double? { content?.resolution ?? facts.resolution }

    var origin: String {
        switch content?.origin {
        case .bornDigital: "digital"
        case .scan: "scan"
        case .picture: "picture"
        case nil: "unknown"
        }
    }

    /// The page as one JSON object.
    ///
    /// - Parameter file: where an image was written, if it was.
    func value(of document: Document, withWords: Bool, _ file: (PageImage) -> String?) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("file", .string(document.name)),
            ("kind", .string(document.kind.rawValue)),
            ("page", .number(JSONNumber(page))),
            ("page_count", .number(JSONNumber(document.pageCount))),
            ("points", .array([Self.number(facts.pointsWide), Self.number(facts.pointsHigh)])),
            ("rotation", .number(JSONNumber(facts.rotation))),
            ("mirrored", .bool(facts.isMirrored)),
            ("origin", .string(origin)),
            ("dpi", dotsPerInch.map(Self.number) ?? .null),
            ("blank", .bool(isBlank)),
            ("word_count", .number(JSONNumber(words.count))),
            ("complaints", .array(complaints.map { .string($0) })),
            ("images", .array(images.map { Self.value(of: $0, file($0)) })),
        ]
        if withWords { members.append(("words", .array(words.map(Self.value(of:))))) }
        return .object(JSONObject(members.map { (key: $0.0, value: $0.1) }))
    }

    private static func value(of image: PageImage, _ file: String?) -> JSONValue {
        guard case .object(var object) = image.report, let file else { return image.report }
        object["file"] = .string(file)
        return .object(object)
    }

    private static func value(of word: PageWord) -> JSONValue {
        [
            "text": .string(word.text),
            "box": .array([number(word.x), number(word.y), number(word.width), number(word.height)]),
        ]
    }

    /// Points and dots per inch to a hundredth; null for what is no number, as a damaged page may have it.
    private static func number(_ value: Double) -> JSONValue {
        let hundredths = (value * 100).rounded()
        return hundredths.isFinite ? .number(JSONNumber(hundredths / 100)) : .null
    }
}
