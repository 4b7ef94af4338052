import Crypto
import Glibc
import Mistral

extension ModelFiles {
    /// Bytes of a file that are hashed at most: reading all of a large model would take minutes at every start.
    private static let sampledBytes = 64 << 20

    /// SHA-256, in hexadecimal, over the model's files: names, sizes and bytes; of files above 64 MiB, 16 KiB out of each of 4096
    /// places spread evenly over the file, its two ends among them. Files that cannot be read count by name alone.
    var fingerprint: String {
        var hash = SHA256()
        for path in all.sorted() {
            let name = path.split(separator: "/").last ?? ""
            hash.update(data: Array(name.utf8) + [0])
            Self.hash(path, into: &hash)
        }
        return hash.finalize().hexadecimal
    }

    private static func hash(_ file: String, into hash: inout SHA256) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        hash.update(data: Array("\(size)".utf8) + [0])
        let block = 16 << 10
        let isWhole = size <= sampledBytes
        let count = isWhole ? (size + block - 1) / block : sampledBytes / block
        var buffer = [UInt8](repeating: 0, count: block)
        for index in 0..<max(count, 0) {
            let offset = isWhole || index == 0 ? index * block : (size - block) / (count - 1) * index
            let length = pread(
                descriptor, &buffer, block, off_t(index == count - 1 && !isWhole ? size - block : offset))
            if length > 0 { hash.update(data: buffer[..<length]) }
        }
    }
}
