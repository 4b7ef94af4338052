import Glibc

/// Which folder stands under a path.
struct FolderNode: Equatable {
    var device: UInt64
    var inode: UInt64

    /// nil where there is none. A symbolic link is followed.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}
