import DropFolder
import Foundation
import Testing

@Suite("Scanning an inbox")
struct InboxScannerTests {
    private func scan(_ fixture: InboxFixture, recursive: Bool = true) -> (paths: [String], summary: ScanSummary) {
        var paths: [String] = []
        let summary = InboxScanner(root: fixture.inbox, isRecursive: recursive).scan { path, _ in paths.append(path) }
        return (paths.sorted(), summary)
    }

    @Test(
        "Names that are not finished are passed over",
        arguments: [
            ".hidden", ".gleaner-inbox", "a.pdf.part", "a.PART", "a.tmp", "a.Tmp", "a.partial", "a.pdf~",
            "a.crdownload", "a.CrDownload", "a.download", "~$letter.docx",
        ])
    func ignoredNames(name: String) throws {
        #expect(InboxNames.isIgnored(name))
        let fixture = try InboxFixture()
        fixture.write(name)
        fixture.makeFolder("folder")
        fixture.write("folder/" + name)
        #expect(scan(fixture).paths == [])
        fixture.rename(name, to: "done.pdf")
        #expect(scan(fixture).paths == ["done.pdf"])
    }

    @Test(
        "Other names are documents", arguments: ["a.pdf", "part", "tmp", "a.part.pdf", "~a", "a~b", "$a", "download"])
    func finishedNames(name: String) throws {
        let fixture = try InboxFixture()
        fixture.write(name)
        #expect(scan(fixture).paths == [name])
    }

    @Test("Hidden folders are not entered")
    func hiddenFolders() throws {
        let fixture = try InboxFixture()
        fixture.makeFolder(".trash")
        fixture.write(".trash/a.pdf")
        #expect(scan(fixture).paths == [])
        #expect(scan(fixture).summary.folders == 1)
    }

    @Test("Symbolic links, pipes and sockets are not taken, and links to folders not entered")
    func notFiles() throws {
        let fixture = try InboxFixture()
        fixture.makeFolder("folder")
        fixture.write("folder/a.pdf")
        #expect(symlink("folder", fixture.path("link")) == 0)
        #expect(symlink("folder/a.pdf", fixture.path("b.pdf")) == 0)
        #expect(symlink("/nowhere", fixture.path("dangling")) == 0)
        #expect(symlink(".", fixture.path("folder/loop")) == 0)
        #expect(mkfifo(fixture.path("pipe"), 0o666) == 0)
        let result = scan(fixture)
        #expect(result.paths == ["folder/a.pdf"])
        #expect(result.summary.notFiles.count == 5)
        let scanner = InboxScanner(root: fixture.inbox)
        #expect(scanner.look(at: "b.pdf") == .nothing)
        #expect(scanner.look(at: "link/a.pdf") == .nothing)
        #expect(scanner.look(at: "folder/a.pdf") != .nothing)
    }

    @Test("An inbox may be a symbolic link itself")
    func linkedInbox() throws {
        let fixture = try InboxFixture()
        fixture.write("a.pdf")
        let link = fixture.base + "/link"
        #expect(symlink(fixture.inbox, link) == 0)
        var paths: [String] = []
        _ = InboxScanner(root: link).scan { path, _ in paths.append(path) }
        #expect(paths == ["a.pdf"])
    }

    @Test("Names that are not UTF-8 are counted, with a printable example")
    func notUTF8() throws {
        let fixture = try InboxFixture()
        for name: [CChar] in [[0x61, -1, 0x0a, 0], [-61, 0x28, 0x2e, 0x74, 0x6d, 0x70, 0]] {
            let bytes = fixture.path("").utf8.map { CChar(bitPattern: $0) } + name
            close(open(bytes, O_WRONLY | O_CREAT, 0o666))
        }
        fixture.write("gr\u{fc}n.pdf")
        let result = scan(fixture)
        #expect(result.paths == ["gr\u{fc}n.pdf"])
        #expect(result.summary.notUTF8.count == 1)
        #expect(result.summary.notUTF8.example == "a\\xff\\x0a")
    }

    @Test("64 folders deep is read, deeper is reported")
    func deepTree() throws {
        let fixture = try InboxFixture()
        var folder = "d"
        for depth in 1...66 {
            fixture.makeFolder(folder)
            fixture.write(folder + "/\(depth)")
            folder += "/d"
        }
        let result = scan(fixture)
        #expect(result.paths.count == 64)
        #expect(result.summary.tooDeep.count == 1)
        #expect(result.summary.tooDeep.example.hasSuffix("/d/d"))
    }

    @Test("Without recursion only the inbox itself is read")
    func flat() throws {
        let fixture = try InboxFixture()
        fixture.write("a")
        fixture.makeFolder("folder")
        fixture.write("folder/b")
        #expect(scan(fixture, recursive: false).paths == ["a"])
    }

    @Test("An inbox that is not there is told")
    func missing() throws {
        let fixture = try InboxFixture()
        #expect(rmdir(fixture.inbox) == 0)
        let result = scan(fixture)
        #expect(result.summary.failure?.code == ENOENT)
        #expect(result.summary.failure?.path == fixture.inbox)
    }

    @Test("Each folder is announced before it is read")
    func announcement() throws {
        let fixture = try InboxFixture()
        fixture.makeFolder("folder")
        var paths: [String] = []
        _ = InboxScanner(root: fixture.inbox).scan(
            willList: { fixture.write($0.isEmpty ? "first" : $0 + "/second") }, found: { path, _ in paths.append(path) }
        )
        #expect(paths.sorted() == ["first", "folder/second"])
    }

    @Test("A folder that cannot be read is told, and the scan goes on", .enabled(if: geteuid() == 0, "needs seteuid"))
    func unreadableFolder() async {
        // Nothing is unreadable for root, so this runs in a process of its own as somebody else.
        await #expect(processExitsWith: .success) {
            let fixture = try InboxFixture()
            fixture.makeFolder("closed")
            fixture.makeFolder("open")
            fixture.write("open/a")
            chmod(fixture.path("closed"), 0)
            guard seteuid(61_184) == 0 else { exit(3) }
            defer { seteuid(0) }
            var paths: [String] = []
            let summary = InboxScanner(root: fixture.inbox).scan { path, _ in paths.append(path) }
            let isRight =
                paths == ["open/a"] && summary.unreadable == 1 && summary.firstUnreadable?.code == EACCES
                && summary.firstUnreadable?.path == fixture.path("closed")
            guard isRight else { exit(4) }
        }
    }
}
