import Crypto
import Glibc

extension Files {
    /// The SHA-256 of a regular file of any size: 64 lower-case hexadecimal digits. A symbolic link is followed.
    ///
    /// - Parameter progress: told the bytes that were read since it was last called; throws to stop.
    public static func sha256(ofFile path: String, progress: (Int) throws -> Void = { _ in }) throws -> String {
        let file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK)
        if let code = try file.status().refusal { throw FileError(.read, path: path, code: code) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try file.read(into: &buffer)
            guard count > 0 else { return hash.finalize().hexadecimal }
            hash.update(data: buffer[..<count])
            try progress(count)
        }
    }
}
