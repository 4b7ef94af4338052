import Glibc

/// Files that appear whole or not at all.
enum AtomicFile {
    struct Failure: Error {
        let reason: String
    }

    /// Writes to a temporary name beside `path`, syncs, and renames over it.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let temporary = path + ".\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
        let isWritten = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
        let reason = errno
        guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
            let failure = Failure(reason: String(cString: strerror(isWritten ? errno : reason)))
            unlink(temporary)
            throw failure
        }
    }
}
