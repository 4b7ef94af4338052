import DropFolder
import Files
import Testing

@Suite("Quiet time")
struct QuietTrackerTests {
    private func identity(_ size: Int64 = 10, changed: Int64 = 1, inode: UInt64 = 1) -> FileIdentity {
        FileIdentity(device: 1, inode: inode, size: size, modified: 1, changed: changed)
    }

    private func tracker(capacity: Int = 100) -> QuietTracker {
        QuietTracker(quietSeconds: 5, capacity: capacity)
    }

    @Test("A file is ready when it was seen unchanged over the quiet time, and not by time alone")
    func readyAfterTwoLooks() {
        var tracker = tracker()
        tracker.observe("a", identity(), at: 0)
        #expect(tracker.nextDeadline == 5)
        #expect(tracker.due(at: 4.9).isEmpty)
        #expect(tracker.due(at: 5) == ["a"])
        #expect(tracker.ready().isEmpty)
        tracker.observe("a", identity(), at: 5)
        #expect(tracker.ready().map(\.path) == ["a"])
    }

    @Test(
        "Any change of size, times or inode begins the quiet time anew",
        arguments: [
            FileIdentity(device: 1, inode: 1, size: 11, modified: 1, changed: 1),
            FileIdentity(device: 1, inode: 1, size: 10, modified: 2, changed: 1),
            FileIdentity(device: 1, inode: 1, size: 10, modified: 1, changed: 2),
            FileIdentity(device: 1, inode: 2, size: 10, modified: 1, changed: 1),
            FileIdentity(device: 2, inode: 1, size: 10, modified: 1, changed: 1),
        ])
    func changeBeginsAnew(changed: FileIdentity) {
        var tracker = tracker()
        tracker.observe("a", identity(), at: 0)
        tracker.observe("a", changed, at: 5)
        #expect(tracker.ready().isEmpty)
        tracker.observe("a", changed, at: 9)
        #expect(tracker.ready().isEmpty)
        tracker.observe("a", changed, at: 10)
        #expect(tracker.ready().map(\.identity) == [changed])
    }

    @Test("A ready file that changes is not ready any more")
    func readyThenChanged() {
        var tracker = tracker()
        tracker.observe("a", identity(), at: 0)
        tracker.observe("a", identity(), at: 5)
        #expect(tracker.ready().count == 1)
        tracker.observe("a", identity(20), at: 6)
        #expect(tracker.ready().isEmpty)
        #expect(tracker.due(at: 11) == ["a"])
    }

    @Test("An event begins the quiet time anew though nothing seems changed")
    func touched() {
        var tracker = tracker()
        tracker.observe("a", identity(), at: 0)
        tracker.touched("a", at: 3)
        tracker.observe("a", identity(), at: 5)
        #expect(tracker.ready().isEmpty)
        #expect(tracker.due(at: 8) == ["a"])
        tracker.observe("a", identity(), at: 8)
        #expect(tracker.ready().count == 1)
    }

    @Test("A slow look shortens no quiet time")
    func slowLook() {
        var tracker = tracker()
        tracker.observe("a", identity(), asked: 0, answered: 60)
        tracker.observe("a", identity(), asked: 61, answered: 120)
        #expect(tracker.ready().isEmpty)
        tracker.observe("a", identity(), asked: 64, answered: 64)
        #expect(tracker.ready().isEmpty)
        tracker.observe("a", identity(), asked: 65, answered: 65)
        #expect(tracker.ready().count == 1)
    }

    @Test("An empty file waits ten times as long")
    func emptyFile() {
        var tracker = tracker()
        tracker.observe("a", identity(0), at: 0)
        tracker.observe("a", identity(0), at: 49)
        #expect(tracker.ready().isEmpty)
        tracker.observe("a", identity(0), at: 50)
        #expect(tracker.ready().count == 1)
    }

    @Test("The oldest change comes first, then the path")
    func order() {
        var tracker = tracker()
        for (path, changed) in [("b", 2), ("c", 1), ("a", 2), ("d", 3)] {
            tracker.observe(path, identity(changed: Int64(changed)), at: 0)
            tracker.observe(path, identity(changed: Int64(changed)), at: 5)
        }
        #expect(tracker.ready().map(\.path) == ["c", "a", "b", "d"])
        #expect(tracker.ready(limit: 2).map(\.path) == ["c", "a"])
        tracker.taken("c", identity(changed: 1))
        tracker.vanished("a")
        #expect(tracker.ready(limit: 2).map(\.path) == ["b", "d"])
        #expect(tracker.oldestChange == 2)
    }

    @Test("A newer version stays when the former one is taken")
    func takenFormerVersion() {
        var tracker = tracker()
        tracker.observe("a", identity(10), at: 0)
        tracker.observe("a", identity(20), at: 1)
        tracker.taken("a", identity(10))
        #expect(tracker.count == 1)
        tracker.taken("a", identity(20))
        #expect(tracker.count == 0)
    }

    @Test("A postponed file is offered again after another look")
    func postponed() {
        var tracker = tracker()
        tracker.observe("a", identity(), at: 0)
        tracker.observe("a", identity(), at: 5)
        tracker.postpone("a", until: 12)
        #expect(tracker.ready().isEmpty)
        #expect(tracker.due(at: 11).isEmpty)
        #expect(tracker.due(at: 12) == ["a"])
        tracker.observe("a", identity(), at: 12)
        #expect(tracker.ready().count == 1)
    }

    @Test("What a scan does not see is gone")
    func scan() {
        var tracker = tracker()
        tracker.observe("a", identity(), at: 0)
        tracker.observe("b", identity(), at: 0)
        tracker.beginScan()
        tracker.observe("b", identity(), at: 5)
        tracker.endScan()
        #expect(tracker.ready().map(\.path) == ["b"])
        #expect(tracker.count == 1)
    }

    @Test("A folder goes with what is below it alone")
    func vanishedFolder() {
        var tracker = tracker()
        for path in ["in/a", "in/b/c", "in", "inn/a", "b"] { tracker.observe(path, identity(), at: 0) }
        tracker.vanished(folder: "in")
        #expect(tracker.count == 2)
    }

    @Test("Of more files than there is room for the oldest are kept")
    func capacity() {
        var tracker = tracker(capacity: 100)
        tracker.beginScan()
        // 7 and 1000 have no common divisor: every age once, in no order.
        for step in 0..<1000 {
            let age = Int64(step * 7 % 1000)
            tracker.observe("file\(age)", identity(changed: age, inode: UInt64(age)), at: 0)
            #expect(tracker.count <= 100)
        }
        tracker.endScan()
        #expect(tracker.moreWait)
        #expect(!tracker.hasRoomForMore)
        let due = tracker.due(at: 5).compactMap { Int64($0.dropFirst(4)) }.sorted()
        #expect(due.count >= 75)
        #expect(due == Array(0..<Int64(due.count)))
        for age in due where age >= 40 { tracker.vanished("file\(age)") }
        #expect(tracker.hasRoomForMore)
    }

    @Test("Names that Swift holds equal are two files")
    func canonicallyEquivalentNames() {
        var tracker = tracker()
        let names = ["caf\u{e9}", "cafe\u{301}"]
        #expect(names[0] == names[1])
        for time in [0.0, 5] {
            for (inode, name) in names.enumerated() {
                tracker.observe(name, identity(inode: UInt64(inode)), at: time)
            }
        }
        #expect(tracker.ready().count == 2)
    }
}
