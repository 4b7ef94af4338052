import Files
import Glibc

/// A file on its way to the name `target`: under a temporary name until it is whole, and gone if it never gets there.
struct PendingFile: ~Copyable {
    let target: String
    let temporary: String
    private let claim: TargetClaim
    private var isPublished = false

    /// - Throws: `FileFailure` where the name is taken or another process writes this file, `FileOperationError` for a
    ///   folder that cannot be made or written to.
    init(target: String) throws {
        guard try Files.identity(of: target) == nil else {
            throw FileFailure(
                message: "\(target): there is such a file already; choose another name or move it away",
                code: .cannotWrite)
        }
        try Files.makeFolder(Files.folder(of: target))
        claim = try TargetClaim(target: target)
        self.target = target
        temporary = TargetClaim.temporaryPath(for: target)
    }

    deinit {
        if !isPublished { unlink(temporary) }
    }

    /// Gives the file its name, durably; it must be on disk already.
    mutating func publish() throws(FileOperationError) {
        try Files.rename(temporary, toNew: target)
        isPublished = true
        try Files.sync(folder: Files.folder(of: target))
    }
}

/// Bytes that are free for this user where a folder is, or would be.
func freeBytes(_ folder: String) -> Int? {
    var folder = folder
    var status = statvfs()
    while statvfs(folder, &status) != 0 {
        guard errno == ENOENT, folder != "/", folder != "." else { return nil }
        folder = Files.folder(of: folder)
    }
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return overflow ? nil : Int(clamping: bytes)
}
