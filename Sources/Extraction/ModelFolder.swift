import Glibc

/// Where models are looked for.
///
/// `--model` and `GLEANER_MODEL` name a folder, or a model in one of the places; without either it is gleaner-mini.
/// Places: `models/` beside the package or above the executable, `$XDG_DATA_HOME/gleaner/models`
/// (`~/.local/share`), `gleaner/models` in each of `$XDG_DATA_DIRS` (`/usr/local/share:/usr/share`), `/var/lib/gleaner/models`.
public struct ModelFolder: Sendable {
    public static let defaultName = "gleaner-mini"

    /// The folder that holds config.json, the weights and tekken.json.
    public let path: String

    public var name: String { String(path.split(separator: "/").last ?? "model") }

    /// - Parameter model: what `--model` said, or nil.
    /// - Throws: `.modelNotFound` with every place that was looked at.
    public init(model: String?, environment: [String: String], executable: String) throws(ExtractionError) {
        let asked = [model, environment["GLEANER_MODEL"]].compactMap(\.self).first { !$0.isEmpty }
        if let asked, Self.isModel(asked) {
            path = asked
            return
        }
        let name = asked ?? Self.defaultName
        let places = Self.places(environment: environment, executable: executable)
        // A name with a slash is a path: it is not looked for elsewhere.
        let candidates = name.contains("/") ? [name] : places.map { $0 + "/" + name }
        guard let found = candidates.first(where: Self.isModel) else {
            throw ExtractionError.modelNotFound(name: name, places: candidates)
        }
        path = found
    }

    static func places(environment: [String: String], executable: String) -> [String] {
        var places: [String] = []
        var folder = Substring(executable)
        while let slash = folder.lastIndex(of: "/"), slash != folder.startIndex {
            folder = folder[..<slash]
            places.append(folder + "/models")
        }
        let home = environment["HOME"].map { $0 + "/.local/share" }
        if let data = environment["XDG_DATA_HOME"].flatMap({ $0.isEmpty ? nil : $0 }) ?? home {
            places.append(data + "/gleaner/models")
        }
        let shared = environment["XDG_DATA_DIRS"].flatMap { $0.isEmpty ? nil : $0 } ?? "/usr/local/share:/usr/share"
        places += shared.split(separator: ":").map { $0 + "/gleaner/models" }
        places.append("/var/lib/gleaner/models")
        return places
    }

    private static func isModel(_ path: String) -> Bool {
        access(path + "/config.json", R_OK) == 0
    }
}
