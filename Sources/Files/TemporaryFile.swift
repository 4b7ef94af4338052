import CPlatform
import Glibc

/// A file on its way to the name `target`: under a temporary name until it is whole and on disk, and gone if it never
/// gets there.
struct TemporaryFile: ~Copyable {
    let target: String
    private let path: String
    let descriptor: Descriptor
    private var isPublished = false

    init(for target: String, mode: mode_t) throws(FileError) {
        self.target = target
        path = Files.temporaryPath(for: target)
        descriptor = try Descriptor(path, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode, name: target)
    }

    deinit {
        if !isPublished { unlink(path) }
    }

    /// Gives the copy what the source has beside its bytes, as far as rights and file system allow.
    func keep(_ status: stat, mode: mode_t, owner: Bool) {
        // The owner first: changing it clears mode bits.
        if owner { _ = fchown(descriptor.number, status.st_uid, status.st_gid) }
        _ = fchmod(descriptor.number, mode & 0o777)
        _ = platform_set_modified(descriptor.number, status.st_mtim)
    }

    /// Brings the bytes to disk, then the name.
    ///
    /// - Throws: cause `.exists` when the name is taken.
    mutating func publish() throws(FileError) {
        try descriptor.sync()
        try Files.rename(path, toNew: target)
        isPublished = true
        try Files.sync(folder: Files.folder(of: target))
    }
}
