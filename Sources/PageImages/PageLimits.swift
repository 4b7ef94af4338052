/// Bounds on what one document may cost; beyond them it is refused with a clear error.
public struct PageLimits: Sendable, Equatable {
    /// Largest file in bytes. The whole file is held in memory.
    public var maximumFileBytes: Int
    /// Most pixels of one decoded picture or rendered page; each costs three or four bytes, a progressive JPEG up to
    /// nine while it is decoded.
    public var maximumPixels: Int
    /// Most pages of a PDF.
    public var maximumPages: Int
    /// Longest time to open a PDF or to draw one page. Some files keep poppler busy for hours.
    public var maximumSecondsPerPage: Int

    /// 256 MiB, 100 megapixels (above a 600 dpi scan of A3), 10,000 pages, 60 seconds.
    public init(
        maximumFileBytes: Int = 256 << 20, maximumPixels: Int = 100_000_000, maximumPages: Int = 10_000,
        maximumSecondsPerPage: Int = 60
    ) {
        self.maximumFileBytes = maximumFileBytes
        self.maximumPixels = maximumPixels
        self.maximumPages = maximumPages
        self.maximumSecondsPerPage = maximumSecondsPerPage
    }
}
