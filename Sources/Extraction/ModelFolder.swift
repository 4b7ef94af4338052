import Glibc
import Inference
import Mistral

/// Where models are looked for.
///
/// `--model` and `GLEANER_MODEL` name a folder or a GGUF file, or a model in one of the places; without either it is
/// gleaner-mini.
/// Places: `models/` beside the package or above the executable, `$XDG_DATA_HOME/gleaner/models`
/// (`~/.local/share`), `gleaner/models` in each of `$XDG_DATA_DIRS` (`/usr/local/share:/usr/share`), `/var/lib/gleaner/models`.
public struct ModelFolder: Sendable {
    public static let defaultName = "gleaner-mini"

    /// The folder that holds the model's files, or its GGUF file.
    public let path: String

    /// The last part of the path, without `.gguf`.
    public var name: String {
        let name = path.split(separator: "/").last ?? "model"
        return String(name.hasSuffix(".gguf") ? name.dropLast(5) : name)
    }

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

    /// The folders in which names are looked for, in that order.
    public static func places(environment: [String: String], executable: String) -> [String] {
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

    /// Whether there are files of a model at a path; whether they are complete shows when they are loaded.
    private static func isModel(_ path: String) -> Bool {
        if path.hasSuffix(".gguf") { return access(path, R_OK) == 0 }
        if ["config.json", "params.json"].contains(where: { access(path + "/" + $0, R_OK) == 0 }) { return true }
        guard let folder = opendir(path) else { return false }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let isGGUF = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                bytes.prefix { $0 != 0 }.suffix(5).elementsEqual(".gguf".utf8)
            }
            if isGGUF { return true }
        }
        return false
    }
}

extension ModelFolder {
    /// Loads the model.
    ///
    /// - Parameters:
    ///   - mmproj: the GGUF file of the vision encoder, where it does not lie beside the model.
    ///   - threads: worker threads; nil: one for each core.
    /// - Throws: `.model`, `.tokenizer` or `.modelMismatch`.
    public func load(mmproj: String? = nil, threads: Int? = nil) throws(ExtractionError) -> LanguageModel {
        let files: ModelFiles
        do {
            files = try ModelFiles(path: path, mmproj: mmproj)
        } catch {
            throw .model(folder: path, error)
        }
        do {
            return try LanguageModel(files: files, threads: threads)
        } catch {
            switch error {
            case .model(let error): throw .model(folder: path, error)
            case .tokenizer(let error): throw .tokenizer(folder: path, error)
            case .mismatch(let reason): throw .modelMismatch(folder: path, reason: reason)
            }
        }
    }
}
