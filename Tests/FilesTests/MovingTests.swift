import Files
import Foundation
import Synchronization
import TestSupport
import Testing

/// Moves and copies within one file system.
struct MovingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aMovedFileIsTheSameFile() throws {
        try Files.makeFolder(folder.path("done"))
        try Files.write([1, 2], to: folder.path("a"))
        let before = try #require(try Files.identity(of: folder.path("a")))
        try Files.move(folder.path("a"), to: folder.path("done/a"))
        let after = try #require(try Files.identity(of: folder.path("done/a")))
        #expect(after.isSameContent(as: before))
        #expect(try Files.identity(of: folder.path("a")) == nil)
    }

    @Test func aTakenNameKeepsBothFiles() throws {
        try Files.write([1], to: folder.path("a"))
        try Files.write([2], to: folder.path("b"))
        for error in [
            failure { () throws(FileError) in try Files.move(folder.path("a"), to: folder.path("b")) },
            failure { () throws(FileError) in try Files.copy(folder.path("a"), to: folder.path("b")) },
        ] {
            #expect(error?.cause == .exists)
            #expect(error?.path == folder.path("b"))
        }
        #expect(
            failure { () throws(FileError) in try Files.move(folder.path("a"), to: folder.path("a")) }?.cause == .exists
        )
        #expect(try bytes(of: folder.path("a")) == [1])
        #expect(try bytes(of: folder.path("b")) == [2])
        #expect(try names(in: folder.path) == ["a", "b"])
    }

    @Test func theErrorSaysWhichSideIsMissing() throws {
        let source = try #require(
            failure { () throws(FileError) in try Files.move(folder.path("a"), to: folder.path("b")) })
        #expect(source.cause == .missing)
        #expect(source.path == folder.path("a"))
        try Files.write([1], to: folder.path("a"))
        let target = try #require(
            failure { () throws(FileError) in try Files.move(folder.path("a"), to: folder.path("c/b")) })
        #expect(target.cause == .missing)
        #expect(target.path == folder.path("c/b"))
    }

    @Test func aSymbolicLinkIsMovedItself() throws {
        try Files.write([1], to: folder.path("a"))
        #expect(symlink(folder.path("a"), folder.path("link")) == 0)
        try Files.move(folder.path("link"), to: folder.path("moved"))
        #expect(try !Files.isRegularFile(folder.path("moved")))
        #expect(try names(in: folder.path) == ["a", "moved"])
    }

    @Test func aCopyKeepsModeAndTime() throws {
        let content = patternedBytes(300_000)
        try Files.write(content, to: folder.path("a"))
        setMode(folder.path("a"), 0o640)
        setModified(folder.path("a"), seconds: 1_000_000_000)
        try Files.copy(folder.path("a"), to: folder.path("b"))
        #expect(try bytes(of: folder.path("b")) == content)
        #expect(modeBits(of: folder.path("b")) == 0o640)
        #expect(try Files.identity(of: folder.path("b"))?.modified == 1_000_000_000_123_456_789)
        #expect(try Files.identity(of: folder.path("a"))?.inode != Files.identity(of: folder.path("b"))?.inode)
    }

    @Test(.enabled(if: SupervisedThread.isPossible, SupervisedThread.reason))
    func aSourceThatIsWrittenWhileItIsCopiedIsBusy() throws {
        let (source, target) = (folder.path("a"), folder.path("b"))
        try Files.write([1, 2, 3], to: source)
        var opened = 0
        let error = SupervisedThread.run(watching: [.openat]) { _ in
            opened += 1
            // The source is open; the copy is about to be.
            if opened == 2 {
                let writer = open(source, O_WRONLY)
                #expect(write(writer, [9], 1) == 1)
                close(writer)
            }
            return .go
        } work: {
            failure { () throws(FileError) in try Files.copy(source, to: target) }
        }
        #expect(error??.cause == .busy)
        #expect(error??.path == source)
        #expect(try names(in: folder.path) == ["a"])
    }

    /// What file systems answer that cannot rename without replacing, or not link either.
    enum Limitation: CaseIterable {
        case none, noReplaceFlag, noSuchCall, notSupported, noLinks

        func verdict(_ call: SupervisedThread.Call) -> SupervisedThread.Verdict {
            switch (self, call) {
            case (.none, _): .go
            case (.noSuchCall, .renameat2): .fail(ENOSYS)
            case (.notSupported, .renameat2): .fail(EOPNOTSUPP)
            case (_, .renameat2): .fail(EINVAL)
            case (.noLinks, .link): .fail(EPERM)
            default: .go
            }
        }
    }

    @Test(.enabled(if: SupervisedThread.isPossible, SupervisedThread.reason), arguments: Limitation.allCases)
    func whateverTheFileSystemCannotDoTheFileIsWholeAtEveryStep(limitation: Limitation) throws {
        let content = patternedBytes(5000)
        let (source, target) = (folder.path("a"), folder.path("b"))
        try Files.write(content, to: source)
        var steps = 0
        let error = SupervisedThread.run(watching: Set(SupervisedThread.Call.allCases).subtracting([.read, .write])) {
            call in
            steps += 1
            let (left, moved) = (try? bytes(of: source), try? bytes(of: target))
            #expect(left == content || moved == content)
            // Only the placeholder may be empty.
            #expect(moved == nil || moved == content || (limitation == .noLinks && moved == []))
            return limitation.verdict(call)
        } work: {
            failure { () throws(FileError) in try Files.move(source, to: target) }
        }
        #expect(error == .some(.none))
        #expect(steps >= 4)
        #expect(try names(in: folder.path) == ["b"])
        #expect(try bytes(of: target) == content)
    }

    @Test(.enabled(if: SupervisedThread.isPossible, SupervisedThread.reason), arguments: Limitation.allCases)
    func noLimitationMakesAMoveReplace(limitation: Limitation) throws {
        let (source, target) = (folder.path("a"), folder.path("b"))
        try Files.write([1], to: source)
        try Files.write([], to: target)
        let error = SupervisedThread.run(watching: [.renameat2, .link], verdict: limitation.verdict) {
            failure { () throws(FileError) in try Files.move(source, to: target) }
        }
        #expect(error??.cause == .exists)
        #expect(try bytes(of: source) == [1])
        #expect(try bytes(of: target) == [])
    }

    @Test(.enabled(if: SupervisedThread.isPossible, SupervisedThread.reason), arguments: [ENOSPC, EIO, EACCES])
    func aFailedMoveLeavesTheSourceAlone(code: Int32) throws {
        let (source, target) = (folder.path("a"), folder.path("b"))
        try Files.write([1], to: source)
        // The last step that can fail, of each way to move.
        for limitation in [Limitation.none, .noReplaceFlag, .noLinks] {
            let last: SupervisedThread.Call =
                switch limitation {
                case .none: .renameat2
                case .noLinks: .rename
                default: .unlink
                }
            var isFirst = true
            let error = SupervisedThread.run(watching: [.renameat2, .link, .unlink, .rename]) { call in
                if call == last, isFirst {
                    isFirst = false
                    return .fail(code)
                }
                return limitation.verdict(call)
            } work: {
                failure { () throws(FileError) in try Files.move(source, to: target) }
            }
            #expect(error??.code == code)
            #expect(try names(in: folder.path) == ["a"])
        }
    }

    @Test(
        .enabled(if: SupervisedThread.isPossible, SupervisedThread.reason),
        arguments: [Limitation.none, .noReplaceFlag, .noLinks])
    func oneOfTwoMovesToTheSameNameWins(limitation: Limitation) throws {
        for round in 0..<50 {
            let target = folder.path("target-\(round)")
            let sources = [folder.path("first-\(round)"), folder.path("second-\(round)")]
            for (index, source) in sources.enumerated() { try Files.write([UInt8(index)], to: source) }
            let failures = Mutex<[Int: FileError?]>([:])
            DispatchQueue.concurrentPerform(iterations: 2) { index in
                let error = SupervisedThread.run(watching: [.renameat2, .link], verdict: limitation.verdict) {
                    failure { () throws(FileError) in try Files.move(sources[index], to: target) }
                }
                failures.withLock { $0[index] = error ?? nil }
            }
            let outcome = failures.withLock { $0 }
            let loser = try #require(outcome.first { $0.value != nil }?.key)
            #expect(outcome.values.compactMap { $0 }.map(\.cause) == [.exists])
            #expect(try bytes(of: target) == [UInt8(1 - loser)])
            #expect(try bytes(of: sources[loser]) == [UInt8(loser)])
            #expect(try Files.identity(of: sources[1 - loser]) == nil)
        }
    }
}
