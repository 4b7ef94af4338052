import Mistral
import Tensors

/// What is to be quantised: the files of a model in any format.
struct QuantizeSource {
    private let files: ModelFiles
    private let configuration: MistralConfiguration
    private let facts: ModelFacts
    /// Of safetensors files.
    private let tensors: [ModelTensor]

    /// - Parameter path: a model's folder or GGUF file, or the name of an installed model.
    init(path: String) throws {
        files = try ModelArgument.files(path)
        facts = try ModelFacts(files: files)
        configuration = facts.configuration
        tensors = try ModelTensor.all(of: files, configuration)
    }

    /// What a user should know about the choice of files.
    var remarks: [String] { files.remarks }

    func decoder(name: String, mix: WeightMix, requantizing: Bool) throws -> ConversionPlan {
        if let text = files.ggufText { return try .decoder(text, mix: mix, requantizing: requantizing) }
        let tokenizer = try TekkenTokenizer(files: files)
        guard tokenizer.vocabularySize <= configuration.text.vocabularySize else {
            throw FileFailure(
                message:
                    "\(files.path): the tokenizer has \(tokenizer.vocabularySize) tokens, but the model has "
                    + "embeddings for \(configuration.text.vocabularySize); get both from one place",
                code: .modelUnusable)
        }
        return try .decoder(tensors, configuration, tokenizer, name: name, license: facts.license, mix: mix)
    }

    /// nil for a model without vision.
    func vision(name: String) throws -> ConversionPlan? {
        if files.format == .gguf { return try files.ggufVision.map(ConversionPlan.vision) }
        return try configuration.vision.map { vision in
            try .vision(tensors, vision, textSize: configuration.text.hiddenSize, name: name)
        }
    }
}
