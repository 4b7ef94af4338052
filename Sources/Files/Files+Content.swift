import CPlatform
import Glibc

extension Files {
    /// Bytes that are read at a time: large enough that calls do not count, small enough to stay in cache.
    static let chunkByteCount = 256 << 10

    /// Writes a new file durably: under a temporary name in the same folder first, then renamed without replacing.
    ///
    /// - Parameter mode: less the umask.
    /// - Throws: cause `.exists` when the name is taken; nothing is left behind then.
    public static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o666) throws(FileError) {
        var file = try TemporaryFile(for: path, mode: mode)
        try file.descriptor.write(bytes[...])
        try file.publish()
    }

    /// The bytes of a regular file.
    ///
    /// - Throws: cause `.tooLarge` over `limit` bytes, `.notRegular` for links, pipes and devices.
    public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = try Descriptor.reading(path)
        guard try file.status().st_size <= limit else { throw FileError(.read, path: path, code: EFBIG) }
        var bytes: [UInt8] = []
        try file.forEachChunk { chunk throws(FileError) in
            guard chunk.count <= limit - bytes.count else { throw FileError(.read, path: path, code: EFBIG) }
            bytes += chunk
        }
        return bytes
    }

    /// Copies a regular file durably to a name that must be free, with its mode and modification time where possible.
    /// Blocks are shared where the file system can do that.
    ///
    /// - Throws: cause `.exists` when the name is taken, `.busy` when the source changed meanwhile.
    public static func copy(_ source: String, to target: String) throws(FileError) {
        try copy(Descriptor.reading(source), to: target, owner: false)
    }

    /// - Returns: what was copied.
    @discardableResult
    static func copy(_ source: borrowing Descriptor, to target: String, owner: Bool) throws(FileError) -> FileIdentity {
        let before = try source.status()
        var file = try TemporaryFile(for: target, mode: 0o600)
        try source.copyContent(to: file.descriptor)
        guard try FileIdentity(status: source.status()) == FileIdentity(status: before),
            try file.descriptor.status().st_size == before.st_size
        else { throw FileError(.read, path: source.path, code: EBUSY) }
        file.keep(before, mode: before.st_mode, owner: owner)
        try file.publish()
        return FileIdentity(status: before)
    }
}

extension Descriptor {
    /// Gives the rest of the file to `body`, piece by piece.
    func forEachChunk(_ body: (ArraySlice<UInt8>) throws(FileError) -> Void) throws(FileError) {
        var buffer = [UInt8](repeating: 0, count: Files.chunkByteCount)
        while true {
            let count = try read(into: &buffer)
            guard count > 0 else { return }
            try body(buffer[..<count])
        }
    }

    /// Copies everything to an empty file.
    func copyContent(to target: borrowing Descriptor) throws(FileError) {
        if platform_clone(number, target.number) == 0 { return }
        let step = 64 << 20
        while platform_copy_range(number, target.number, step) > 0 {}
        // Whatever ended that (the end of the file, no support for it, an error), reading and writing go on from there
        // and tell which side is at fault.
        var buffer = [UInt8](repeating: 0, count: Files.chunkByteCount)
        while true {
            let count = try read(into: &buffer)
            guard count > 0 else { return }
            try target.write(buffer[..<count])
        }
    }
}
