import Glibc

/// Durable operations on files: what they say is done survives a power cut, and a half-done file never stands under a
/// name that was asked for.
///
/// Symbolic links are not followed at the last component of a path, unless an operation says so. Paths are absolute.
public enum Files {
    /// nil when there is nothing under the path. Tells of a symbolic link itself.
    public static func identity(of path: String) throws(FileError) -> FileIdentity? {
        try status(of: path).map(FileIdentity.init(status:))
    }

    public static func isRegularFile(_ path: String) throws(FileError) -> Bool {
        try status(of: path)?.isRegularFile ?? false
    }

    /// Whether there is a folder; a symbolic link to a folder counts as one.
    public static func isFolder(_ path: String) throws(FileError) -> Bool {
        var status = stat()
        do {
            try systemCall(.status, path) { stat(path, &status) }
        } catch let error where error.cause == .missing {
            return false
        }
        return status.isFolder
    }

    /// The names in a folder, without `.` and `..`, in no order; names that are not UTF-8 are left out.
    public static func names(in folder: String) throws(FileError) -> [String] {
        let descriptor = try Descriptor(folder, flags: O_RDONLY | O_DIRECTORY)
        let duplicate = try systemCall(.list, folder) { dup(descriptor.number) }
        guard let stream = fdopendir(duplicate) else {
            let code = errno
            close(duplicate)
            throw FileError(.list, path: folder, code: code)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            // The entry ends with its name: it may be shorter than its type says.
            let bytes = UnsafeRawPointer(entry).advanced(by: MemoryLayout.offset(of: \dirent.d_name) ?? 0)
            let name = String(validatingCString: bytes.assumingMemoryBound(to: CChar.self))
            if let name, name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw FileError(.list, path: folder, code: errno) }
        return names
    }

    /// Removes a file; it is fine if there is none. A power cut may bring it back: remove it again.
    public static func remove(_ path: String) throws(FileError) {
        do {
            try systemCall(.remove, path) { unlink(path) }
        } catch let error where error.code == ENOENT {
            return
        }
    }

    /// Brings the names in a folder to disk.
    public static func sync(folder: String) throws(FileError) {
        let descriptor = try Descriptor(folder, flags: O_RDONLY | O_DIRECTORY)
        do {
            try descriptor.sync()
        } catch let error where error.code == EINVAL || error.code == ENOTSUP {
            // The file system knows no such thing; there is nothing more to ask for.
        }
    }

    /// Makes missing folders up to and including `path`, durably; mode 0o777 less the umask.
    ///
    /// - Parameter mode: of the folder itself, less the umask; those above it get the usual one.
    public static func makeFolder(_ path: String, mode: mode_t = 0o777) throws(FileError) {
        guard try !isFolder(path) else { return }
        let parent = folder(of: path)
        if parent != path { try makeFolder(parent) }
        do {
            try systemCall(.makeFolder, path) { mkdir(path, mode) }
        } catch let error where error.code == EEXIST {
            // Made by someone else meanwhile, or not a folder.
            guard try isFolder(path) else { throw error }
        }
        try sync(folder: parent)
    }

    static func status(of path: String) throws(FileError) -> stat? {
        var status = stat()
        do {
            try systemCall(.status, path) { lstat(path, &status) }
        } catch let error where error.cause == .missing {
            return nil
        }
        return status
    }

    /// The folder that holds the last component.
    public static func folder(of path: String) -> String {
        // By bytes: a slash and an accent behind it are one Character.
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
