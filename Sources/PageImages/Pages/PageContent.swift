/// What a page holds beside its pixels.
public struct PageContent: Sendable, Equatable {
    /// The text layer, in reading order; empty for a picture or a scan that nobody ran through OCR.
    public var words: [PageWord]
    public var origin: PageOrigin
    /// Dots per inch of a picture, or of the picture that a scanned PDF page consists of; nil where unknown.
    public var resolution: Double?
    /// Whether nothing is printed on it.
    public var isBlank: Bool
    /// What the library complained about while it read the page, each once: a picture it could not decode, a missing
    /// font.
    public var complaints: [String]

    public init(
        words: [PageWord] = [], origin: PageOrigin, resolution: Double? = nil, isBlank: Bool = false,
        complaints: [String] = []
    ) {
        self.words = words
        self.origin = origin
        self.resolution = resolution
        self.isBlank = isBlank
        self.complaints = complaints
    }
}

/// Where a page comes from.
public enum PageOrigin: UInt8, Sendable, Equatable, CaseIterable {
    /// A PDF page drawn from text and lines.
    case bornDigital = 1
    /// A PDF page that is one picture, with or without a text layer behind it.
    case scan
    /// A PNG, JPEG or TIFF page.
    case picture
}

/// A word of a page's text layer.
public struct PageWord: Sendable, Equatable {
    public var text: String
    /// Its box in points from the upper left corner of the upright page.
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(text: String, x: Double, y: Double, width: Double, height: Double) {
        self.text = text
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}
