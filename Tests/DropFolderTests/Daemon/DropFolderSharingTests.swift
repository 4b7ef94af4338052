import DropFolder
import Files
import Foundation
import TestSupport
import Testing

@Suite("The same bytes, the same names, the same folders")
struct DropFolderSharingTests {
    @Test("The same bytes under two names: one inference, a record for each name")
    func sameBytes() async throws {
        let bench = try DropFolderBench()
        for name in ["a.png", "b.png", "deep/er/c.png"] { try bench.drop(name, SmallDocuments.png(1)) }
        try await bench.drain()
        try bench.drop("later.png", SmallDocuments.png(1))
        try await bench.drain()

        #expect(bench.inferences.count == 1)
        #expect(bench.files(in: bench.records) == ["a.json", "b.json", "deep/er/c.json", "later.json"])
        #expect(bench.files(in: bench.done) == ["a.png", "b.png", "deep/er/c.png", "later.png"])
        let document = try #require(try bench.ledger().arrivals(limit: 1).first?.document)
        let names = try bench.ledger().arrivals(of: document).map(\.path)
        #expect(Set(names) == ["a.png", "b.png", "deep/er/c.png", "later.png"])
        try bench.expectAllClosed(done: 4)
    }

    @Test("Names with the same bytes that keep coming while they are read and settled")
    func sameBytesUnderLoad() async throws {
        let bench = try DropFolderBench()
        var configuration = bench.configuration
        configuration.inboxes[0].quietSeconds = 0
        let (contents, names) = (20, 15)
        try await bench.watching(configuration) { _ in
            for content in 0..<contents {
                for name in 0..<names {
                    try bench.drop("\(content)-\(name).png", SmallDocuments.png(content))
                    // So that some are captured at the very moment the first is settled.
                    if name.isMultiple(of: 3) { try await Task.sleep(for: .milliseconds(3)) }
                }
            }
            try await eventually("all are done", within: 60) {
                bench.files(in: bench.done).count == contents * names
            }
        }
        #expect(bench.inferences.count == contents)
        try bench.expectAllClosed(done: contents * names)
    }

    @Test("The same name with new bytes is a new document")
    func sameName() async throws {
        let bench = try DropFolderBench()
        for number in 1...3 {
            try bench.drop("a.png", SmallDocuments.png(number))
            try await bench.drain()
        }
        #expect(bench.files(in: bench.records) == ["a-2.json", "a-3.json", "a.json"])
        #expect(try Repository.bytes(of: bench.done + "/a-3.png") == SmallDocuments.png(3))
        #expect(try bench.recordedHash("a-3.json") == Files.sha256(of: bench.done + "/a-3.png"))
        #expect(bench.inferences.count == 3)
        try bench.expectAllClosed(done: 3)
    }

    @Test("A second daemon with the same state is refused, and the first goes on")
    func sameState() async throws {
        let bench = try DropFolderBench()
        try await bench.watching { _ in
            #expect {
                _ = try bench.daemon()
            } throws: { error in
                if case DaemonError.stateInUse(_, let holder)? = error as? DaemonError {
                    holder == getpid()
                } else {
                    false
                }
            }
            try bench.drop("a.png", SmallDocuments.png(1))
            try await eventually("the first works") { bench.files(in: bench.done) == ["a.png"] }
        }
        try bench.expectAllClosed(done: 1)
    }

    @Test("A second daemon with a state of its own leaves the inbox of the first alone")
    func otherState() async throws {
        let bench = try DropFolderBench()
        var other = bench.configuration
        other.state = bench.root.path + "/other-state"
        try await bench.watching { _ in
            try await eventually("the inbox is claimed") {
                try Files.isRegularFile(bench.inbox + "/" + InboxNames.marker)
            }
            let second = try bench.daemon(other)
            let running = Task { try await DropFolderService(second).run() }
            try await eventually("the second says why it does not work") {
                second.health.problems.values.contains {
                    $0.contains(InboxNames.marker) && $0.contains("another service")
                }
            }
            for number in 1...20 { try bench.drop("\(number).png", SmallDocuments.png(number)) }
            try await eventually("the first reads all") { bench.files(in: bench.done).count == 20 }
            second.stop()
            try await running.value
            #expect(second.queues.inWork == 0)
        }
        #expect(bench.inferences.count == 20)
        #expect(try Ledger(readingFrom: other.state + "/ledger.sqlite").counts().arrivals == [:])
        try bench.expectAllClosed(done: 20)
    }
}
