import Glibc
import Mistral
import Tensors

/// What is to be quantised: a folder with safetensors files, or GGUF files.
enum QuantizeSource {
    case stored(StoredModel, MistralConfiguration, TekkenTokenizer)
    case gguf(text: GGUFFile, vision: GGUFFile?)

    /// - Parameter path: a model's folder, or a GGUF file.
    init(path: String) throws {
        if path.hasSuffix(".gguf") {
            self = try .gguf(text: Self.checked(GGUFFile(path: path)), vision: nil)
        } else {
            let configuration = try MistralConfiguration(path: path + "/config.json")
            let tokenizer = try TekkenTokenizer(contentsOfFile: path + "/tekken.json")
            self = try .stored(StoredModel(huggingFace: path), configuration, tokenizer)
        }
    }

    func decoder(name: String, mix: WeightMix, requantizing: Bool) throws -> ConversionPlan {
        switch self {
        case .stored(let model, let configuration, let tokenizer):
            try refuseOthers(model, configuration)
            return try .decoder(model, configuration, tokenizer, name: name, mix: mix)
        case .gguf(let file, _):
            return try .decoder(file, mix: mix, requantizing: requantizing)
        }
    }

    /// nil for a model without vision.
    func vision(name: String) throws -> ConversionPlan? {
        switch self {
        case .stored(let model, let configuration, let tokenizer):
            configuration.vision == nil ? nil : try .vision(model, configuration, tokenizer, name: name)
        case .gguf(_, let file):
            try file.map(ConversionPlan.vision)
        }
    }

    private func refuseOthers(_ model: StoredModel, _ configuration: MistralConfiguration) throws(FileFailure) {
        let others = model.names(besides: ModelPart.decoder(configuration.text) + ModelPart.vision(configuration))
        guard let first = others.first else { return }
        throw FileFailure(
            message: "\(model.folder): \(others.count) tensors such as \"\(first)\" are of no architecture that can be "
                + "converted; quantise a GGUF file of this model", code: .modelUnusable)
    }

    private static func checked(_ file: GGUFFile) throws -> GGUFFile {
        let architecture = try file.metadata.string("general.architecture")
        guard architecture != "clip" else {
            throw FileFailure(
                message: "\(file.path): this is the vision part of a model, which stays in F16; name the other file",
                code: .usage)
        }
        return file
    }
}
