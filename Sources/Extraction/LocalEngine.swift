import Inference
import Mistral
import PageImages
import Tensors

/// A model on this machine, loaded once and used for any number of documents, one at a time.
public final class LocalEngine: Sendable {
    /// The folder's name: gleaner-mini.
    public let modelName: String

    let generator: Generator
    let template: ChatTemplate
    let preprocessor: ImagePreprocessor
    let limits: PageLimits

    var model: MistralModel { generator.model }

    /// Loads a model folder.
    ///
    /// - Parameter threads: worker threads; nil: one for each core.
    /// - Throws: `.model`, `.tokenizer` or `.template`, naming what is missing or wrong in the folder.
    public init(model folder: ModelFolder, threads: Int? = nil, limits: PageLimits = PageLimits()) throws(ExtractionError) {
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
            throw .template(error)
        }
        generator = Generator(model: model, tokenizer: tokenizer)
        let configuration = model.configuration
        preprocessor = ImagePreprocessor(
            patchSize: configuration.vision.patchSize, spatialMergeSize: configuration.spatialMergeSize,
            maximumImageSize: configuration.vision.imageSize)
        modelName = folder.name
        self.limits = limits
    }
}
