import DropFolder
import Foundation
import Testing

@Suite("Inboxes without events")
struct InboxPollingTests {
    @Test("A polled inbox is scanned from time to time")
    func polling() throws {
        let fixture = try InboxFixture()
        let intake = fixture.intake(IntakeOptions(quietSeconds: 5, pollSeconds: 3, polling: .always))
        #expect(intake.poll() == [.polling(.configured)])
        #expect(intake.descriptor == nil)
        fixture.makeFolder("folder")
        fixture.write("folder/a")
        #expect(intake.nextDeadline <= fixture.clock.seconds + 3)
        fixture.clock.seconds += 3
        #expect(intake.settle(fixture) == ["folder/a"])
        unlink(fixture.path("folder/a"))
        fixture.clock.seconds += 3
        #expect(intake.poll() == [])
        #expect(intake.counters.waitingFiles == 0)
    }

    @Test("A watched inbox is scanned too, whatever the events told")
    func rescan() throws {
        let fixture = try InboxFixture()
        let intake = fixture.intake(IntakeOptions(quietSeconds: 5, rescanSeconds: 60))
        _ = intake.poll()
        fixture.clock.seconds += 60
        #expect(intake.rescanNeeded)
        _ = intake.poll()
        #expect(intake.counters.rescans == 2)
        intake.requestRescan()
        #expect(intake.nextDeadline <= fixture.clock.seconds)
        _ = intake.poll()
        #expect(intake.counters.rescans == 3)
        #expect(!intake.rescanNeeded)
    }

    @Test("With too few watches the inbox is polled, and watched again when there are enough")
    func watchesExhausted() throws {
        let fixture = try InboxFixture()
        for number in 0..<5 { fixture.makeFolder("\(number)") }
        let intake = fixture.intake(
            IntakeOptions(quietSeconds: 5, rescanSeconds: 60, pollSeconds: 4, watchLimit: 6))
        #expect(intake.poll() == [.watching(folders: 6)])
        fixture.makeFolder("0/deep")
        fixture.write("0/deep/a")
        fixture.write("b")
        let notices = intake.poll()
        guard case .polling(.noWatches(let error)) = notices.first, notices.count == 1 else {
            Issue.record("\(notices)")
            return
        }
        #expect(error.code == ENOSPC)
        #expect(intake.descriptor == nil)
        #expect(intake.settle(fixture).sorted() == ["0/deep/a", "b"])
        fixture.write("0/deep/c")
        fixture.clock.seconds += 4
        #expect(intake.settle(fixture).sorted() == ["0/deep/a", "0/deep/c", "b"])
        #expect(rmdir(fixture.path("4")) == 0)
        fixture.clock.seconds += 60
        #expect(intake.poll() == [.watching(folders: 6)])
        fixture.write("0/deep/d")
        #expect(intake.settle(fixture).contains("0/deep/d"))
    }

    @Test(
        "With no inotify instance left the inbox is polled",
        .enabled(if: geteuid() == 0 && instances <= 512, "needs seteuid, and a limit that can be reached"))
    func instancesExhausted() async {
        // The limit is one a user: reached here by a user that runs nothing else.
        await #expect(processExitsWith: .success) {
            let fixture = try InboxFixture()
            fixture.write("a")
            guard seteuid(61_185) == 0 else { exit(3) }
            defer { seteuid(0) }
            var taken: [Int32] = []
            while case let descriptor = inotify_init1(0), descriptor >= 0 { taken.append(descriptor) }
            let intake = fixture.intake(IntakeOptions(quietSeconds: 5, rescanSeconds: 60))
            guard case .polling(.noWatches(let error)) = intake.poll().first, error.code == EMFILE else { exit(4) }
            guard intake.settle(fixture) == ["a"] else { exit(5) }
            for descriptor in taken { close(descriptor) }
            fixture.clock.seconds += 60
            guard intake.poll() == [.watching(folders: 1)] else { exit(6) }
        }
    }

    @Test("Names that are not UTF-8 are told once")
    func toldOnce() throws {
        let fixture = try InboxFixture()
        let bytes = fixture.path("a").utf8.map { CChar(bitPattern: $0) } + [-1, 0]
        close(open(bytes, O_WRONLY | O_CREAT, 0o666))
        let intake = fixture.intake()
        #expect(intake.poll() == [.watching(folders: 1), .notUTF8(count: 1, example: "a\\xff")])
        intake.requestRescan()
        #expect(intake.poll() == [])
        #expect(intake.counters.lastScan.notUTF8.count == 1)
    }
}

private let instances = InboxFixture.systemFigure("/proc/sys/fs/inotify/max_user_instances")
