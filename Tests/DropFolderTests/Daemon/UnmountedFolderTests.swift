import DropFolder
import Files
import Foundation
import TestSupport
import Testing

@Suite(
    "Folders whose file system goes away", .enabled(if: TemporaryMount.isPossible, "needs the right to mount a tmpfs"))
struct UnmountedFolderTests {
    enum Place: String, CaseIterable, Sendable {
        case inbox, records, done, failed, state
    }

    @Test(
        "Work pauses, nothing is written under the bare mount point, and it goes on by itself",
        arguments: Place.allCases)
    func comesBack(_ place: Place) async throws {
        let bench = try DropFolderBench()
        let folder = bench.root.path + "/" + place.rawValue
        let disk = try TemporaryMount(on: folder)
        let parked = bench.root.path + "/parked"
        // What waits for its turn when the file system goes.
        let gate = Gate()
        var behaviour = bench.behaviour
        behaviour.failure = { file in
            if file.name == "2.png" { gate.wait() }
            return nil
        }
        try await bench.watching(behaviour: behaviour) { daemon in
            try bench.drop("1.png", SmallDocuments.png(1))
            try bench.drop("bad.png", Array("no document".utf8))
            try await eventually("the first is done") { bench.closed == 2 }
            for number in 2...6 { try bench.drop("\(number).png", SmallDocuments.png(number)) }
            try bench.drop("worse.png", Array("no document again".utf8))
            try await eventually("the others are in work") { gate.wasReached && daemon.queues.inWork == 6 }

            // The ledger is open all the time.
            try await eventually("it can be unmounted") { try disk.park(at: parked, isLazy: place == .state) }
            gate.open()
            try await eventually("health is red and says why") {
                daemon.health.problems.values.contains { $0.contains(folder) }
            }
            // Long enough for every stage to have tried again.
            let problems = daemon.health.problems
            try await eventually("nothing else happens") { daemon.health.problems == problems }
            #expect(try Files.names(in: folder) == [])

            try disk.comeBack(from: parked)
            try await eventually("it goes on") { bench.closed == 8 && daemon.health.isGood }
        }
        #expect(bench.inferences.count == 6)
        #expect(try bench.ledger().counts().failures == ["unknown-content": 2])
        try bench.expectAllClosed(done: 6, failed: 2)
    }

    @Test("A file system that was unmounted while the service was down is noticed at the start")
    func unmountedMeanwhile() async throws {
        let bench = try DropFolderBench()
        let disk = try TemporaryMount(on: bench.records)
        let parked = bench.root.path + "/parked"
        try bench.drop("1.png", SmallDocuments.png(1))
        try await bench.drain()
        #expect(try disk.park(at: parked))

        try bench.drop("2.png", SmallDocuments.png(2))
        try await bench.watching { daemon in
            try await eventually("health is red") {
                daemon.health.problems.values.contains { $0.contains(bench.records) }
            }
            #expect(try Files.names(in: bench.records) == [])
            try disk.comeBack(from: parked)
            try await eventually("it goes on") { bench.closed == 2 && daemon.health.isGood }
        }
        try bench.expectAllClosed(done: 2)
    }

    @Test("A retry while the inbox is not mounted leaves the document where it is")
    func retryIntoTheVoid() async throws {
        let bench = try DropFolderBench()
        let disk = try TemporaryMount(on: bench.inbox)
        let parked = bench.root.path + "/parked"
        try bench.drop("bad.png", Array("no document".utf8))
        try await bench.drain()
        #expect(try disk.park(at: parked))

        let ledger = try Ledger(path: bench.state + "/ledger.sqlite", creating: false)
        let failed = try #require(try ledger.failures(limit: 1).first)
        #expect(throws: RetryError.self) { try Retry(ledger: ledger).send(failed.arrival.id) }
        #expect(try Files.names(in: bench.inbox) == [])
        #expect(bench.files(in: bench.failed) == ["bad.error.json", "bad.png"])

        try disk.comeBack(from: parked)
        _ = try Retry(ledger: ledger).send(failed.arrival.id)
        #expect(bench.files(in: bench.inbox) == ["bad.png"])
        #expect(bench.files(in: bench.failed) == [])
    }
}
