import Files
import Mistral

/// A model in one of the folders where models are looked for.
struct InstalledModel {
    let name: String
    let path: String
    /// nil, as `type`, if the headers cannot be read.
    let format: String?
    let byteCount: Int
    /// The type that most of the weights have.
    let type: String?
    /// Why it cannot be used, as far as headers tell; nil if nothing is wrong.
    let fault: String?
    /// The path of a model of this name in a folder that is searched before; that one is used.
    var shadowedBy: String?

    /// All models of some folders, in the order of the search; names within a folder in alphabetical order.
    static func all(in folders: [String]) -> [InstalledModel] {
        var models: [InstalledModel] = []
        var first: [String: String] = [:]
        for folder in folders {
            for name in ((try? Files.names(in: folder)) ?? []).sorted() where !name.hasPrefix(".") {
                guard var model = InstalledModel(name: name, path: "\(folder)/\(name)") else { continue }
                model.shadowedBy = first[name]
                if first[name] == nil { first[name] = model.path }
                models.append(model)
            }
        }
        return models
    }

    /// nil for what is no model.
    private init?(name: String, path: String) {
        self.name = name
        self.path = path
        let facts: ModelFacts
        do {
            facts = try ModelFacts(files: ModelFiles(path: path))
        } catch {
            guard Self.isMeantAsModel(path) else { return nil }
            // The vision encoder of a model beside it.
            if case .incomplete = error, path.hasSuffix(".gguf") { return nil }
            (format, byteCount, type) = (nil, 0, nil)
            fault = error.description
            return
        }
        format = facts.files.format.rawValue
        byteCount = facts.files.weightBytes
        type = facts.tensors.max { $0.parameters < $1.parameters }?.type
        fault = facts.tokenizerError?.description
    }

    /// Whether there is a file that only a model has.
    private static func isMeantAsModel(_ path: String) -> Bool {
        let names = path.hasSuffix(".gguf") ? [path] : (try? Files.names(in: path)) ?? []
        return names.contains { $0.hasSuffix(".gguf") || $0.hasSuffix(".safetensors") || $0 == "params.json" }
    }
}
