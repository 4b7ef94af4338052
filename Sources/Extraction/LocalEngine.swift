import Inference
import Mistral
import PageImages
import Tensors

/// A model on this machine, loaded once and used for any number of documents, one at a time.
public final class LocalEngine: Sendable {
    /// The folder's name: gleaner-mini.
    public let modelName: String
    public let identity: String

    let language: LanguageModel
    let preprocessor: ImagePreprocessor
    let limits: PageLimits
    let reader: PageReader

    var generator: Generator { language.generator }
    var template: ChatTemplate { language.template }
    var model: MistralModel { language.model }

    /// Loads a model.
    ///
    /// - Parameters:
    ///   - threads: worker threads; nil: one for each core.
    ///   - reader: opens and draws the documents.
    /// - Throws: `.model`, `.tokenizer` or `.modelMismatch`, naming what is missing or wrong in the folder.
    public init(
        model folder: ModelFolder, threads: Int? = nil, limits: PageLimits = PageLimits(), reader: PageReader
    ) throws(ExtractionError) {
        language = try folder.load(threads: threads)
        guard let preprocessor = language.preprocessor else { throw .model(folder: folder.path, .noVision) }
        self.preprocessor = preprocessor
        modelName = folder.name
        identity = "\(folder.name)@\(language.files.fingerprint.prefix(16))"
        self.limits = limits
        self.reader = reader
    }
}
