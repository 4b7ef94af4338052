import Mistral
import Tensors

/// A model that is ready to answer: weights, tokenizer and template that belong together, and a generator over them.
public struct LanguageModel: Sendable {
    public let files: ModelFiles
    public let tokenizer: TekkenTokenizer
    public let template: ChatTemplate
    public let generator: Generator
    /// Nil: the model reads text only.
    public let preprocessor: ImagePreprocessor?

    public var model: MistralModel { generator.model }
    /// The most tokens of prompt and answer together.
    public var contextLength: Int { model.configuration.text.maxPositions }

    /// Loads a model; its weights are mapped, and enter memory when they are first used.
    ///
    /// - Parameters:
    ///   - threads: worker threads; nil: one for each core.
    ///   - limits: of what runs at the same time.
    public init(
        files: ModelFiles, threads: Int? = nil, limits: SchedulerLimits = SchedulerLimits()
    ) throws(LanguageModelError) {
        let model: MistralModel
        do {
            model = try MistralModel(files: files, threads: ThreadPool(threadCount: threads))
        } catch {
            throw .model(error)
        }
        do {
            tokenizer = try TekkenTokenizer(files: files)
        } catch {
            throw .tokenizer(error)
        }
        do {
            template = try ChatTemplate(tokenizer)
        } catch {
            throw .mismatch(reason: "the tokenizer does not fit: \(error)")
        }
        try Self.check(tokenizer, model.configuration)
        self.files = files
        generator = Generator(model: model, tokenizer: tokenizer, limits: limits)
        preprocessor = model.configuration.vision.map(ImagePreprocessor.init)
    }

    /// Whether tokenizer and configuration speak of the same model: a difference would show only after all the work.
    private static func check(
        _ tokenizer: TekkenTokenizer, _ configuration: MistralConfiguration
    ) throws(LanguageModelError) {
        guard tokenizer.vocabularySize <= configuration.text.vocabularySize else {
            throw .mismatch(
                reason: "the tokenizer has \(tokenizer.vocabularySize) tokens, the weights have "
                    + "\(configuration.text.vocabularySize)")
        }
        guard let vision = configuration.vision else { return }
        if tokenizer.id(of: .image) != configuration.imageTokenID {
            throw .mismatch(reason: "tokenizer and configuration (image_token_index) differ in the id of [IMG]")
        }
        if vision.imageSize % vision.tokenSize != 0 {
            throw .mismatch(reason: "image_size \(vision.imageSize) is not a multiple of \(vision.tokenSize)")
        }
        guard let image = tokenizer.imageSettings else {
            throw .mismatch(reason: "the tokenizer has no image settings")
        }
        if image.pixelsPerToken != vision.tokenSize || image.maximumImageSize < vision.imageSize {
            throw .mismatch(reason: "tokenizer and configuration differ in the size of images or patches")
        }
    }
}

/// Why a model cannot be used.
public enum LanguageModelError: Error, Sendable, CustomStringConvertible {
    case model(ModelError)
    case tokenizer(TekkenError)
    /// The files do not belong together.
    case mismatch(reason: String)

    public var description: String {
        switch self {
        case .model(let error): error.description
        case .tokenizer(let error): error.description
        case .mismatch(let reason): "\(reason); get all files of the model from one place"
        }
    }
}
