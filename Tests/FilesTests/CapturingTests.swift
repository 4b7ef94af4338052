import Files
import Glibc
import TestSupport
import Testing

struct CapturingTests {
    private let folder: TemporaryFolder
    private let spool: TemporaryFolder
    private let content = patternedBytes(700_001)

    private var path: String { folder.path("a.pdf") }
    private var target: String { spool.path("copy") }

    init() throws {
        folder = try TemporaryFolder()
        spool = try TemporaryFolder()
        try Files.write(content, to: folder.path("a.pdf"))
        try waitUntilQuiet(folder.path("a.pdf"))
    }

    private func capture(_ expected: FileIdentity? = nil, limit: Int = .max) throws -> CaptureResult {
        let expected = try expected ?? #require(try Files.identity(of: path))
        return try Files.capture(path, expected: expected, to: target, limit: limit)
    }

    @Test func aQuietFileIsTakenWhole() throws {
        setMode(path, 0o444)
        setModified(path, seconds: 1_000_000_000)
        let before = try #require(try Files.identity(of: path))
        let captured = try #require(try capture().file)
        #expect(captured.identity == before)
        #expect(captured.byteCount == content.count)
        #expect(captured.mode == 0o444)
        #expect(try captured.sha256 == Files.sha256(of: path))
        #expect(try bytes(of: target) == content)
        #expect(modeBits(of: target) == 0o644)
        #expect(try Files.identity(of: target)?.modified == before.modified)
        #expect(try names(in: spool.path) == ["copy"])
        #expect(try Files.identity(of: path) == before)
        #expect(Files.hasWriter(path) == false)
    }

    @Test func anEmptyFileIsTaken() throws {
        try Files.remove(path)
        try Files.write([], to: path)
        try waitUntilQuiet(path)
        let captured = try #require(try capture().file)
        #expect(captured.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(try bytes(of: target) == [])
    }

    @Test func aFileThatIsBeingWrittenIsBusy() throws {
        let writer = open(path, O_WRONLY)
        #expect(Files.hasWriter(path) == true)
        #expect(try capture().isBusy)
        #expect(try names(in: spool.path) == [])
        close(writer)
        try waitUntilQuiet(path)
        #expect(Files.hasWriter(path) == false)
        #expect(try capture().file != nil)
    }

    @Test func aMappedFileIsBusy() throws {
        let writer = open(path, O_RDWR)
        let memory = try #require(mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, writer, 0))
        close(writer)
        #expect(try capture().isBusy)
        munmap(memory, 4096)
        try waitUntilQuiet(path)
        #expect(try capture().file != nil)
    }

    @Test func anotherVersionIsBusy() throws {
        let seen = try #require(try Files.identity(of: path))
        try Files.write(content, to: folder.path("b"))
        #expect(rename(folder.path("b"), path) == 0)
        #expect(try capture(seen).isBusy)
        for change in [\FileIdentity.device, \.inode] {
            var other = try #require(try Files.identity(of: path))
            other[keyPath: change] += 1
            #expect(try capture(other).isBusy)
        }
        for change in [\FileIdentity.size, \.modified, \.changed] {
            var other = try #require(try Files.identity(of: path))
            other[keyPath: change] += 1
            #expect(try capture(other).isBusy)
        }
        #expect(try names(in: spool.path) == [])
    }

    @Test func whatIsNoRegularFileIsGone() throws {
        let seen = try #require(try Files.identity(of: path))
        try Files.remove(path)
        #expect(try capture(seen).isGone)
        #expect(symlink("/etc/passwd", path) == 0)
        #expect(try capture(seen).isGone)
        try Files.remove(path)
        #expect(mkfifo(path, 0o600) == 0)
        #expect(try capture(seen).isGone)
        try Files.remove(path)
        try Files.makeFolder(path)
        #expect(try capture(seen).isGone)
        #expect(try names(in: spool.path) == [])
    }

    @Test func theLimitIsTheSourcesFault() throws {
        let identity = try Files.identity(of: path)
        let error = try #require(
            failure { () throws(FileError) in
                guard let identity else { return }
                _ = try Files.capture(path, expected: identity, to: target, limit: content.count - 1)
            })
        #expect(error.cause == .tooLarge)
        #expect(error.path == path)
        #expect(try names(in: spool.path) == [])
        #expect(try capture(limit: content.count).file != nil)
    }

    @Test func aTakenNameInTheSpoolIsNotReplaced() throws {
        try Files.write([1], to: target)
        let identity = try #require(try Files.identity(of: path))
        let error = failure { () throws(FileError) in
            try Files.capture(path, expected: identity, to: target, limit: .max)
        }
        #expect(error?.cause == .exists)
        #expect(error?.path == target)
        #expect(try bytes(of: target) == [1])
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, SmallFileSystem.reason))
    func aFullSpoolIsTheSpoolsFault() throws {
        let small = try SmallFileSystem(bytes: 400 << 10)
        let identity = try #require(try Files.identity(of: path))
        let error = failure { () throws(FileError) in
            try Files.capture(path, expected: identity, to: small.path + "/copy", limit: .max)
        }
        #expect(error?.cause == .full)
        #expect(error?.path == small.path + "/copy")
        #expect(try names(in: small.path) == [])
        #expect(Files.hasWriter(path) == false)
    }
}

extension CaptureResult {
    var file: CapturedFile? { if case .captured(let file) = self { file } else { nil } }
    var isBusy: Bool { if case .busy = self { true } else { false } }
    var isGone: Bool { if case .gone = self { true } else { false } }
}
