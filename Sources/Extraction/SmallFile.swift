import Glibc

/// Files that are read whole: schemas. Documents and weights have readers of their own.
enum SmallFile {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Larger files are no schemas.
    static let maximumBytes = 16 << 20

    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(description: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(description: String(cString: strerror(errno))) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= maximumBytes else {
                throw Failure(description: "it is larger than \(maximumBytes >> 20) MiB")
            }
        }
    }
}
