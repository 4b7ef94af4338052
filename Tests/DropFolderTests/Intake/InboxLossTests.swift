import DropFolder
import Foundation
import Testing

@Suite("Inboxes that go away")
struct InboxLossTests {
    private static let canMount: Bool = {
        let folder = NSTemporaryDirectory() + "mount-" + UUID().uuidString
        guard mkdir(folder, 0o700) == 0 else { return false }
        defer { rmdir(folder) }
        guard mount("tmpfs", folder, "tmpfs", 0, "size=64k") == 0 else { return false }
        return umount2(folder, Int32(MNT_DETACH)) == 0
    }()

    @Test("A file system that is unmounted and mounted again", .enabled(if: canMount, "needs the right to mount"))
    func unmounted() throws {
        let fixture = try InboxFixture()
        #expect(mount("tmpfs", fixture.inbox, "tmpfs", 0, "size=1m") == 0)
        fixture.write("a")
        fixture.makeFolder("folder")
        let intake = fixture.intake()
        #expect(intake.settle(fixture) == ["a"])
        // Not lazily: the intake holds nothing open in it.
        #expect(umount(fixture.inbox) == 0)
        #expect(intake.poll().first == .lost(.unmounted))
        #expect(intake.readyPaths == [])
        #expect(intake.counters.waitingFiles == 0)

        #expect(mount("tmpfs", fixture.inbox, "tmpfs", 0, "size=1m") == 0)
        fixture.write("b")
        fixture.clock.seconds += 5
        #expect(intake.poll() == [.replaced])
        #expect(intake.settle(fixture) == ["b"])
        fixture.write("c")
        #expect(intake.settle(fixture).sorted() == ["b", "c"])
    }

    @Test("A file system below the inbox that is unmounted", .enabled(if: canMount, "needs the right to mount"))
    func unmountedBelow() throws {
        let fixture = try InboxFixture()
        fixture.makeFolder("below")
        fixture.write("below/covered")
        #expect(mount("tmpfs", fixture.path("below"), "tmpfs", 0, "size=1m") == 0)
        fixture.write("below/a")
        let intake = fixture.intake()
        #expect(intake.settle(fixture) == ["below/a"])
        #expect(umount(fixture.path("below")) == 0)
        #expect(intake.settle(fixture).contains("below/covered"))
        fixture.write("below/b")
        #expect(intake.settle(fixture).contains("below/b"))
    }

    @Test("An inbox that is removed and made again")
    func removed() throws {
        let fixture = try InboxFixture()
        let intake = fixture.intake()
        _ = intake.poll()
        #expect(rmdir(fixture.inbox) == 0)
        let notices = intake.poll()
        #expect(notices.first == .lost(.removed))
        guard case .unavailable(let error) = notices.last else {
            Issue.record("\(notices)")
            return
        }
        #expect(error.code == ENOENT)
        #expect(!intake.counters.isAvailable)
        fixture.clock.seconds += 5
        #expect(intake.poll() == [])
        #expect(mkdir(fixture.inbox, 0o777) == 0)
        fixture.write("a")
        fixture.clock.seconds += 5
        #expect(intake.poll() == [.available, .watching(folders: 1)])
        #expect(intake.settle(fixture) == ["a"])
        fixture.write("b")
        #expect(intake.settle(fixture).count == 2)
    }

    @Test("An inbox that is moved away, and another put in its place")
    func moved() throws {
        let fixture = try InboxFixture()
        fixture.write("a")
        let intake = fixture.intake()
        #expect(intake.settle(fixture) == ["a"])
        #expect(rename(fixture.inbox, fixture.base + "/former") == 0)
        #expect(mkdir(fixture.inbox, 0o777) == 0)
        fixture.write("b")
        #expect(intake.poll().first == .lost(.moved))
        #expect(intake.settle(fixture) == ["b"])
    }

    @Test("An inbox that is not there at the start")
    func missingAtStart() throws {
        let fixture = try InboxFixture()
        #expect(rmdir(fixture.inbox) == 0)
        let intake = fixture.intake()
        guard case .unavailable = intake.poll().first else {
            Issue.record("the missing inbox was not told")
            return
        }
        #expect(mkdir(fixture.inbox, 0o777) == 0)
        fixture.write("a")
        fixture.clock.seconds += 5
        #expect(intake.poll() == [.available, .watching(folders: 1)])
        #expect(intake.settle(fixture) == ["a"])
    }
}
