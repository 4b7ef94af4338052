import Crypto
import Glibc

/// What a capture took: a file that was whole, quiet, and the same before and after.
public struct CapturedFile: Sendable {
    public let identity: FileIdentity
    /// Of the bytes: 64 lower-case hexadecimal digits.
    public let sha256: String
    public let byteCount: Int
    /// Permission bits of the source. The copy has them too, and can always be read and written by its owner.
    public let mode: mode_t
}

public enum CaptureResult: Sendable {
    case captured(CapturedFile)
    /// A writer has it open, or it is not, or no longer, the expected version: look at it anew.
    case busy
    /// No regular file is under the name any more.
    case gone
}

extension Files {
    /// Copies a quiet file durably to a free name, hashing on the way.
    ///
    /// A read lease, where rights and file system allow one, keeps writers out, and whoever comes to write ends the
    /// capture. Without leases only size and times before and after tell. Memory does not grow with the file.
    ///
    /// - Parameters:
    ///   - expected: the version to take; all else is `.busy`.
    ///   - limit: bytes.
    /// - Throws: an error whose path is `path` when the source is at fault (cause `.tooLarge` over `limit`), `target`
    ///   when the copy is.
    public static func capture(
        _ path: String, expected: FileIdentity, to target: String, limit: Int
    ) throws(FileError) -> CaptureResult {
        guard let found = try status(of: path), found.isRegularFile else { return .gone }
        guard FileIdentity(status: found) == expected else { return .busy }

        var source: Descriptor
        do {
            source = try Descriptor.reading(path)
        } catch {
            switch error.cause {
            case .missing, .notRegular, .isDirectory: return .gone
            case .busy: return .busy
            default: throw error
            }
        }
        guard source.takeLease() != .writer else { return .busy }
        let before = try source.status()
        guard FileIdentity(status: before) == expected else { return .busy }
        guard expected.size <= limit else { throw FileError(.read, path: path, code: EFBIG) }

        var copy = try TemporaryFile(for: target, mode: 0o600)
        guard let hash = try copyAndHash(source, to: copy.descriptor, byteCount: expected.size) else { return .busy }
        guard let after = try identity(of: path) else { return .gone }
        guard after == expected, try FileIdentity(status: source.status()) == expected, source.isUndisturbed else {
            return .busy
        }
        // The copy is whole: writers need not wait for the disk.
        source.releaseLease()

        copy.keep(before, mode: before.st_mode | 0o600, owner: false)
        try copy.publish()
        return .captured(
            CapturedFile(
                identity: expected, sha256: hash, byteCount: Int(expected.size),
                mode: before.st_mode & 0o7777))
    }

    /// - Returns: nil when someone came to write, or the file does not have `byteCount` bytes.
    private static func copyAndHash(
        _ source: borrowing Descriptor, to copy: borrowing Descriptor, byteCount: Int64
    ) throws(FileError) -> String? {
        var hash = SHA256()
        var missing = byteCount
        var buffer = [UInt8](repeating: 0, count: chunkByteCount)
        while true {
            let count = try source.read(into: &buffer)
            guard source.isUndisturbed, count <= missing else { return nil }
            guard count > 0 else { return missing == 0 ? hash.finalize().hexadecimal : nil }
            missing -= Int64(count)
            buffer.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            try copy.write(buffer[..<count])
        }
    }

    /// Whether a writer has the file open, as far as a lease tells; nil where leases do not tell.
    public static func hasWriter(_ path: String) -> Bool? {
        do {
            var file = try Descriptor.reading(path)
            return switch file.takeLease() {
            case .taken: false
            case .writer: true
            case .untold: nil
            }
        } catch {
            return error.cause == .busy ? true : nil
        }
    }

    /// The SHA-256 of a regular file's bytes: 64 lower-case hexadecimal digits.
    public static func sha256(of path: String) throws(FileError) -> String {
        var hash = SHA256()
        try Descriptor.reading(path).forEachChunk { chunk in
            chunk.withUnsafeBytes { hash.update(bufferPointer: $0) }
        }
        return hash.finalize().hexadecimal
    }
}
