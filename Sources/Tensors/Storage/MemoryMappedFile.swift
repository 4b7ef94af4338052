import Glibc

/// A file could not be opened or mapped.
public struct FileError: Error, Equatable, CustomStringConvertible {
    public let path: String
    public let reason: String

    public var description: String { "\(path): \(reason)" }

    static func system(_ path: String, _ operation: String) -> FileError {
        FileError(path: path, reason: "cannot \(operation) it: \(String(cString: strerror(errno)))")
    }
}

/// The bytes of a regular file, mapped for reading and unmapped when the last user is gone.
///
/// Pages enter memory when they are first read. The file must not be truncated while it is mapped.
public final class MemoryMappedFile: @unchecked Sendable {
    public let path: String
    public let byteCount: Int
    let bytes: UnsafeRawPointer

    /// Maps a file that is not empty.
    public init(path: String) throws(FileError) {
        // Without O_NONBLOCK, opening a named pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(path, "open") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(path, "examine") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(path: path, reason: "not a regular file") }
        guard status.st_size > 0 else { throw FileError(path: path, reason: "the file is empty") }
        let size = Int(status.st_size)
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
            throw .system(path, "map")
        }
        self.path = path
        byteCount = size
        bytes = UnsafeRawPointer(start)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: bytes), byteCount) }

    /// A copy of some of the bytes; the range must lie in the file.
    public func contents(_ range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
        return Array(UnsafeRawBufferPointer(start: bytes + range.lowerBound, count: range.count))
    }

    /// A copy of a whole file of at most `limit` bytes; `FileError` if it is larger.
    public static func contents(of path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = try MemoryMappedFile(path: path)
        guard file.byteCount <= limit else {
            throw FileError(path: path, reason: "\(file.byteCount) bytes, more than the \(limit) allowed")
        }
        return file.contents(0..<file.byteCount)
    }
}
