import Files
import Glibc
import TestSupport
import Testing

/// Moves from one file system to another.
@Suite(.enabled(if: SmallFileSystem.isPossible, SmallFileSystem.reason))
struct MovingAcrossTests {
    private let folder: TemporaryFolder
    private let small: SmallFileSystem
    private let content = patternedBytes(600_000)

    private var source: String { folder.path("a") }
    private var target: String { small.path + "/a" }

    init() throws {
        folder = try TemporaryFolder()
        small = try SmallFileSystem()
        try Files.write(content, to: folder.path("a"))
        try waitUntilQuiet(folder.path("a"))
    }

    private func expectUnmoved(_ content: [UInt8]? = nil) throws {
        #expect(try bytes(of: source) == content ?? self.content)
        #expect(try names(in: folder.path) == ["a"])
        #expect(try names(in: small.path) == [])
    }

    @Test func contentModeAndTimeArrive() throws {
        setMode(source, 0o604)
        setModified(source, seconds: 1_000_000_000)
        try Files.move(source, to: target)
        #expect(try bytes(of: target) == content)
        #expect(modeBits(of: target) == 0o604)
        #expect(try Files.identity(of: target)?.modified == 1_000_000_000_123_456_789)
        #expect(try names(in: folder.path) == [])
        #expect(try names(in: small.path) == ["a"])
        try waitUntilQuiet(target)
        try Files.move(target, to: source)
        #expect(try bytes(of: source) == content)
    }

    @Test func aTakenNameKeepsBothFiles() throws {
        try Files.write([1], to: target)
        #expect(failure { () throws(FileError) in try Files.move(source, to: target) }?.cause == .exists)
        #expect(try bytes(of: source) == content)
        #expect(try bytes(of: target) == [1])
        #expect(try names(in: small.path) == ["a"])
    }

    @Test func aFullDiskLeavesTheSource() throws {
        try Files.write(patternedBytes(700_000), to: small.path + "/b")
        let error = try #require(failure { () throws(FileError) in try Files.move(source, to: target) })
        #expect(error.cause == .full)
        #expect(error.path == target)
        #expect(try bytes(of: source) == content)
        #expect(try names(in: small.path) == ["b"])
    }

    @Test func aReadOnlyTargetLeavesTheSource() throws {
        try small.makeReadOnly()
        let error = try #require(failure { () throws(FileError) in try Files.move(source, to: target) })
        #expect(error.cause == .readOnly)
        try expectUnmoved()
    }

    @Test func linksPipesAndFoldersDoNotCross() throws {
        #expect(symlink(source, folder.path("link")) == 0)
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        try Files.makeFolder(folder.path("folder"))
        for (name, cause) in [("link", FileError.Cause.notRegular), ("pipe", .notRegular), ("folder", .isDirectory)] {
            #expect(failure { () throws(FileError) in try Files.move(folder.path(name), to: target) }?.cause == cause)
        }
        #expect(try names(in: folder.path) == ["a", "folder", "link", "pipe"])
        #expect(try names(in: small.path) == [])
    }

    @Test func aFileThatIsBeingWrittenStays() throws {
        let writer = open(source, O_WRONLY)
        #expect(failure { () throws(FileError) in try Files.move(source, to: target) }?.cause == .busy)
        close(writer)
        try waitUntilQuiet(source)
        try expectUnmoved()
        try Files.move(source, to: target)
    }

    @Test(.enabled(if: SupervisedThread.isPossible, SupervisedThread.reason))
    func aCrashLeavesTheSourceOrTheWholeTarget() throws {
        let (source, target) = (source, target)
        var steps = 0
        SupervisedThread.run(watching: Set(SupervisedThread.Call.allCases)) { _ in
            steps += 1
            let (left, moved) = (try? bytes(of: source), try? bytes(of: target))
            #expect(left == content || (left == nil && moved == content))
            #expect(moved == nil || moved == content)
            return .go
        } work: {
            #expect(throws: Never.self) { try Files.move(source, to: target) }
        }
        #expect(steps > 15)
        #expect(try names(in: folder.path) == [])
        #expect(try names(in: small.path) == ["a"])
    }

    @Test(.enabled(if: SupervisedThread.isPossible, SupervisedThread.reason), arguments: [EACCES, EPERM, EROFS, EBUSY])
    func aSourceThatCannotBeRemovedLeavesNoCopy(code: Int32) throws {
        let (source, target) = (source, target)
        var isFirst = true
        let error = SupervisedThread.run(watching: [.unlink]) { _ in
            defer { isFirst = false }
            return isFirst ? .fail(code) : .go
        } work: {
            failure { () throws(FileError) in try Files.move(source, to: target) }
        }
        #expect(error??.code == code)
        #expect(error??.path == source)
        try expectUnmoved()
    }

    /// A source that changes while it is copied, before or after its copy has its name.
    @Test(
        .enabled(if: SupervisedThread.isPossible, SupervisedThread.reason),
        arguments: [SupervisedThread.Call.write, .fsync, .unlink])
    func aNewVersionIsNotRemovedInPlaceOfTheOldOne(call: SupervisedThread.Call) throws {
        let (source, target, other) = (source, target, folder.path("new"))
        try Files.write([9, 9], to: other)
        var isFirst = true
        let error = SupervisedThread.run(watching: [call]) { _ in
            defer { isFirst = false }
            if isFirst { #expect(rename(other, source) == 0) }
            // The unlink that was on its way would hit the new version: no call can be taken back.
            return call == .unlink && isFirst ? .fail(EBUSY) : .go
        } work: {
            failure { () throws(FileError) in try Files.move(source, to: target) }
        }
        #expect(error??.cause == .busy)
        try expectUnmoved([9, 9])
    }

    @Test(.enabled(if: SupervisedThread.isPossible, SupervisedThread.reason))
    func aWriterThatComesMeanwhileKeepsTheSource() throws {
        let (source, target) = (source, target)
        var codes: [Int32] = []
        let error = SupervisedThread.run(watching: [.write]) { _ in
            let writer = open(source, O_WRONLY | O_NONBLOCK)
            codes.append(writer < 0 ? errno : 0)
            if writer >= 0 { close(writer) }
            return .go
        } work: {
            failure { () throws(FileError) in try Files.move(source, to: target) }
        }
        #expect(codes.first == EWOULDBLOCK)
        #expect(error??.cause == .busy)
        try expectUnmoved()
    }
}
