import Files
import Glibc
import TestSupport
import Testing

struct FileLockTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func oneHolderAtATime() throws {
        let path = folder.path("lock")
        let first = try FileLock(path)
        #expect(throws: FileLockError.held(path: path, holder: getpid())) { try FileLock(path) }
        first.release()
        first.release()
        let second = try FileLock(path)
        #expect(throws: FileLockError.held(path: path, holder: getpid())) { try FileLock(path) }
        withExtendedLifetime(second) {}
    }

    @Test func theLockEndsWithItsOwner() throws {
        do {
            let lock = try FileLock(folder.path("lock"))
            withExtendedLifetime(lock) {}
        }
        let next = try FileLock(folder.path("lock"))
        withExtendedLifetime(next) {}
    }

    @Test func theHolderIsNamed() throws {
        let error = FileLockError.held(path: "/state/lock", holder: 42)
        #expect(error.description.contains("/state/lock"))
        #expect(error.description.contains("42"))
        #expect(!FileLockError.held(path: "/state/lock", holder: nil).description.contains("nil"))
    }

    @Test func aFolderThatIsNotThereIsNamed() throws {
        let path = folder.path("missing/lock")
        #expect(throws: FileLockError.failed(FileError(.open, path: path, code: ENOENT))) { try FileLock(path) }
    }

    @Test func aLinkIsNotFollowed() throws {
        #expect(symlink(folder.path("elsewhere"), folder.path("lock")) == 0)
        #expect(throws: FileLockError.self) { try FileLock(folder.path("lock")) }
        #expect(try names(in: folder.path) == ["lock"])
    }
}
