import Mistral
import PageImages

/// The pages of documents as a model sees them: which images they become, and the pixels of these.
public struct PageView: Sendable {
    public let preprocessor: ImagePreprocessor
    /// Dots per inch at which a PDF page has its natural size.
    public let resolution: Double

    public init(_ preprocessor: ImagePreprocessor, resolution: Double) {
        self.preprocessor = preprocessor
        self.resolution = resolution
    }

    /// As the model in a folder sees them; of its files only the settings are read.
    ///
    /// - Throws: `.model`.
    public init(model folder: ModelFolder, resolution: Double) throws(ExtractionError) {
        do throws(ModelError) {
            guard let vision = try MistralConfiguration(modelAt: folder.path).vision else {
                throw .noVision
            }
            self.init(ImagePreprocessor(vision), resolution: resolution)
        } catch {
            throw .model(folder: folder.path, error)
        }
    }

    /// The images of a page in reading order: one, or the tiles of a long page. Nothing is drawn for it.
    public func images(of document: Document, page: Int) throws(DocumentError) -> [PageImage] {
        let pageSize = try document.naturalSize(page: page, resolution: resolution)
        let regions = preprocessor.tiling.tiles(of: pageSize)
        return regions.enumerated().map { index, region in
            let target = preprocessor.targetSize(width: region.width, height: region.height)
            return PageImage(
                page: page, tile: index + 1, tileCount: regions.count, region: region, pageSize: pageSize,
                size: PixelSize(width: target.width, height: target.height),
                grid: ImageTokenGrid(tokensWide: target.tokensWide, tokensHigh: target.tokensHigh))
        }
    }

    /// Checks the pixels of all images together against the document's limits, as they are drawn or decoded.
    ///
    /// - Throws: `tooManyPixels`.
    public func check(_ images: [PageImage], of document: Document) throws(DocumentError) {
        let sizes = images.map { document.kind == .pdf ? $0.size : $0.region.size }
        // Each is within the limit of a page; their number is not limited so low that the sum could not overflow.
        let total = sizes.reduce(0) { sum, size in
            let (more, overflows) = sum.addingReportingOverflow(size.width * size.height)
            return overflows ? Int.max : more
        }
        try document.check(totalPixels: total)
    }

    /// An image as the vision encoder takes it.
    public func pixels(of image: PageImage, in document: Document) throws(DocumentError) -> PixelValues {
        try drawn(image, of: document).pixels
    }

    /// The same, with what the library complained about.
    func drawn(_ image: PageImage, of document: Document) throws(DocumentError) -> DrawnImage {
        let (raster, complaints) = try draw(image, of: document)
        return DrawnImage(pixels: preprocessor.pixelValues(of: raster), complaints: complaints)
    }

    /// The same in 8 bits a sample, not normalised: for people to look at.
    public func raster(of image: PageImage, in document: Document) throws(DocumentError) -> Raster {
        preprocessor.resized(try draw(image, of: document).raster).raster
    }

    private func draw(
        _ image: PageImage, of document: Document
    ) throws(DocumentError) -> (raster: Raster, complaints: [String]) {
        try document.draw(
            page: image.page, resolution: resolution, region: image.region,
            targetSize: preprocessor.renderSize(natural:))
    }
}
