import Inference
import Mistral
import PageImages
import Tensors

/// A model on this machine, loaded once and used for any number of documents, one at a time.
public final class LocalEngine: Sendable {
    /// The folder's name: gleaner-mini.
    public let modelName: String
    public let identity: String

    let generator: Generator
    let template: ChatTemplate
    let preprocessor: ImagePreprocessor
    let limits: PageLimits
    let reader: PageReader

    var model: MistralModel { generator.model }

    /// Loads a model folder.
    ///
    /// - Parameters:
    ///   - threads: worker threads; nil: one for each core.
    ///   - reader: opens and draws the documents.
    /// - Throws: `.model`, `.tokenizer` or `.modelMismatch`, naming what is missing or wrong in the folder.
    public init(
        model folder: ModelFolder, threads: Int? = nil, limits: PageLimits = PageLimits(), reader: PageReader
    ) throws(ExtractionError) {
        let model: MistralModel
        do {
            model = try MistralModel(folder: folder.path, threads: ThreadPool(threadCount: threads))
        } catch {
            throw .model(folder: folder.path, error)
        }
        let tokenizer: TekkenTokenizer
        do {
            tokenizer = try TekkenTokenizer(contentsOfFile: folder.path + "/tekken.json")
        } catch {
            throw .tokenizer(folder: folder.path, error)
        }
        do {
            template = try ChatTemplate(tokenizer)
        } catch {
            throw .modelMismatch(folder: folder.path, reason: "tekken.json: \(error)")
        }
        try Self.check(tokenizer, model.configuration, folder: folder.path)
        generator = Generator(model: model, tokenizer: tokenizer)
        preprocessor = ImagePreprocessor(model.configuration)
        modelName = folder.name
        identity = "\(folder.name)@\(folder.fingerprint.prefix(16))"
        self.limits = limits
        self.reader = reader
    }

    /// Whether tokenizer and configuration speak of the same model: a difference would show only after all the work.
    private static func check(
        _ tokenizer: TekkenTokenizer, _ configuration: MistralConfiguration, folder: String
    ) throws(ExtractionError) {
        let vision = configuration.vision
        let tokenSize = vision.patchSize * configuration.spatialMergeSize
        var reason: String?
        if tokenizer.vocabularySize > configuration.text.vocabularySize {
            reason =
                "tekken.json has \(tokenizer.vocabularySize) tokens, config.json \(configuration.text.vocabularySize)"
        } else if tokenizer.id(of: .image) != configuration.imageTokenID {
            reason = "tekken.json and config.json (image_token_index) differ in the id of [IMG]"
        } else if vision.imageSize % tokenSize != 0 {
            reason = "config.json: image_size \(vision.imageSize) is not a multiple of \(tokenSize)"
        } else if let image = tokenizer.imageSettings {
            if image.pixelsPerToken != tokenSize || image.maximumImageSize < vision.imageSize {
                reason = "tekken.json and config.json differ in the size of images or patches"
            }
        } else {
            reason = "tekken.json has no image settings"
        }
        if let reason { throw .modelMismatch(folder: folder, reason: reason) }
    }
}
