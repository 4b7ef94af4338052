import CPlatform
import Glibc

extension Files {
    /// Renames a file unless the name is taken, in one step where the file system can. Does not wait for the disk: after a power cut
    /// the file has one name or the other.
    ///
    /// - Throws: an error about `target`: code EXDEV when it lies on another file system.
    public static func rename(_ source: String, toNew target: String) throws(FileError) {
        do {
            try systemCall(.rename, target) { platform_rename_new(source, target) }
        } catch let error where [EINVAL, ENOSYS, ENOTSUP].contains(error.code) {
            // NFS, SMB and many FUSE file systems do not know RENAME_NOREPLACE.
            try renameByLink(source, target)
        }
    }

    /// A crash in between leaves the file under both names.
    private static func renameByLink(_ source: String, _ target: String) throws(FileError) {
        do {
            try systemCall(.link, target) { link(source, target) }
        } catch let error where [EPERM, EACCES, EINVAL, EMLINK, ENOSYS, ENOTSUP].contains(error.code) {
            // No hard links here, or not of other people's files.
            return try renameByPlaceholder(source, target)
        }
        do throws(FileError) {
            try remove(source)
        } catch {
            // Only a file that is known to have its old name still may lose the new one.
            if try status(of: source) != nil { unlink(target) }
            throw error
        }
    }

    /// A crash in between leaves an empty file under the new name.
    private static func renameByPlaceholder(_ source: String, _ target: String) throws(FileError) {
        _ = try Descriptor(target, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        do throws(FileError) {
            try systemCall(.rename, target) { Glibc.rename(source, target) }
        } catch {
            // A share may fail and yet have done it: only what is empty is the placeholder.
            if let left = try? identity(of: target), left.size == 0 { unlink(target) }
            throw error
        }
    }
}
