import Files
import Glibc
import TestSupport
import Testing

struct ReadingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func theLimitHolds() throws {
        let content = patternedBytes(300_000)
        try Files.write(content, to: folder.path("a"))
        #expect(try Files.read(folder.path("a"), limit: 300_000) == content)
        let error = try #require(failure { () throws(FileError) in try Files.read(folder.path("a"), limit: 299_999) })
        #expect(error.cause == .tooLarge)
    }

    @Test func onlyRegularFilesAreOpened() throws {
        try Files.write([1], to: folder.path("a"))
        #expect(symlink(folder.path("a"), folder.path("link")) == 0)
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        for name in ["link", "pipe"] {
            #expect(
                failure { () throws(FileError) in try Files.read(folder.path(name), limit: 9) }?.cause == .notRegular)
            #expect(failure { () throws(FileError) in try Files.sha256(of: folder.path(name)) }?.cause == .notRegular)
            #expect(Files.hasWriter(folder.path(name)) == nil)
            #expect(try !Files.isRegularFile(folder.path(name)))
            #expect(
                failure { () throws(FileError) in try Files.copy(folder.path(name), to: folder.path("b")) }?.cause
                    == .notRegular)
        }
        #expect(failure { () throws(FileError) in try Files.read(folder.path, limit: 9) }?.cause == .isDirectory)
        #expect(try Files.isRegularFile(folder.path("a")))
        #expect(try names(in: folder.path) == ["a", "link", "pipe"])
    }

    @Test func identityFollowsContentAndName() throws {
        #expect(try Files.identity(of: folder.path("a")) == nil)
        try Files.write([1], to: folder.path("a"))
        let first = try #require(try Files.identity(of: folder.path("a")))
        #expect(first.size == 1)
        try Files.move(folder.path("a"), to: folder.path("b"))
        let moved = try #require(try Files.identity(of: folder.path("b")))
        #expect(moved.isSameContent(as: first))
        setModified(folder.path("b"), seconds: 1_000_000_000)
        let touched = try #require(try Files.identity(of: folder.path("b")))
        #expect(touched.modified == 1_000_000_000_123_456_789)
        #expect(!touched.isSameContent(as: first))
        #expect(symlink("/nowhere", folder.path("link")) == 0)
        #expect(try Files.identity(of: folder.path("link")) != nil)
    }

    @Test func hashesAreThoseOfTheStandard() throws {
        // FIPS 180-2, appendix B.
        try Files.write(Array("abc".utf8), to: folder.path("a"))
        #expect(
            try Files.sha256(of: folder.path("a")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        try Files.write(Array(repeating: UInt8(ascii: "a"), count: 1_000_000), to: folder.path("b"))
        #expect(
            try Files.sha256(of: folder.path("b")) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
    }

    @Test func namesThatAreNotUTF8AreLeftOut() throws {
        try Files.write([], to: folder.path("ä"))
        let raw = folder.path.utf8CString.dropLast() + [0x2F, -1, -2, 0]
        #expect(close(open(Array(raw), O_CREAT | O_WRONLY, 0o600)) == 0)
        #expect(try names(in: folder.path) == ["ä"])
        #expect(failure { () throws(FileError) in try Files.names(in: folder.path("none")) }?.cause == .missing)
    }
}
