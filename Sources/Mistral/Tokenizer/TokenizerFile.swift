import Glibc

/// Reading a whole file without Foundation.
enum TokenizerFile {
    /// The largest file that is read; the released tokenizer file is several times smaller.
    private static let limit = 128 << 20

    /// All bytes of the file at `path`.
    static func read(_ path: String) throws(TekkenError) -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw failure(path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = fread(&block, 1, block.count, file)
            bytes.append(contentsOf: block[..<count])
            if count < block.count { break }
            guard bytes.count <= limit else { throw .unreadable(path: path, reason: "larger than \(limit) bytes") }
        }
        guard ferror(file) == 0 else { throw failure(path) }
        return bytes
    }

    private static func failure(_ path: String) -> TekkenError {
        .unreadable(path: path, reason: String(cString: strerror(errno)))
    }
}
