import Glibc

/// Makes a system call again as long as signals interrupt it, and turns -1 into an error about `path`.
@discardableResult
func systemCall<Result: SignedInteger>(
    _ operation: FileError.Operation, _ path: String, _ call: () -> Result
) throws(FileError) -> Result {
    // C would cut the path at a NUL and touch another file.
    guard !path.utf8.contains(0) else { throw FileError(operation, path: path, code: EINVAL) }
    while true {
        let result = call()
        if result >= 0 { return result }
        let code = errno
        if code != EINTR { throw FileError(operation, path: path, code: code) }
    }
}

extension stat {
    var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }
    var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }

    /// The errno that tells why this is not a file to read; nil for a regular file.
    var refusal: Int32? {
        switch st_mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: EISDIR
        case S_IFLNK: ELOOP
        default: ESPIPE
        }
    }
}
