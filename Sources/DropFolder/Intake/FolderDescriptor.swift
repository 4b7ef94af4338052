import Files
import Glibc

/// An open folder.
struct FolderDescriptor: ~Copyable {
    let number: Int32

    /// Opens the inbox itself, which may be a symbolic link: that was configured.
    init(root: String) throws(FileError) {
        try self.init(path: root) { open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }

    /// Opens a folder below, which may not be a symbolic link.
    init(_ name: String, in parent: Int32, path: String) throws(FileError) {
        try self.init(path: path) { openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    }

    private init(path: String, open: () -> Int32) throws(FileError) {
        var number = open()
        while number < 0, errno == EINTR { number = open() }
        guard number >= 0 else { throw FileError(.open, path: path, code: errno) }
        self.number = number
    }

    deinit {
        close(number)
    }

    /// Gives the descriptor away: the caller closes it.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }

    /// What is under a name, symbolic links not followed; nil where there is nothing.
    static func status(of name: String, in folder: Int32, path: String) throws(FileError) -> stat? {
        var status = stat()
        guard fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if isGone(errno) { return nil }
            throw FileError(.status, path: path, code: errno)
        }
        return status
    }

    /// Removed, or replaced by something else, since its name was read.
    static func isGone(_ code: Int32) -> Bool {
        code == ENOENT || code == ENOTDIR || code == ELOOP
    }
}
