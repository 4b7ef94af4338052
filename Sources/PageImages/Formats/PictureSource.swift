/// A PNG or JPEG picture: a document of one page.
final class PictureSource: PageSource {
    private let bytes: UnsafeRawBufferPointer
    private let codec: PictureCodec
    private let page: PicturePage
    private var cache = PictureCache()

    let pageCount = 1

    /// Reads the header only.
    ///
    /// - Throws: `truncated`, `corrupt`, `unsupported`, `tooManyPixels` or `outOfMemory`.
    init(bytes: UnsafeRawBufferPointer, kind: DocumentKind, limits: PageLimits) throws(PageFault) {
        self.bytes = bytes
        codec = kind == .png ? .png : .jpeg
        page = try PicturePage(codec.header(of: bytes), limits: limits)
    }

    func facts(page index: Int) throws(PageFault) -> PageFacts {
        try checkRange(index)
        return page.facts
    }

    func draw(
        page index: Int, region: PixelRect, natural: PixelSize, size: PixelSize,
        into pixels: UnsafeMutableRawBufferPointer
    ) throws(PageFault) -> [String] {
        try checkRange(index)
        try cache.draw(page: index, region: region, of: page.size, into: pixels, decode)
        return []
    }

    func isBlank(page index: Int) throws(PageFault) -> (isBlank: Bool, complaints: [String]) {
        try checkRange(index)
        let pixels = try cache.pixels(page: index, size: page.size, decode)
        return (BlankPage.isBlank(pixels, size: page.size), [])
    }

    func content(page index: Int) throws(PageFault) -> PageContent {
        PageContent(
            origin: .picture, resolution: page.facts.resolution, isBlank: try isBlank(page: index).isBlank)
    }

    private func decode(into pixels: UnsafeMutableRawBufferPointer) throws(PageFault) {
        try codec.decode(bytes, into: pixels)
    }
}
