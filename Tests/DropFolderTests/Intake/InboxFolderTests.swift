import DropFolder
import Foundation
import Testing

@Suite("Folders in an inbox")
struct InboxFolderTests {
    @Test("A tree that is moved in is found and watched without a scan of the inbox")
    func movedIn() throws {
        let fixture = try InboxFixture()
        let outside = fixture.base + "/tree/one/two"
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        InboxFixture.writeFile(fixture.base + "/tree/a")
        InboxFixture.writeFile(outside + "/b")
        let intake = fixture.intake()
        _ = intake.poll()
        #expect(rename(fixture.base + "/tree", fixture.path("tree")) == 0)
        #expect(intake.settle(fixture).sorted() == ["tree/a", "tree/one/two/b"])
        fixture.write("tree/one/two/c")
        #expect(intake.settle(fixture).contains("tree/one/two/c"))
        #expect(intake.counters.watchedFolders == 4)
        #expect(intake.counters.rescans == 1)
    }

    @Test("A folder that is moved within the inbox or out of it takes its files along")
    func movedWithinAndOut() throws {
        let fixture = try InboxFixture()
        fixture.makeFolder("one")
        fixture.makeFolder("one/deep")
        fixture.write("one/deep/a")
        let intake = fixture.intake()
        #expect(intake.settle(fixture) == ["one/deep/a"])
        fixture.rename("one", to: "two")
        fixture.makeFolder("one")
        #expect(intake.settle(fixture) == ["two/deep/a"])
        fixture.write("one/b")
        fixture.write("two/deep/c")
        #expect(intake.settle(fixture).sorted() == ["one/b", "two/deep/a", "two/deep/c"])
        #expect(intake.counters.watchedFolders == 4)
        #expect(rename(fixture.path("two"), fixture.base + "/out") == 0)
        #expect(intake.settle(fixture) == ["one/b"])
        InboxFixture.writeFile(fixture.base + "/out/deep/d")
        #expect(intake.settle(fixture) == ["one/b"])
        #expect(intake.counters.watchedFolders == 2)
        #expect(intake.counters.rescans == 1)
    }

    @Test("A folder that is removed and made again is watched again")
    func removedAndMadeAgain() throws {
        let fixture = try InboxFixture()
        let intake = fixture.intake(IntakeOptions(quietSeconds: 5, rescanSeconds: 1000))
        _ = intake.poll()
        for round in 0..<20 {
            fixture.makeFolder("folder")
            fixture.write("folder/\(round)")
            #expect(intake.settle(fixture) == ["folder/\(round)"])
            try FileManager.default.removeItem(atPath: fixture.path("folder"))
            if round.isMultiple(of: 2) { _ = intake.poll() }
        }
        _ = intake.poll()
        #expect(intake.counters.watchedFolders == 1)
        #expect(intake.counters.waitingFiles == 0)
        #expect(intake.counters.rescans == 1)
    }

    @Test("Files that come into new folders before these are watched are found")
    func newFolderRace() async throws {
        let fixture = try InboxFixture()
        let inbox = fixture.inbox
        let intake = fixture.intake()
        _ = intake.poll()
        let writer = InboxFixture.Worker {
            for number in 0..<400 {
                mkdir(inbox + "/\(number)", 0o777)
                InboxFixture.writeFile(inbox + "/\(number)/a")
                mkdir(inbox + "/\(number)/deep", 0o777)
                InboxFixture.writeFile(inbox + "/\(number)/deep/b")
            }
        }
        while !writer.isDone { _ = intake.poll() }
        #expect(intake.settle(fixture).count == 800)
        #expect(intake.counters.watchedFolders == 801)
        #expect(intake.counters.rescans == 1)
        #expect(intake.counters.overflows == 0)
    }

    @Test("After any order of moves and removals what is tracked is what is there", arguments: [1, 2, 3])
    func disorder(seed: UInt64) throws {
        let fixture = try InboxFixture()
        let inbox = fixture.inbox
        let intake = fixture.intake()
        _ = intake.poll()
        let writer = InboxFixture.Worker {
            var random = Congruence(state: seed)
            let folders = ["", "a/", "b/", "a/c/", "b/c/", "a/c/d/", "d/"]
            for number in 0..<4000 {
                let place = inbox + "/" + folders[random.next(folders.count)]
                let other = inbox + "/" + folders[random.next(folders.count)]
                switch random.next(6) {
                case 0: mkdir(String(place.dropLast()), 0o777)
                case 1: _ = rename(String(place.dropLast()), String(other.dropLast()))
                case 2: _ = rename(place + "\(random.next(9))", other + "\(random.next(9))")
                case 3: unlink(place + "\(random.next(9))")
                default:
                    let descriptor = open(place + "\(random.next(9))", O_WRONLY | O_CREAT, 0o666)
                    if descriptor >= 0 {
                        write(descriptor, "\(number)", 1)
                        close(descriptor)
                    }
                }
            }
        }
        while !writer.isDone { _ = intake.poll() }
        var present: [String] = []
        let summary = InboxScanner(root: inbox).scan { path, _ in present.append(path) }
        #expect(intake.settle(fixture).sorted() == present.sorted())
        #expect(intake.counters.waitingFiles == present.count)
        #expect(intake.counters.watchedFolders == summary.folders)
        #expect(intake.counters.rescans == 1)
    }

    @Test("Without recursion folders are left alone")
    func flat() throws {
        let fixture = try InboxFixture()
        let intake = fixture.intake(IntakeOptions(quietSeconds: 5, isRecursive: false))
        _ = intake.poll()
        fixture.makeFolder("folder")
        fixture.write("folder/a")
        fixture.write("b")
        #expect(intake.settle(fixture) == ["b"])
        #expect(intake.counters.watchedFolders == 1)
    }
}

/// Numbers in an order that a seed fixes (Knuth's MMIX constants).
private struct Congruence {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }
}
