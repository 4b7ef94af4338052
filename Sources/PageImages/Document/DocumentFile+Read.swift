import Glibc

extension DocumentFile {
    /// Reads the regular file at `path`, at most one byte more than the limit allows.
    static func readFile(_ path: String, limits: PageLimits) throws(DocumentError) -> SharedMemory {
        // A path with a NUL would be cut there and name another file.
        guard !path.utf8.contains(0) else {
            throw DocumentError(.missingFile, file: path, "no file can have this name; check the path.")
        }
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw openError(path, code: errno) }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw readError(path, code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw DocumentError(
                .isDirectory, file: path, "this is a directory; give the documents in it one by one.")
        default:
            throw DocumentError(
                .notReadable, file: path, "this is a device or pipe, not a regular file; save it to a file first.")
        }
        guard status.st_size <= limits.maximumFileBytes else {
            throw .fileTooLarge(path, byteCount: Int(status.st_size), limits: limits)
        }
        return try readAll(descriptor, path: path, limits: limits)
    }

    private static func readAll(
        _ descriptor: Int32, path: String, limits: PageLimits
    ) throws(DocumentError) -> SharedMemory {
        let memory = try DocumentError.sharedMemory(path)
        var filled = 0
        while true {
            // The file may grow while it is read.
            let count = sendfile(memory.descriptor, descriptor, nil, min(1 << 30, limits.maximumFileBytes - filled + 1))
            if count < 0 {
                if errno == EINTR { continue }
                throw errno == ENOSPC || errno == ENOMEM ? .noMemory(path) : readError(path, code: errno)
            }
            if count == 0 { return memory }
            filled += count
            guard filled <= limits.maximumFileBytes else {
                throw .fileTooLarge(path, byteCount: filled, limits: limits)
            }
        }
    }

    private static func openError(_ path: String, code: Int32) -> DocumentError {
        switch code {
        case ENOENT, ENOTDIR, ENAMETOOLONG:
            DocumentError(.missingFile, file: path, "there is no such file; check the path.")
        case EACCES, EPERM:
            DocumentError(.notReadable, file: path, "permission to read it is denied; change its permissions.")
        default:
            readError(path, code: code)
        }
    }

    private static func readError(_ path: String, code: Int32) -> DocumentError {
        let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return DocumentError(.notReadable, file: path, "the system cannot read it (\(reason)); copy it elsewhere.")
    }
}
