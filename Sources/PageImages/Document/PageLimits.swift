/// Bounds on what one document may cost; beyond them it is refused with a clear error.
public struct PageLimits: Sendable, Equatable {
    /// Largest file in bytes. The whole file is held in memory.
    public var maximumFileBytes: Int
    /// Most pixels of one decoded picture or rendered page; each costs three or four bytes, a progressive JPEG up to
    /// nine while it is decoded.
    public var maximumPixels: Int
    /// Most pixels of all pages of a document together, as they are decoded or drawn.
    public var maximumDocumentPixels: Int
    /// Most pages of a document.
    public var maximumPages: Int
    /// Longest time to open a document or to draw one page. Some files keep poppler busy for hours.
    public var maximumSecondsPerPage: Int

    /// 256 MiB, 100 megapixels a page (above a 600 dpi scan of A3), 4 gigapixels, 10,000 pages, 60 seconds.
    public init(
        maximumFileBytes: Int = 256 << 20, maximumPixels: Int = 100_000_000,
        maximumDocumentPixels: Int = 4_000_000_000, maximumPages: Int = 10_000, maximumSecondsPerPage: Int = 60
    ) {
        self.maximumFileBytes = maximumFileBytes
        self.maximumPixels = maximumPixels
        self.maximumDocumentPixels = maximumDocumentPixels
        self.maximumPages = maximumPages
        self.maximumSecondsPerPage = maximumSecondsPerPage
    }
}
