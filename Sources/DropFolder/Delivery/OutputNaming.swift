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
        let path = try withFolders(path)
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
        let path = try withFolders(path)
        var number = 1
        while true {
            let source = "\(sourceFolder)/\(Self.numbered(path, number))"
            if try Self.isFree(source, taken) { return source }
            number += 1
        }
    }

    /// The path with a number behind each folder whose name is that of a file in one of the output folders: `a/b.pdf` becomes `a-2/b.pdf`
    /// where a file `a` was delivered before.
    private func withFolders(_ path: String) throws(FileError) -> String {
        let (folder, stem, suffix) = Self.parts(of: path)
        var made = ""
        for part in folder.utf8.split(separator: UInt8(ascii: "/")).compactMap({ String($0) }) {
            var number = 1
            var name = made + part
            while try isObstructed(name) {
                number += 1
                name = made + Files.shortened(part, toBytes: Self.longestName - 12) + "-\(number)"
            }
            made = name + "/"
        }
        return made + stem + suffix
    }

    private func isObstructed(_ folder: String) throws(FileError) -> Bool {
        for root in [outputFolder, sourceFolder] {
            let path = "\(root)/\(folder)"
            if try Files.identity(of: path) != nil, try !Files.isFolder(path) { return true }
        }
        return false
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

    /// `a/b.pdf` → `b.pdf`.
    static func name(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }

    /// Bytes that file systems take in a name (NAME_MAX).
    private static let longestName = 255
    /// What is longer than this is no suffix, and may be shortened.
    private static let longestSuffix = 32
}
