import CImageCodecs

/// A TIFF of one or more pages.
final class TIFFSource: PageSource {
    private let codec: TIFFCodec
    private let pages: [(directory: tiff_page, page: PicturePage)]
    private var cache = PictureCache()

    var pageCount: Int { pages.count }

    /// Reads the directories of all pages, but no pixels.
    ///
    /// - Throws: `truncated`, `corrupt`, `tooManyPages`, `tooManyPixels` (of one page or of all together) or
    ///   `outOfMemory`.
    init(bytes: UnsafeRawBufferPointer, limits: PageLimits) throws(PageFault) {
        codec = try TIFFCodec(bytes)
        let directories = try Self.pageDirectories(of: codec, limits: limits)
        var pages: [(directory: tiff_page, page: PicturePage)] = []
        var pixelCount = 0
        for directory in directories {
            let page = try PicturePage(directory.header, limits: limits)
            pixelCount += page.size.width * page.size.height
            guard pixelCount <= limits.maximumDocumentPixels else {
                throw PageFault(
                    .tooManyPixels,
                    "its pages have \(pixelCount) pixels or more together, above the limit of "
                        + "\(limits.maximumDocumentPixels)", count: pixelCount)
            }
            pages.append((directory, page))
        }
        self.pages = pages
    }

    /// Masks, and smaller copies of other pages, are no pages, unless there is nothing else.
    private static func pageDirectories(of codec: TIFFCodec, limits: PageLimits) throws(PageFault) -> [tiff_page] {
        let count = codec.directoryCount
        guard count <= limits.maximumPages else { throw PageFault(.tooManyPages, "\(count) pages", count: count) }
        var directories: [tiff_page] = []
        for _ in 0..<count { directories.append(try codec.readNext()) }
        let pages = directories.filter { $0.is_auxiliary == 0 }
        return pages.isEmpty ? directories : pages
    }

    func facts(page index: Int) throws(PageFault) -> PageFacts {
        try checkRange(index)
        return pages[index].page.facts
    }

    func draw(
        page index: Int, region: PixelRect, natural: PixelSize, size: PixelSize,
        into pixels: UnsafeMutableRawBufferPointer
    ) throws(PageFault) -> [String] {
        try checkRange(index)
        let (directory, page) = pages[index]
        try cache.draw(page: index, region: region, of: page.size, into: pixels) { target throws(PageFault) in
            try codec.decode(directory, into: target)
        }
        return []
    }

    func isBlank(page index: Int) throws(PageFault) -> (isBlank: Bool, complaints: [String]) {
        try checkRange(index)
        let (directory, page) = pages[index]
        let pixels = try cache.pixels(page: index, size: page.size) { target throws(PageFault) in
            try codec.decode(directory, into: target)
        }
        return (BlankPage.isBlank(pixels, size: page.size), [])
    }

    func content(page index: Int) throws(PageFault) -> PageContent {
        try checkRange(index)
        return PageContent(
            origin: .picture, resolution: pages[index].page.facts.resolution,
            isBlank: try isBlank(page: index).isBlank)
    }
}
