import Files
import Tensors

/// A model in one of the folders where models are looked for.
struct InstalledModel {
    let name: String
    let path: String
    let format: String
    let byteCount: Int
    /// The type that most of the weights have; nil if the headers cannot be read.
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
        guard let files = ModelFileList(path: path) else { return nil }
        self.name = name
        self.path = path
        format = files.format
        byteCount = files.byteCount
        do {
            type = try files.summary().mainType
            fault = nil
        } catch {
            type = nil
            fault = FileFailure(model: error)?.message ?? "\(error)"
        }
    }
}
