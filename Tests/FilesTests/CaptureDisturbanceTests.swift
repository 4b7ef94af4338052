import Files
import Glibc
import TestSupport
import Testing

/// Captures of files that others change at the same time.
@Suite(.enabled(if: SupervisedThread.isPossible, SupervisedThread.reason))
struct CaptureDisturbanceTests {
    private let folder: TemporaryFolder
    private let spool: TemporaryFolder
    private let content = patternedBytes(700_001)

    private var path: String { folder.path("a.pdf") }

    init() throws {
        folder = try TemporaryFolder()
        spool = try TemporaryFolder()
        try Files.write(content, to: folder.path("a.pdf"))
        try waitUntilQuiet(folder.path("a.pdf"))
    }

    /// Captures the file, disturbed by `disturbance` before the given call: the first of its kind that matters.
    private func capture(
        before call: SupervisedThread.Call = .write, withoutLeases: Bool = false, _ disturbance: () -> Void
    ) throws -> CaptureResult {
        let (path, target) = (path, spool.path("copy"))
        let identity = try #require(try Files.identity(of: path))
        var isFirst = true
        let result = SupervisedThread.run(watching: withoutLeases ? [call, .fcntl] : [call]) { stopped in
            if stopped == .fcntl { return .fail(EINVAL) }
            if isFirst { disturbance() }
            isFirst = false
            return .go
        } work: {
            try? Files.capture(path, expected: identity, to: target, limit: .max)
        }
        #expect(!isFirst)
        return try #require(result ?? nil)
    }

    private func expectNoCopy() throws { #expect(try names(in: spool.path) == []) }

    @Test func aWriterThatComesEndsTheCapture() throws {
        var refusal: Int32 = 0
        let result = try capture {
            // Whoever does not wait is turned away; whoever waits gets the file when the capture has let go of it.
            if open(path, O_WRONLY | O_NONBLOCK) < 0 { refusal = errno }
        }
        #expect(refusal == EWOULDBLOCK)
        #expect(result.isBusy)
        try expectNoCopy()
        let writer = open(path, O_WRONLY | O_NONBLOCK)
        #expect(writer >= 0)
        close(writer)
    }

    @Test func aReplacedFileIsBusy() throws {
        try Files.write([1], to: folder.path("b"))
        let result = try capture { #expect(rename(folder.path("b"), path) == 0) }
        #expect(result.isBusy)
        try expectNoCopy()
        #expect(try bytes(of: path) == [1])
    }

    @Test func aRemovedFileIsGone() throws {
        let result = try capture { unlink(path) }
        #expect(result.isGone)
        try expectNoCopy()
    }

    @Test func aTouchedFileIsBusy() throws {
        let result = try capture { setMode(path, 0o600) }
        #expect(result.isBusy)
        try expectNoCopy()
    }

    @Test func aFileThatBecameALinkIsGone() throws {
        try Files.write([1], to: folder.path("b"))
        // Between the look and the opening.
        let result = try capture(before: .openat) {
            unlink(path)
            #expect(symlink(folder.path("b"), path) == 0)
        }
        #expect(result.isGone)
        try expectNoCopy()
    }

    @Test func aFileThatBecameAPipeIsNotWaitedFor() throws {
        let result = try capture(before: .openat) {
            unlink(path)
            #expect(mkfifo(path, 0o600) == 0)
        }
        #expect(result.isGone)
        try expectNoCopy()
    }

    @Test func withoutLeasesAQuietFileIsTaken() throws {
        let result = try capture(withoutLeases: true) {}
        #expect(try result.file?.sha256 == Files.sha256(of: path))
        #expect(try bytes(of: spool.path("copy")) == content)
    }

    /// Longer, shorter, and as long as before.
    @Test(arguments: [O_APPEND, O_TRUNC, 0])
    func withoutLeasesAWrittenFileIsBusy(flag: Int32) throws {
        let result = try capture(withoutLeases: true) {
            let writer = open(path, O_WRONLY | flag)
            #expect(write(writer, [7], 1) == 1)
            close(writer)
        }
        #expect(result.isBusy)
        try expectNoCopy()
    }

    @Test(arguments: [SupervisedThread.Call.write, .fsync, .renameat2])
    func aSpoolThatFailsIsToldFromASourceThatDoes(call: SupervisedThread.Call) throws {
        let (path, target) = (path, spool.path("copy"))
        let identity = try #require(try Files.identity(of: path))
        for (call, culprit) in [(call, target), (.read, path)] {
            let error = SupervisedThread.run(watching: [call]) { _ in
                .fail(EIO)
            } work: {
                failure { () throws(FileError) in
                    try Files.capture(path, expected: identity, to: target, limit: .max)
                }
            }
            #expect(error??.cause == .unavailable)
            #expect(error??.path == culprit)
            try expectNoCopy()
        }
    }

    @Test func aCrashLeavesNoTornCopy() throws {
        let (path, target) = (path, spool.path("copy"))
        let identity = try #require(try Files.identity(of: path))
        SupervisedThread.run(watching: Set(SupervisedThread.Call.allCases)) { _ in
            let copy = try? bytes(of: target)
            #expect(copy == nil || copy == content)
            return .go
        } work: {
            #expect(throws: Never.self) { try Files.capture(path, expected: identity, to: target, limit: .max) }
        }
        #expect(try bytes(of: target) == content)
    }
}
