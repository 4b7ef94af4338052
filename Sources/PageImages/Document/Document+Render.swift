extension Document {
    /// The size at which a page is seen at `resolution` dots per inch; a picture has its own pixels at any resolution.
    ///
    /// - Throws: as `facts`, and `invalidRenderSize` for a resolution that is not positive.
    public func naturalSize(page: Int, resolution: Double) throws(DocumentError) -> PixelSize {
        let facts = try facts(page: page)
        if let pixels = facts.pixels { return pixels }
        guard
            let size = PixelSize(pointsWide: facts.pointsWide, pointsHigh: facts.pointsHigh, resolution: resolution)
        else {
            throw DocumentError(
                .invalidRenderSize, file: name, page: page,
                "the page cannot be drawn at \(resolution) dots per inch; give a resolution such as 144.")
        }
        return size
    }

    /// The pixels of one page, or of a part of it: RGB, upright, on white.
    ///
    /// A PDF page is drawn at exactly the size that `targetSize` makes of the part's natural size, stretched where the
    /// proportions differ, so that nothing is resampled afterwards. A picture is decoded as it is: `resolution` and
    /// `targetSize` play no part.
    ///
    /// - Parameter region: the part, in pixels of the page at its natural size; nil: all of it.
    /// - Throws: `pageOutOfRange`, `tooManyPixels`, `invalidRenderSize`, `truncated`, `corrupt`, `unsupported`,
    ///   `tooSlow`, `tooMuchMemory`, `crashed`, `forbidden`, `outOfResources` or `noSandbox`.
    public func render(
        page: Int, resolution: Double, region: PixelRect? = nil, targetSize: (PixelSize) -> PixelSize = { $0 }
    ) throws(DocumentError) -> Raster {
        try draw(page: page, resolution: resolution, region: region, targetSize: targetSize).raster
    }

    /// As `render`, with what the library complained about: where a picture or a font could not be read, the page lacks
    /// something.
    public func draw(
        page: Int, resolution: Double, region: PixelRect? = nil, targetSize: (PixelSize) -> PixelSize = { $0 }
    ) throws(DocumentError) -> (raster: Raster, complaints: [String]) {
        let natural = try naturalSize(page: page, resolution: resolution)
        let region = region ?? PixelRect(natural)
        guard region.isInside(natural) else {
            throw DocumentError(
                .invalidRenderSize, file: name, page: page,
                "the part to draw does not lie within the page's \(natural.width) x \(natural.height) pixels.")
        }
        let size = kind == .pdf ? targetSize(region.size) : region.size
        try check(size, page: page)
        // Of a picture all is decoded, whatever the part.
        if kind != .pdf { try check(natural, page: page) }
        let (pixels, complaints) = try call(page: page).pixels(region: region, natural: natural, size: size)
        return (Raster(width: size.width, height: size.height, hasAlpha: false, pixels: pixels), complaints)
    }

    /// Whether nothing is printed on a page; with complaints as of `draw`, for such a page may only look blank. It is drawn
    /// for that, small.
    ///
    /// - Throws: as `render`.
    public func blankness(page: Int) throws(DocumentError) -> (isBlank: Bool, complaints: [String]) {
        _ = try facts(page: page)
        return try call(page: page).blankness()
    }

    /// Words, and what kind of page it is. Takes about as long as drawing the page.
    ///
    /// - Throws: as `render`.
    public func content(page: Int) throws(DocumentError) -> PageContent {
        _ = try facts(page: page)
        return try call(page: page).pageContent()
    }

    private func check(_ size: PixelSize, page: Int) throws(DocumentError) {
        // Pictures of cairo, which draws some of the PDF pages, have sides of at most 32767 pixels.
        let longest = kind == .pdf ? 32767 : Int(Int32.max)
        guard size.width > 0, size.height > 0, size.width <= longest, size.height <= longest else {
            throw DocumentError(
                .invalidRenderSize, file: name, page: page,
                "the page cannot be drawn at \(size.width) x \(size.height) pixels; choose 1 to \(longest) a side.")
        }
        guard size.width <= limits.maximumPixels / size.height else {
            throw DocumentError(
                .tooManyPixels, file: name, page: page,
                "\(size.width) x \(size.height) pixels are more than the limit of \(limits.maximumPixels); "
                    + "scale it down or raise the limit.")
        }
    }
}
