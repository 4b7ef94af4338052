import DropFolder
import Foundation
import Testing

@Suite("Intake of an inbox", .serialized)
struct InboxIntakeTests {
    @Test("Files that are there at the start wait for the quiet time too, however old they are")
    func startUp() throws {
        let fixture = try InboxFixture()
        fixture.write("a")
        setTimes(fixture.path("a"), seconds: 1_000_000)
        let intake = fixture.intake()
        #expect(intake.poll() == [.watching(folders: 1)])
        #expect(intake.readyPaths == [])
        fixture.clock.seconds += 4.9
        _ = intake.poll()
        #expect(intake.readyPaths == [])
        fixture.clock.seconds += 0.1
        _ = intake.poll()
        #expect(intake.readyPaths == ["a"])
    }

    @Test("A writer that goes on within the quiet time is waited for, though it preserves the times")
    func slowWriter() throws {
        let fixture = try InboxFixture()
        let intake = fixture.intake()
        _ = intake.poll()
        let descriptor = open(fixture.path("slow"), O_WRONLY | O_CREAT, 0o666)
        defer { close(descriptor) }
        for _ in 0..<20 {
            #expect(write(descriptor, "more", 4) == 4)
            setTimes(fixture.path("slow"), seconds: 1_000_000)
            fixture.clock.seconds += 4
            _ = intake.poll()
            #expect(intake.readyPaths == [])
            #expect(intake.counters.waitingFiles == 1)
        }
        // Without an event the last change is noticed when the quiet time seems over.
        fixture.clock.seconds += 5
        #expect(intake.settle(fixture) == ["slow"])
    }

    @Test("A busy file is put off, and the end of its writing begins the quiet time anew")
    func busyWriter() throws {
        let fixture = try InboxFixture()
        let intake = fixture.intake()
        let descriptor = open(fixture.path("slow"), O_WRONLY | O_CREAT, 0o666)
        #expect(write(descriptor, "half", 4) == 4)
        #expect(intake.settle(fixture) == ["slow"])
        let half = try #require(intake.ready().first)
        intake.postpone(half, until: fixture.clock.seconds + 5)
        #expect(intake.readyPaths == [])
        fixture.clock.seconds += 4
        #expect(write(descriptor, "half", 4) == 4)
        close(descriptor)
        _ = intake.poll()
        fixture.clock.seconds += 4
        _ = intake.poll()
        #expect(intake.readyPaths == [])
        fixture.clock.seconds += 1
        _ = intake.poll()
        #expect(intake.ready().map(\.identity.size) == [8])
    }

    @Test("A file that is overwritten with the same size and times is another version")
    func preservedTimes() throws {
        let fixture = try InboxFixture()
        fixture.write("a", "first")
        setTimes(fixture.path("a"), seconds: 1_000_000)
        let intake = fixture.intake()
        _ = intake.settle(fixture)
        let first = try #require(intake.ready().first)
        fixture.known.insert(first)
        intake.taken(first)
        #expect(intake.settle(fixture) == [])
        // Changed until the clock of the file system moves on.
        repeat {
            fixture.write("a", "other")
            setTimes(fixture.path("a"), seconds: 1_000_000)
        } while InboxScanner(root: fixture.inbox).look(at: "a") == .file(first.identity)
        #expect(intake.settle(fixture) == ["a"])
        #expect(intake.ready().first?.identity.modified == first.identity.modified)
    }

    @Test("A file replaced by a rename is another version, also between the offer and the taking")
    func replacedByRename() throws {
        let fixture = try InboxFixture()
        fixture.write("a", "first")
        let intake = fixture.intake()
        _ = intake.settle(fixture)
        let first = try #require(intake.ready().first)
        fixture.write(".new", "other")
        fixture.rename(".new", to: "a")
        _ = intake.poll()
        #expect(intake.readyPaths == [])
        fixture.known.insert(first)
        intake.taken(first)
        #expect(intake.settle(fixture) == ["a"])
        #expect(intake.ready().first?.identity.inode != first.identity.inode)
    }

    @Test("A temporary name is taken under its final name")
    func renamedFromTemporary() throws {
        let fixture = try InboxFixture()
        let intake = fixture.intake()
        _ = intake.poll()
        fixture.write("a.pdf.part")
        #expect(intake.settle(fixture) == [])
        #expect(intake.counters.waitingFiles == 0)
        fixture.rename("a.pdf.part", to: "a.pdf")
        #expect(intake.settle(fixture) == ["a.pdf"])
    }

    @Test("A hard link and a removed file are noticed by events")
    func linkAndRemoval() throws {
        let fixture = try InboxFixture()
        InboxFixture.writeFile(fixture.base + "/outside")
        let intake = fixture.intake()
        _ = intake.poll()
        #expect(link(fixture.base + "/outside", fixture.path("linked")) == 0)
        #expect(intake.settle(fixture) == ["linked"])
        #expect(unlink(fixture.path("linked")) == 0)
        _ = intake.poll()
        #expect(intake.readyPaths == [])
        #expect(intake.counters.waitingFiles == 0)
        #expect(intake.counters.rescans == 1)
    }

    @Test("Ready files come oldest first and no more than asked for")
    func order() throws {
        let fixture = try InboxFixture()
        let names = ["c", "a", "b"]
        for (position, name) in names.enumerated() {
            fixture.write(name)
            guard position > 0 else { continue }
            while changed(fixture.path(name)) == changed(fixture.path(names[position - 1])) { fixture.write(name) }
        }
        let intake = fixture.intake()
        #expect(intake.settle(fixture) == names)
        #expect(intake.ready(limit: 2).map(\.path) == ["c", "a"])
        #expect(intake.ready().allSatisfy { $0.inbox == 7 })
    }

    @Test("The deadline is the end of the quiet time")
    func deadline() throws {
        let fixture = try InboxFixture()
        let intake = fixture.intake(IntakeOptions(quietSeconds: 2))
        _ = intake.poll()
        #expect(intake.nextDeadline > fixture.clock.seconds + 2)
        fixture.write("a")
        _ = intake.poll()
        #expect(intake.nextDeadline == fixture.clock.seconds + 2)
    }
}

/// Access and modification time, as `cp -p` and `rsync -t` set them.
private func setTimes(_ path: String, seconds: Int) {
    let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
}

private func changed(_ path: String) -> Int {
    var status = stat()
    #expect(lstat(path, &status) == 0)
    return status.st_ctim.tv_sec * 1_000_000_000 + status.st_ctim.tv_nsec
}
