/// What is known of a page without drawing it.
public struct PageFacts: Sendable, Equatable {
    /// Width of the upright page in points (1/72 inch): a PDF page's crop box after its rotation; of a picture, by its
    /// declared resolution, or one point a pixel where it declares none.
    public var pointsWide: Double
    /// Its height in points. Zero, as the width, where a PDF page cannot be read.
    public var pointsHigh: Double
    /// Degrees clockwise by which the stored page was turned to stand upright: 0, 90, 180 or 270.
    public var rotation: Int
    /// Whether it was mirrored left to right too, before it was turned (EXIF orientations 2, 4, 5 and 7).
    public var isMirrored: Bool
    /// Pixels of the upright picture; nil for a PDF page, which has no size of its own.
    public var pixels: PixelSize?
    /// Dots per inch that a picture declares; nil where it does not, and for PDF pages.
    public var resolution: Double?

    public init(
        pointsWide: Double, pointsHigh: Double, rotation: Int = 0, isMirrored: Bool = false, pixels: PixelSize? = nil,
        resolution: Double? = nil
    ) {
        self.pointsWide = pointsWide
        self.pointsHigh = pointsHigh
        self.rotation = rotation
        self.isMirrored = isMirrored
        self.pixels = pixels
        self.resolution = resolution
    }
}
