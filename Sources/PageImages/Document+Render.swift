import CImageCodecs

extension Document {
    /// The size at which a page is seen at `resolution` dots per inch; a picture has its own pixels at any resolution.
    ///
    /// - Throws: as `pageSizePoints`, and `invalidRenderSize` for a resolution that is not positive.
    public func naturalSize(page: Int, resolution: Double) throws(DocumentError) -> PixelSize {
        let points = try pageSizePoints(page)
        if kind != .pdf { return PixelSize(width: Int(points.width), height: Int(points.height)) }
        guard let size = PixelSize(pointsWide: points.width, pointsHigh: points.height, resolution: resolution) else {
            throw DocumentError(
                .invalidRenderSize, file: name, page: page,
                "the page cannot be drawn at \(resolution) dots per inch; give a resolution such as 144.")
        }
        return size
    }

    /// The pixels of one page.
    ///
    /// A PDF page is drawn on white at exactly the size that `targetSize` makes of its natural size, stretched where
    /// the proportions differ, so that nothing is resampled afterwards. A picture is decoded as it is: `resolution` and
    /// `targetSize` play no part, and its orientation tag (EXIF) is not applied.
    ///
    /// - Throws: `pageOutOfRange`, `tooManyPixels`, `invalidRenderSize`, `truncated`, `corrupt`, `unsupported`,
    ///   `tooSlow` or `outOfResources`.
    public func render(
        page: Int, resolution: Double, targetSize: (PixelSize) -> PixelSize = { $0 }
    ) throws(DocumentError) -> Raster {
        try checkRange(page)
        return kind == .pdf
            ? try draw(page: page, size: targetSize(try naturalSize(page: page, resolution: resolution)))
            : try decode()
    }

    private func draw(page: Int, size: PixelSize) throws(DocumentError) -> Raster {
        // Cairo pictures have sides of at most 32767 pixels.
        guard size.width > 0, size.height > 0, size.width <= 32767, size.height <= 32767 else {
            throw DocumentError(
                .invalidRenderSize, file: name, page: page,
                "the page cannot be drawn at \(size.width) x \(size.height) pixels; choose 1 to 32767 a side.")
        }
        guard size.width <= limits.maximumPixels / size.height else {
            throw .tooManyPixels(name, page: page, size: size, limits: limits)
        }
        do throws(PDFRenderer.Failure) {
            let pixels = try PDFRenderer.render(bytes, page: page - 1, size: size, limits: limits)
            return Raster(width: size.width, height: size.height, hasAlpha: false, pixels: pixels)
        } catch {
            throw Self.pdfError(error, name: name, page: page, limits: limits)
        }
    }

    private func decode() throws(DocumentError) -> Raster {
        let codec: PictureCodec = kind == .png ? .png : .jpeg
        let (width, height) = (Int(pageSizes[0].width), Int(pageSizes[0].height))
        let header = codec_header(width: UInt32(width), height: UInt32(height), channels: Int32(channels))
        do throws(PictureCodec.Failure) {
            let pixels = try codec.pixels(of: bytes, header: header)
            return Raster(width: width, height: height, hasAlpha: channels == 4, pixels: pixels)
        } catch {
            throw Self.pictureError(error, name: name, kind: kind)
        }
    }
}
