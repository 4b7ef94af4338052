import ArgumentParser
import Extraction
import Inference
import Mistral
import Tensors

extension KeyValueFormat: ExpressibleByArgument {}

/// Which model is asked, and how it runs.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A model's folder or GGUF file, or the name of an installed model (default: gleaner-mini).",
            valueName: "path"),
        completion: .file())
    var model: String?

    @Option(
        help: ArgumentHelp(
            "The GGUF file of the vision encoder, where it does not lie beside the model.", valueName: "file"),
        completion: .file(extensions: ["gguf"]))
    var mmproj: String?

    @Option(help: ArgumentHelp("Worker threads (default: one for each core).", valueName: "n"))
    var threads: Int?

    @Option(
        name: .customLong("kv-cache"),
        help: ArgumentHelp("How keys and values are kept: f16, q8_0 (half of that memory) or f32.", valueName: "format")
    )
    var cacheFormat = KeyValueFormat.float16

    func validate() throws {
        guard threads.map({ (1...1024).contains($0) }) ?? true else {
            throw ValidationError("--threads must be between 1 and 1024.")
        }
    }

    func load() throws(ExtractionError) -> LanguageModel {
        let folder = try ModelFolder.named(model)
        return try folder.load(mmproj: mmproj, threads: threads)
    }
}
