import Glibc

extension DocumentFile {
    /// Reads the regular file at `path`, at most one byte more than the limit allows.
    static func readFile(_ path: String, limits: PageLimits) throws(DocumentError) -> [UInt8] {
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
        return try readAll(descriptor, path: path, expectedSize: Int(status.st_size), limits: limits)
    }

    private static func readAll(
        _ descriptor: Int32, path: String, expectedSize: Int, limits: PageLimits
    ) throws(DocumentError) -> [UInt8] {
        // One byte more than expected, so that the end shows without growing; the file may grow while it is read.
        var bytes = [UInt8](repeating: 0, count: expectedSize + 1)
        var filled = 0
        while true {
            if filled == bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(bytes.count, 4096))) }
            let count = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw readError(path, code: errno)
            }
            if count == 0 { break }
            filled += count
            guard filled <= limits.maximumFileBytes else {
                throw .fileTooLarge(path, byteCount: filled, limits: limits)
            }
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
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
