import ArgumentParser
import Extraction
import Inference
import Mistral
import PageImages
import Tensors

/// Turns documents into image features, page by page, telling on a terminal how far it is.
struct PictureEncoder {
    struct Picture {
        let grid: ImageTokenGrid
        /// (merged patches, hidden)
        let features: Matrix
    }

    private let model: LanguageModel
    private let opening: DocumentOptions
    private let resolution: Double

    init(_ model: LanguageModel, _ opening: DocumentOptions, resolution: Double) {
        self.model = model
        self.opening = opening
        self.resolution = resolution
    }

    func encode(_ paths: [String]) throws -> [Picture] {
        guard !paths.isEmpty else { return [] }
        guard let preprocessor = model.preprocessor else {
            throw ExtractionError.model(folder: model.files.path, .noVision)
        }
        let view = PageView(preprocessor, resolution: resolution)
        let reader = try opening.makeReader()
        let passwords = try opening.allPasswords()
        var pictures: [Picture] = []
        for path in paths {
            let line = ProgressLine(file: path)
            defer { line.clear() }
            do {
                let document = try reader.open(DocumentFile(path: path), passwords: passwords)
                let images = try (1...document.pageCount).flatMap { page throws(DocumentError) in
                    try view.images(of: document, page: page)
                }
                try view.check(images, of: document)
                for (number, image) in images.enumerated() {
                    line.show(.rendering(image: number + 1, of: images.count))
                    let pixels = try view.pixels(of: image, in: document)
                    let features = try model.model.encodeImage(
                        pixels,
                        progress: { share in
                            line.show(.encoding(share: (Double(number) + share) / Double(images.count)))
                            return true
                        })
                    pictures.append(Picture(grid: image.grid, features: features))
                }
            } catch let error as DocumentError {
                throw ExtractionError.document(error)
            } catch let error as ModelError {
                throw ExtractionError.generation(file: path, .model(error))
            }
        }
        return pictures
    }
}
