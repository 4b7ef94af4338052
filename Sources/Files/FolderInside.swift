import Glibc

/// A folder below another one, reached without following a symbolic link on the way.
///
/// Whoever may write in a folder may put a link into the path of a file between a look and a move. Paths made here lead to the very
/// folder that was opened, whatever its name is by now: through `/proc/self/fd`, proc_pid_fd(5).
public final class FolderInside: Sendable {
    private let descriptor: Descriptor
    private let name: String

    /// - Parameters:
    ///   - root: absolute; links in it are followed.
    ///   - relative: below it, empty for the root itself.
    ///   - making: makes folders that are missing.
    /// - Throws: an error with the cause `.missing` when a part is not there, is no folder, or is a link.
    public init(_ root: String, _ relative: String, making: Bool = false) throws(FileError) {
        var folder = try Descriptor(root, flags: O_RDONLY | O_DIRECTORY)
        name = relative.isEmpty ? root : "\(root)/\(relative)"
        for part in relative.utf8.split(separator: UInt8(ascii: "/")).compactMap({ String($0) }) {
            let path = "/proc/self/fd/\(folder.number)/\(part)"
            if making, mkdir(path, 0o777) == 0 { try Files.sync(folder: "/proc/self/fd/\(folder.number)") }
            folder = try Descriptor(path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, name: name)
        }
        descriptor = folder
    }

    /// The path of a name in the folder; good as long as this object lives.
    public func path(_ name: String) -> String { "/proc/self/fd/\(descriptor.number)/\(name)" }

    /// An error about a path made here, about the path that people know.
    public func named(_ error: FileError) -> FileError {
        let prefix = path("")
        guard error.path.utf8.starts(with: prefix.utf8) else { return error }
        let rest = String(decoding: error.path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
        return FileError(error.operation, path: "\(name)/\(rest)", code: error.code)
    }
}
