import Files
import Glibc
import Testing

struct FileErrorTests {
    @Test(arguments: [
        (ENOENT, FileError.Cause.missing), (ENOTDIR, .missing), (EEXIST, .exists), (EACCES, .denied), (EPERM, .denied),
        (ENOSPC, .full), (EDQUOT, .full), (EROFS, .readOnly), (EIO, .unavailable), (ESTALE, .unavailable),
        (ENOTCONN, .unavailable), (EHOSTDOWN, .unavailable), (EMFILE, .outOfResources), (EISDIR, .isDirectory),
        (ELOOP, .notRegular), (EBUSY, .busy), (EFBIG, .tooLarge), (ENAMETOOLONG, .nameTooLong), (EINVAL, .other),
    ])
    func anErrnoHasACause(code: Int32, cause: FileError.Cause) {
        #expect(FileError(.write, path: "/a", code: code).cause == cause)
    }

    @Test func usedUpWatchesAreNoFullDisk() {
        let error = FileError(.watch, path: "/inbox", code: ENOSPC)
        #expect(error.cause == .outOfResources)
        #expect(error.description.contains("max_user_watches"))
    }

    @Test func theDescriptionIsOneLineWithPathAndReason() {
        let error = FileError(operation: .write, path: "/a\n\u{1B}[31mb", code: ENOSPC)
        #expect(error.description.hasPrefix("/a??[31mb: cannot write it: No space left on device; free space"))
        #expect(error.description.hasSuffix("."))
    }
}
