import ArgumentParser
import Extraction
import Inference
import Mistral
import PageImages
import Tensors

/// Turns documents into image features, page by page, telling on a terminal how far it is.
struct PictureEncoder {
    private struct Source {
        let path: String
        let document: Document
        let images: [PageImage]
    }

    private let model: LanguageModel
    private let view: PageView?
    private var sources: [Source] = []

    /// The sizes of all images in tokens, in order.
    var grids: [ImageTokenGrid] { sources.flatMap { $0.images.map(\.grid) } }

    /// Opens the documents; nothing is drawn yet.
    init(_ paths: [String], _ model: LanguageModel, _ opening: DocumentOptions, resolution: Double) throws {
        self.model = model
        view = model.preprocessor.map { PageView($0, resolution: resolution) }
        guard !paths.isEmpty else { return }
        guard let view else { throw ExtractionError.model(folder: model.files.path, .noVision) }
        let reader = try opening.makeReader()
        let passwords = try opening.allPasswords()
        do throws(DocumentError) {
            for path in paths {
                let document = try reader.open(DocumentFile(path: path), passwords: passwords)
                var images: [PageImage] = []
                for page in 1...document.pageCount { images += try view.images(of: document, page: page) }
                try view.check(images, of: document)
                sources.append(Source(path: path, document: document, images: images))
            }
        } catch {
            throw ExtractionError.document(error)
        }
    }

    /// The features of each image: (merged patches, hidden).
    func encode() throws(ExtractionError) -> [Matrix] {
        guard let view else { return [] }
        var features: [Matrix] = []
        for source in sources {
            let line = ProgressLine(file: source.path)
            defer { line.clear() }
            for (number, image) in source.images.enumerated() {
                line.show(.rendering(image: number + 1, of: source.images.count))
                features.append(
                    try encode(image, of: source, view) { share in
                        line.show(.encoding(share: (Double(number) + share) / Double(source.images.count)))
                        return true
                    })
            }
        }
        return features
    }

    private func encode(
        _ image: PageImage, of source: Source, _ view: PageView, progress: @escaping ModelProgress
    ) throws(ExtractionError) -> Matrix {
        let pixels: PixelValues
        do {
            pixels = try view.pixels(of: image, in: source.document)
        } catch {
            throw .document(error)
        }
        do {
            return try model.model.encodeImage(pixels, progress: progress)
        } catch {
            throw .generation(file: source.path, .model(error))
        }
    }
}
