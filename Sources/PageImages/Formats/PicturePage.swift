import CImageCodecs

/// What the header of a picture says of the page that it is.
struct PicturePage {
    /// Of the upright picture.
    let size: PixelSize
    let facts: PageFacts

    /// Checks the size before anything is allocated for pixels.
    ///
    /// - Throws: `tooManyPixels`, or `corrupt` for a picture without pixels.
    init(_ header: codec_header, limits: PageLimits) throws(PageFault) {
        let orientation = Orientation(tag: Int(header.orientation))
        var (width, height) = (Int(header.width), Int(header.height))
        var (dpiWide, dpiHigh) = (header.dpi_x, header.dpi_y)
        if orientation.swapsSides {
            swap(&width, &height)
            swap(&dpiWide, &dpiHigh)
        }
        guard width > 0, height > 0 else { throw PageFault(.corrupt, "it has no pixels") }
        guard width <= limits.maximumPixels / height else {
            let (count, overflow) = width.multipliedReportingOverflow(by: height)
            throw PageFault(
                .tooManyPixels,
                "\(width) x \(height) pixels are more than the limit of \(limits.maximumPixels)",
                count: overflow ? .max : count)
        }
        size = PixelSize(width: width, height: height)
        let isDeclared = Self.plausible.contains(dpiWide) && Self.plausible.contains(dpiHigh)
        facts = PageFacts(
            pointsWide: isDeclared ? Double(width) * 72 / dpiWide : Double(width),
            pointsHigh: isDeclared ? Double(height) * 72 / dpiHigh : Double(height),
            rotation: orientation.rotation, isMirrored: orientation.isMirrored, pixels: size,
            resolution: isDeclared ? Self.rounded(min(dpiWide, dpiHigh)) : nil)
    }

    /// Dots per inch that may be meant; others are placeholders or mistakes.
    private static let plausible = 36.0...2400.0

    /// To hundredths: PNG counts whole dots a metre, which makes 299.9994 of 300.
    private static func rounded(_ dpi: Double) -> Double {
        (dpi * 100).rounded() / 100
    }
}
