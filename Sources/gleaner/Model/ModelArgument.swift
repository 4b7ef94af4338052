import Extraction
import Files
import Mistral

/// A model as the argument of a command: a path, or the name of an installed model.
enum ModelArgument {
    /// An existing path is what it says; anything else is looked up as `--model` is.
    static func path(_ argument: String) throws -> String {
        guard !argument.isEmpty else {
            throw FileFailure(
                message: "the model's name is empty; give a folder, a GGUF file or the name of an installed model",
                code: .usage)
        }
        guard try Files.identity(of: argument) == nil, try !Files.isFolder(argument) else { return argument }
        return try ModelFolder.named(argument).path
    }

    /// The files of a model.
    ///
    /// - Parameter mmproj: the GGUF file of the vision encoder, where it does not lie beside the model.
    /// - Throws: `ExtractionError.modelNotFound` also for a folder that holds no part of a model; else as `ModelFiles`.
    static func files(_ argument: String, mmproj: String? = nil) throws -> ModelFiles {
        let path = try path(argument)
        guard try !Files.isFolder(path) || Files.names(in: path).contains(where: isPart) else {
            throw ExtractionError.modelNotFound(name: argument, places: [path])
        }
        return try ModelFiles(path: path, mmproj: mmproj)
    }

    private static func isPart(_ name: String) -> Bool {
        name == "config.json" || name == "params.json" || name.hasSuffix(".safetensors") || name.hasSuffix(".gguf")
    }
}
