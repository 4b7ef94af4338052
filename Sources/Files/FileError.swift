import Glibc

/// A failed system call: what was tried, on which path, and the errno.
public struct FileError: Error, Sendable, Equatable {
    public enum Operation: String, Sendable {
        case open, read, write, sync, rename, link, remove, makeFolder, list, status, lock, mount, watch
    }

    /// What an errno means to someone who has to decide what to do next.
    public enum Cause: Sendable {
        /// Nothing is there, or a part of the path is not a folder.
        case missing
        case exists
        case denied
        /// The disk or the quota.
        case full
        case readOnly
        /// The file system does not answer: a broken disk, a share that is gone.
        case unavailable
        /// Memory, descriptors, watches or locks of this process or machine are used up.
        case outOfResources
        case isDirectory
        /// A symbolic link, pipe, socket or device where a regular file is needed.
        case notRegular
        /// In use, or changed while it was read.
        case busy
        /// More bytes than the caller or the file system allows.
        case tooLarge
        case nameTooLong
        case other
    }

    public let operation: Operation
    public let path: String
    /// errno, as in errno(3).
    public let code: Int32

    public init(operation: Operation, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    public init(_ operation: Operation, path: String, code: Int32) {
        self.init(operation: operation, path: path, code: code)
    }

    public var cause: Cause {
        switch code {
        case ENOENT, ENOTDIR: .missing
        case EEXIST, ENOTEMPTY: .exists
        case EACCES, EPERM: .denied
        // inotify_add_watch(2) says ENOSPC when the watches of the user are used up.
        case ENOSPC: operation == .watch ? .outOfResources : .full
        case EDQUOT: .full
        case EROFS: .readOnly
        case EIO, ESTALE, ENOTCONN, ENODEV, ENXIO, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH, ENETDOWN, ENETUNREACH,
            ECONNREFUSED, ECONNRESET, ECONNABORTED, EREMOTEIO, ESHUTDOWN, EUCLEAN:
            .unavailable
        case EMFILE, ENFILE, ENOMEM, ENOLCK, ENOBUFS: .outOfResources
        case EISDIR: .isDirectory
        case ELOOP, ESPIPE: .notRegular
        case EBUSY, ETXTBSY, EAGAIN: .busy
        case EFBIG, EOVERFLOW: .tooLarge
        case ENAMETOOLONG: .nameTooLong
        default: .other
        }
    }
}
