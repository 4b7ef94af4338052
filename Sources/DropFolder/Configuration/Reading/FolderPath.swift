import Glibc

/// Paths as text.
enum FolderPath {
    /// Absolute, without `.`, `..` and doubled slashes.
    static func normalised(_ path: String, in folder: String) -> String {
        var components: [Substring] = []
        for component in (path.hasPrefix("/") ? path : folder + "/" + path).split(separator: "/") {
            switch component {
            case ".": continue
            case "..": _ = components.popLast()
            default: components.append(component)
            }
        }
        return "/" + components.joined(separator: "/")
    }

    /// The folder that holds a path.
    static func parent(of path: String) -> String { normalised("..", in: path) }

    /// Whether `path` is `folder` or lies in it.
    static func contains(_ folder: String, _ path: String) -> Bool {
        path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
    }

    /// With symbolic links followed, as far as the path exists.
    static func resolved(_ path: String) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        guard path != "/", let name = path.split(separator: "/").last else { return path }
        return normalised(String(name), in: resolved(parent(of: path)))
    }
}
