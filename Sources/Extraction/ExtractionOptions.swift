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

    public init() {}

    /// Every option that can change a record, as text: the same for options that give the same record.
    public var identity: String {
        "pages \(pages), max_tokens \(maximumTokens.map(String.init) ?? "default"), resolution \(resolution), "
            + (temperature == 0 ? "greedy" : "temperature \(temperature), seed \(seed)")
    }
}

/// What the engine is doing with a document, as it happens.
public enum ExtractionProgress: Sendable {
    case rendering(page: Int, of: Int)
    /// `share` of all pages' vision tower work, 0 to 1.
    case encoding(share: Double)
    /// `share` of the prompt, 0 to 1.
    case prefilling(share: Double)
    case decoding(tokens: Int, tokensPerSecond: Double)
}
