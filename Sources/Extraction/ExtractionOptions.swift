/// How one document is read.
public struct ExtractionOptions: Sendable {
    /// The most tokens an answer takes unless `maximumTokens` says otherwise, where the context has room for them.
    public static let defaultMaximumTokens = 2048
    /// 2 pixels a point: 8-point text is 16 pixels high, and an A4 page meets the 1540-pixel limit of Mistral Small 3.2.
    public static let defaultResolution = 144.0

    public var pages: PageSelection = .all
    /// The most tokens to generate; nil: the default, or what the context leaves if that is less.
    public var maximumTokens: Int?
    /// 0 takes the likeliest token at every step.
    public var temperature: Float = 0
    /// Of the random numbers that a temperature above 0 draws.
    public var seed: UInt64 = 0
    /// Dots per inch at which a PDF page is drawn, unless the model's largest image is smaller.
    public var resolution: Double = defaultResolution
    /// Tried one after the other on documents that need one.
    public var passwords: [String] = []
    public var blankPages = BlankPages.keep

    public init() {}

    /// Every option that can change a record, as text: the same for options that give the same record. Passwords are
    /// none: they decide whether there is one.
    public var identity: String {
        "pages \(pages), max_tokens \(maximumTokens.map(String.init) ?? "default"), resolution \(resolution), "
            + (temperature == 0 ? "greedy" : "temperature \(temperature), seed \(seed)")
            + (blankPages == .skip ? ", without blank pages" : "")
    }
}

/// What becomes of pages on which nothing is printed.
public enum BlankPages: String, Sendable, CaseIterable {
    /// They are read as any other.
    case keep
    /// They are not shown to the model; the result lists them. Where all pages are blank, all are read.
    case skip
}

/// What the engine is doing with a document, as it happens.
public enum ExtractionProgress: Sendable {
    /// Images are pages, or tiles of long pages.
    case rendering(image: Int, of: Int)
    /// `share` of all images' vision tower work, 0 to 1.
    case encoding(share: Double)
    /// `share` of the prompt, 0 to 1.
    case prefilling(share: Double)
    case decoding(tokens: Int, tokensPerSecond: Double)
}
