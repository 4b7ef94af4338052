import Files
import Glibc
import Tensors

/// The weight files of a model, told apart by what is there.
struct ModelFileList {
    let path: String
    /// "Hugging Face", "Mistral" or "GGUF".
    let format: String
    /// All files that the model consists of, sorted.
    let files: [String]

    /// nil for what is no model: neither a GGUF file nor a folder with weights.
    init?(path: String) {
        self.path = path
        if path.hasSuffix(".gguf") {
            guard access(path, F_OK) == 0 else { return nil }
            (format, files) = ("GGUF", [path])
            return
        }
        let names = ((try? Files.names(in: path)) ?? []).sorted()
        let paths = { (wanted: (String) -> Bool) in names.filter(wanted).map { "\(path)/\($0)" } }
        if names.contains("config.json"), names.contains(where: { $0.hasSuffix(".safetensors") }) {
            format = "Hugging Face"
            files = paths {
                $0 == "config.json" || $0 == "tekken.json"
                    || ($0.hasPrefix("model") && ($0.hasSuffix(".safetensors") || $0.hasSuffix(".index.json")))
            }
        } else if names.contains("params.json"), names.contains("consolidated.safetensors") {
            format = "Mistral"
            files = paths { ["params.json", "consolidated.safetensors", "tekken.json"].contains($0) }
        } else if names.contains(where: { $0.hasSuffix(".gguf") }) {
            format = "GGUF"
            files = paths { $0.hasSuffix(".gguf") }
        } else {
            return nil
        }
    }

    var byteCount: Int {
        files.reduce(0) { $0 + ((try? Files.identity(of: $1)).flatMap { $0?.size }.map(Int.init) ?? 0) }
    }
}
