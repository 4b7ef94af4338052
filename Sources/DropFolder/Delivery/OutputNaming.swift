import Files

/// Names in the output folders: the path below the inbox is kept, and a name that exists gets a number behind it.
struct OutputNaming {
    /// Absolute folders.
    let outputFolder: String
    let sourceFolder: String
    /// `.json` for records, `.error.json` for failures.
    let outputSuffix: String

    /// The first pair of free names for a file: `a/b.pdf` → (`a/b.json`, `a/b.pdf`), then (`a/b-2.json`, `a/b-2.pdf`). Both have
    /// the same number, so that one leads to the other.
    ///
    /// - Parameter taken: names that are promised to others and not there yet.
    func free(
        for path: String, except taken: Set<String>
    ) throws(FileError) -> (output: String, source: String) {
        let (folder, stem, suffix) = Self.parts(of: path)
        var number = 1
        while true {
            let mark = number == 1 ? "" : "-\(number)"
            let output = "\(outputFolder)/\(folder)\(Self.fitting(stem, with: mark + outputSuffix))"
            let source = "\(sourceFolder)/\(folder)\(Self.fitting(stem, with: mark + suffix))"
            if !taken.contains(output), !taken.contains(source), try Files.identity(of: output) == nil,
                try Files.identity(of: source) == nil
            {
                return (output, source)
            }
            number += 1
        }
    }

    /// `a/b.c.pdf` → (`a/`, `b.c`, `.pdf`).
    static func parts(of path: String) -> (folder: String, stem: String, suffix: String) {
        let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] } ?? path[...]
        let folder = String(path[..<name.startIndex])
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else {
            return (folder, String(name), "")
        }
        return (folder, String(name[..<dot]), String(name[dot...]))
    }

    /// Stem and ending, the stem cut so that both are at most 255 bytes, the longest name that file systems take.
    private static func fitting(_ stem: String, with ending: String) -> String {
        var stem = stem
        while stem.utf8.count + ending.utf8.count > 255, !stem.isEmpty { stem.removeLast() }
        return stem + ending
    }
}
