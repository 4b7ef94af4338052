import PageImages

/// Pictures to the vision encoder's input, by the rules of Mistral's own library.
///
/// Source: mistral-common, `tokenizers/image.py` (`ImageEncoder`, `transform_image`).
public struct ImagePreprocessor: Sendable {
    /// Side of the square patches of the vision encoder, in pixels.
    public let patchSize: Int
    /// Patches a side that the projector merges into one token.
    public let spatialMergeSize: Int
    /// Longest side in pixels before rounding up to whole tokens.
    public let maximumImageSize: Int
    /// Mean of red, green and blue on the scale 0...1.
    public let mean: SIMD3<Float>
    /// Standard deviation of red, green and blue on the scale 0...1.
    public let standardDeviation: SIMD3<Float>

    /// The defaults are those of Mistral Small 3.2.
    ///
    /// - Precondition: the sizes are positive and the deviations not zero; configuration read from a file is to be
    ///   checked before.
    public init(
        patchSize: Int = 14, spatialMergeSize: Int = 2, maximumImageSize: Int = 1540,
        mean: SIMD3<Float> = MistralConfiguration.PixelNormalization.clip.mean,
        standardDeviation: SIMD3<Float> = MistralConfiguration.PixelNormalization.clip.deviation
    ) {
        precondition(patchSize > 0 && spatialMergeSize > 0 && maximumImageSize > 0, "sizes are positive")
        precondition(all(standardDeviation .!= 0), "a deviation of zero cannot be divided by")
        self.patchSize = patchSize
        self.spatialMergeSize = spatialMergeSize
        self.maximumImageSize = maximumImageSize
        self.mean = mean
        self.standardDeviation = standardDeviation
    }

    /// What the vision encoder of a model asks for.
    public init(_ vision: MistralConfiguration.Vision) {
        self.init(
            patchSize: vision.patchSize, spatialMergeSize: vision.spatialMergeSize,
            maximumImageSize: vision.imageSize, mean: vision.normalization.mean,
            standardDeviation: vision.normalization.deviation)
    }

    /// Pixels a side behind one image token: 28.
    public var tokenSize: Int { patchSize * spatialMergeSize }

    /// The size to which a picture of `width` x `height` pixels is resized, and its tokens.
    ///
    /// A side beyond the maximum shrinks the picture in proportion, rounded half to even; then each side grows to whole
    /// tokens by itself, so the proportions change a little. Applied to its own result it changes nothing.
    ///
    /// - Precondition: both sides are positive.
    public func targetSize(
        width: Int, height: Int
    ) -> (width: Int, height: Int, tokensWide: Int, tokensHigh: Int) {
        precondition(width > 0 && height > 0, "a picture has at least one pixel")
        let ratio = max(Double(width) / Double(maximumImageSize), Double(height) / Double(maximumImageSize))
        let tokensWide = tokens(width, ratio: ratio), tokensHigh = tokens(height, ratio: ratio)
        return (tokensWide * tokenSize, tokensHigh * tokenSize, tokensWide, tokensHigh)
    }

    /// Whole tokens along one side. A strip that shrinks to less than half a pixel still has one.
    private func tokens(_ side: Int, ratio: Double) -> Int {
        var side = side
        if ratio > 1 { side = max(1, Int((Double(side) / ratio).rounded(.toNearestOrEven))) }
        return (side - 1) / tokenSize + 1
    }

    /// The pixel size at which a PDF page of a natural size is drawn, so that `pixelValues(of:)` need not resample it:
    /// its target size, as a function for `Document.draw`.
    public func renderSize(natural: PixelSize) -> PixelSize {
        let target = targetSize(width: natural.width, height: natural.height)
        return PixelSize(width: target.width, height: target.height)
    }

    /// How pages are cut that this model would shrink too far.
    public var tiling: PageTiling { PageTiling(longestSide: maximumImageSize, tokenSize: tokenSize) }

    /// The picture on white, resized once to its target size.
    public func resized(_ raster: Raster) -> PixelPlanes {
        let target = targetSize(width: raster.width, height: raster.height)
        return raster.resizedPlanes(width: target.width, height: target.height)
    }

    /// The picture on white, resized once to its target size, scaled to 0...1, minus the mean, divided by the
    /// deviation.
    public func pixelValues(of raster: Raster) -> PixelValues {
        var planes = resized(raster)
        let count = planes.width * planes.height
        for channel in 0..<3 {
            let scale = 1 / (255 * standardDeviation[channel])
            let shift = -mean[channel] / standardDeviation[channel]
            for index in (channel * count)..<((channel + 1) * count) {
                planes.values[index] = planes.values[index] * scale + shift
            }
        }
        return PixelValues(height: planes.height, width: planes.width, values: planes.values)
    }
}
