import Tensors

extension MistralModel {
    /// Image features of one picture, merged patches row-major: (tokens, hidden).
    ///
    /// - Parameters:
    ///   - pixels: sides must be multiples of patch size * merge size and at most the encoder's image size.
    ///   - progress: called before each layer.
    /// - Throws: `ModelError.picture` if the picture does not fit the encoder, `.noVision` if there is none,
    ///   `.cancelled`.
    public func encodeImage(
        _ pixels: PixelValues, observer: ModelObserver? = nil, progress: ModelProgress? = nil
    ) throws(ModelError) -> Matrix {
        guard let visionEncoder, let projector else { throw .noVision }
        try Self.check(pixels, visionEncoder.configuration)
        let features = try visionEncoder.encode(pixels, threads: threads, observer: observer, progress: progress)
        let patch = visionEncoder.configuration.patchSize
        let projected = projector.project(
            features, gridRows: pixels.height / patch, gridColumns: pixels.width / patch, threads: threads)
        observer?(HiddenState(stage: .projector, firstRow: 0, values: projected))
        return projected
    }

    private static func check(_ pixels: PixelValues, _ vision: MistralConfiguration.Vision) throws(ModelError) {
        let unit = vision.tokenSize
        let (height, width) = (pixels.height, pixels.width)
        guard height > 0, width > 0, height % unit == 0, width % unit == 0 else {
            throw .picture(height: height, width: width, reason: "sides must be multiples of \(unit)")
        }
        guard height <= vision.imageSize, width <= vision.imageSize else {
            throw .picture(
                height: height, width: width, reason: "sides must not be longer than \(vision.imageSize)")
        }
        guard pixels.values.count == vision.channels * height * width else {
            throw .picture(
                height: height, width: width,
                reason: "it has \(pixels.values.count) values, not \(vision.channels * height * width)")
        }
    }
}
