import Files
import Glibc
import TestSupport
import Testing

struct WritingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aFileHoldsWhatWasWrittenAndNothingElseIsLeft() throws {
        let content = patternedBytes(700_001)
        try Files.write(content, to: folder.path("a.json"))
        #expect(try bytes(of: folder.path("a.json")) == content)
        #expect(try names(in: folder.path) == ["a.json"])
    }

    @Test func aTakenNameIsNotReplaced() throws {
        try Files.write([1], to: folder.path("a"))
        let error = try #require(failure { () throws(FileError) in try Files.write([2], to: folder.path("a")) })
        #expect(error.cause == .exists)
        #expect(error.path == folder.path("a"))
        #expect(try bytes(of: folder.path("a")) == [1])
        #expect(try names(in: folder.path) == ["a"])
    }

    @Test(arguments: ["", "missing/a", "file/a"])
    func aFolderThatIsNotThereIsNamed(name: String) throws {
        try Files.write([], to: folder.path("file"))
        let path = name.isEmpty ? folder.path + "-missing/a" : folder.path(name)
        let error = try #require(failure { () throws(FileError) in try Files.write([2], to: path) })
        #expect(error.cause == .missing)
        #expect(error.path == path)
        #expect(!error.description.contains("\n"))
    }

    @Test func aPathWithANULTouchesNothing() throws {
        try Files.write([1], to: folder.path("a"))
        #expect(failure { () throws(FileError) in try Files.remove(folder.path("a\0b")) } != nil)
        #expect(failure { () throws(FileError) in try Files.read(folder.path("a\0b"), limit: 9) } != nil)
        #expect(failure { () throws(FileError) in try Files.move(folder.path("a\0b"), to: folder.path("c")) } != nil)
        #expect(failure { () throws(FileError) in try Files.move(folder.path("a"), to: folder.path("c\0d")) } != nil)
        #expect(failure { () throws(FileError) in try Files.write([], to: folder.path("c\0d")) } != nil)
        #expect(try names(in: folder.path) == ["a"])
    }

    @Test func namesThatBeginWithAnAccentStayInTheirFolder() throws {
        // Swift sees the slash and the combining accent as one character.
        let name = "\u{301}.pdf"
        try Files.write([7], to: folder.path(name))
        try Files.move(folder.path(name), to: folder.path("\u{302}.pdf"))
        #expect(try names(in: folder.path) == ["\u{302}.pdf"])
    }

    @Test(arguments: ["x", "ß", "👩‍👩‍👧‍👦"])
    func theLongestNameCanBeWritten(letter: String) throws {
        let name = Files.shortened(String(repeating: letter, count: 255), toBytes: 255)
        #expect(name.utf8.count > 255 - letter.utf8.count)
        try Files.write([1, 2], to: folder.path(name))
        try Files.copy(folder.path(name), to: folder.path("b"))
        try Files.move(folder.path("b"), to: folder.path("c"))
        #expect(try names(in: folder.path) == [name, "c"].sorted())
        let error = try #require(
            failure { () throws(FileError) in try Files.write([], to: folder.path(name + letter)) })
        #expect(error.cause == .nameTooLong)
        #expect(try names(in: folder.path) == [name, "c"].sorted())
    }

    @Test func temporaryNamesAreTold() {
        #expect(Files.isTemporaryName(".a.pdf.0123456789abcdef.part"))
        #expect(!Files.isTemporaryName(".a.part"))
        #expect(!Files.isTemporaryName("a.pdf.0123456789abcdef.part"))
        #expect(!Files.isTemporaryName(".a.pdf.0123456789ABCDEF.part"))
        #expect(!Files.isTemporaryName(""))
    }

    @Test(.enabled(if: SupervisedThread.isPossible, SupervisedThread.reason))
    func theTemporaryNameIsOneThatIsTold() throws {
        var seen: Set<String> = []
        let (folder, path) = (folder.path, folder.path("a.pdf"))
        SupervisedThread.run(watching: [.fsync]) { _ in
            seen.formUnion((try? Files.names(in: folder)) ?? [])
            return .go
        } work: {
            #expect(throws: Never.self) { try Files.write([1], to: path) }
        }
        #expect(seen.count == 2)
        #expect(seen.contains("a.pdf"))
        #expect(seen.filter(Files.isTemporaryName).count == 1)
    }

    @Test func shorteningKeepsCharactersWhole() {
        #expect(Files.shortened("abc", toBytes: 3) == "abc")
        #expect(Files.shortened("abcd", toBytes: 3) == "abc")
        #expect(Files.shortened("aßc", toBytes: 2) == "a")
        #expect(Files.shortened("e\u{301}", toBytes: 2) == "")
    }

    @Test func foldersAreMadeBelowEachOther() throws {
        try Files.makeFolder(folder.path("a/b/c"))
        try Files.makeFolder(folder.path("a/b/c"))
        #expect(try Files.isFolder(folder.path("a/b/c")))
        try Files.write([], to: folder.path("a/file"))
        #expect(failure { () throws(FileError) in try Files.makeFolder(folder.path("a/file")) }?.cause == .exists)
        #expect(failure { () throws(FileError) in try Files.makeFolder(folder.path("a/file/d")) } != nil)
        #expect(failure { () throws(FileError) in try Files.makeFolder("") }?.cause == .missing)
    }

    @Test func removingWhatIsNotThereIsFine() throws {
        try Files.write([], to: folder.path("a"))
        try Files.remove(folder.path("a"))
        try Files.remove(folder.path("a"))
        #expect(try names(in: folder.path) == [])
        #expect(failure { () throws(FileError) in try Files.remove(folder.path) }?.cause == .isDirectory)
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, SmallFileSystem.reason))
    func aFullDiskLeavesNothing() throws {
        let small = try SmallFileSystem(bytes: 1 << 20)
        let path = small.path + "/a"
        try Files.write(patternedBytes(400_000), to: small.path + "/first")
        let error = try #require(failure { () throws(FileError) in try Files.write(patternedBytes(2 << 20), to: path) })
        #expect(error.cause == .full)
        #expect(error.path == path)
        #expect(try names(in: small.path) == ["first"])
        try Files.write([1], to: path)
    }

    @Test(.enabled(if: SmallFileSystem.isPossible, SmallFileSystem.reason))
    func aReadOnlyFileSystemSaysSo() throws {
        let small = try SmallFileSystem()
        try Files.write([1], to: small.path + "/a")
        try small.makeReadOnly()
        #expect(failure { () throws(FileError) in try Files.write([1], to: small.path + "/b") }?.cause == .readOnly)
        #expect(failure { () throws(FileError) in try Files.makeFolder(small.path + "/c") }?.cause == .readOnly)
        #expect(failure { () throws(FileError) in try Files.remove(small.path + "/a") }?.cause == .readOnly)
        try Files.makeFolder(small.path)
        #expect(try bytes(of: small.path + "/a") == [1])
    }

    @Test(
        .enabled(if: SupervisedThread.isPossible, SupervisedThread.reason),
        arguments: [SupervisedThread.Call.openat, .write, .fsync])
    func aFailingDiskLeavesNothing(call: SupervisedThread.Call) throws {
        let path = folder.path("a")
        let error = SupervisedThread.run(watching: [call]) { _ in
            .fail(EIO)
        } work: {
            failure { () throws(FileError) in try Files.write([1, 2, 3], to: path) }
        }
        #expect(error??.cause == .unavailable)
        #expect(error??.path == path)
        #expect(try names(in: folder.path) == [])
    }
}
