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
    func free(for path: String, except taken: Set<String>) throws(FileError) -> (output: String, source: String) {
        var number = 1
        while true {
            let output = "\(outputFolder)/\(Self.numbered(path, number, suffix: outputSuffix))"
            let source = "\(sourceFolder)/\(Self.numbered(path, number))"
            if try Self.isFree(output, taken), try Self.isFree(source, taken) { return (output, source) }
            number += 1
        }
    }

    /// The first free name for the file alone.
    func freeSource(for path: String, except taken: Set<String>) throws(FileError) -> String {
        var number = 1
        while true {
            let source = "\(sourceFolder)/\(Self.numbered(path, number))"
            if try Self.isFree(source, taken) { return source }
            number += 1
        }
    }

    private static func isFree(_ path: String, _ taken: Set<String>) throws(FileError) -> Bool {
        guard !taken.contains(path) else { return false }
        return try Files.identity(of: path) == nil
    }

    /// `a/b.pdf` → `a/b.pdf`, `a/b-2.pdf`, `a/b-3.pdf` …
    ///
    /// - Parameter suffix: takes the place of the file's own.
    static func numbered(_ path: String, _ number: Int, suffix: String? = nil) -> String {
        let (folder, stem, ownSuffix) = parts(of: path)
        let ending = (number == 1 ? "" : "-\(number)") + (suffix ?? ownSuffix)
        return folder + Files.shortened(stem, toBytes: longestName - ending.utf8.count) + ending
    }

    /// `a/b.c.pdf` → (`a/`, `b.c`, `.pdf`).
    static func parts(of path: String) -> (folder: String, stem: String, suffix: String) {
        let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] } ?? path[...]
        let folder = String(path[..<name.startIndex])
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex,
            name[dot...].utf8.count <= longestSuffix
        else { return (folder, String(name), "") }
        return (folder, String(name[..<dot]), String(name[dot...]))
    }

    /// Bytes that file systems take in a name (NAME_MAX).
    private static let longestName = 255
    /// What is longer than this is no suffix, and may be shortened.
    private static let longestSuffix = 32
}
