import Glibc

/// Names of what a folder holds, sorted.
struct FolderListing {
    /// Bounds what a folder full of other things can cost.
    private static let mostNames = 100_000

    let path: String
    let names: [String]

    /// nil if there is no such folder, or it must not be read.
    init?(_ path: String) {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while names.count < Self.mostNames, let entry = readdir(folder) {
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        self.path = path
        self.names = names.sorted()
    }

    func contains(_ name: String) -> Bool { names.contains(name) }

    /// The path of a file in the folder.
    func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : path + "/" + name }

    /// Bytes of files of the folder; those that cannot be examined count as none.
    static func bytes(of files: [String]) -> Int {
        files.reduce(0) { sum, file in
            var status = stat()
            return stat(file, &status) == 0 ? sum + Int(status.st_size) : sum
        }
    }
}
