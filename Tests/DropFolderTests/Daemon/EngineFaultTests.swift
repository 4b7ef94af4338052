import DropFolder
import Extraction
import Files
import Foundation
import Synchronization
import TestEngine
import TestSupport
import Testing

@Suite("Faults of the engine")
struct EngineFaultTests {
    private static let outage = ExtractionError.modelNotFound(name: "gone", places: [])

    @Test("An outage is waited out, opens the circuit, and is charged to no document")
    func outage() async throws {
        let bench = try DropFolderBench()
        var configuration = bench.configuration
        configuration.engineRetry.failures = 3
        let failuresLeft = Mutex(5)
        var behaviour = bench.behaviour
        behaviour.failure = { _ in
            failuresLeft.withLock { left in
                guard left > 0 else { return nil }
                left -= 1
                return Self.outage
            }
        }
        for number in 1...3 { try bench.drop("\(number).png", SmallDocuments.png(number)) }
        try await bench.watching(configuration, behaviour: behaviour) { daemon in
            try await eventually("all are done") { bench.closed == 3 }
            #expect(daemon.health.isGood)
        }
        var opened = 0
        var closed = 0
        for event in bench.events.all {
            switch event {
            case .circuitOpened(_, let failures):
                opened += 1
                #expect(failures == 3)
            case .circuitClosed: closed += 1
            default: break
            }
        }
        #expect(opened == 1)
        #expect(closed == 1)
        #expect(bench.pausedComponents == ["engine test engine"])
        #expect(bench.inferences.count == 8)
        #expect(try bench.ledger().counts().failures == [:])
        try bench.expectAllClosed(done: 3)
    }

    @Test("A drain ends when the engine does not answer, and the next one goes on")
    func drainDuringOutage() async throws {
        let bench = try DropFolderBench()
        var configuration = bench.configuration
        configuration.engineRetry.failures = 2
        var behaviour = bench.behaviour
        behaviour.failure = { _ in Self.outage }
        for number in 1...3 { try bench.drop("\(number).png", SmallDocuments.png(number)) }
        try await bench.drain(configuration, behaviour: behaviour)
        #expect(bench.files(in: bench.failed) == [])
        #expect(bench.files(in: bench.inbox).count == 3)
        try await bench.drain()
        try bench.expectAllClosed(done: 3)
    }

    @Test("A document that the engine alone rejects fails when others are read")
    func lonelyFailure() async throws {
        let bench = try DropFolderBench()
        var behaviour = bench.behaviour
        behaviour.failure = { $0.name == "bad.png" ? Self.outage : nil }
        try bench.drop("bad.png", SmallDocuments.png(1))
        try await bench.watching(behaviour: behaviour) { _ in
            // Others keep coming as long as it has not failed.
            var number = 1
            try await eventually("it fails", within: 60) {
                if bench.closed == number - 1 {
                    number += 1
                    try bench.drop("\(number).png", SmallDocuments.png(number))
                }
                return !bench.files(in: bench.failed).isEmpty
            }
            try await eventually("the others are done") { bench.closed == number }
        }
        #expect(try bench.errorCode("bad.error.json") == "engine-rejects-document")
        #expect(bench.files(in: bench.failed) == ["bad.error.json", "bad.png"])
        try bench.expectAllClosed(done: bench.files(in: bench.done).count, failed: 1)
    }

    @Test("A record that its budget ended fails beside what there is of it")
    func endedByBudget() async throws {
        let bench = try DropFolderBench()
        try bench.drop("a.png", SmallDocuments.png(1))
        try await bench.drain(behaviour: Self.cuttingShort(bench))
        #expect(try bench.errorCode("a.error.json") == "ended-by-budget")
        #expect(try Self.partialPages(bench) == 1)
        #expect(bench.files(in: bench.records) == [])
        try bench.expectAllClosed(done: 0, failed: 1)
    }

    @Test("A record that its budget ended is delivered where that is wanted")
    func endedByBudgetIsDelivered() async throws {
        let bench = try DropFolderBench()
        var inbox = bench.configuration.inboxes[0]
        inbox.reading.endedByBudget = .deliver
        var configuration = bench.configuration
        configuration.inboxes = [inbox]
        try bench.drop("a.png", SmallDocuments.png(1))
        try await bench.drain(configuration, behaviour: Self.cuttingShort(bench))
        #expect(bench.files(in: bench.records) == ["a.json"])
        try bench.expectAllClosed(done: 1, configuration)
    }

    private static func cuttingShort(_ bench: DropFolderBench) -> InstantEngine.Behaviour {
        var behaviour = bench.behaviour
        behaviour.endsByBudget = true
        return behaviour
    }

    private static func partialPages(_ bench: DropFolderBench) throws -> Int? {
        try bench.json(bench.failed + "/a.error.json")["partial_record"]?["pages"]?.intValue
    }

    @Test("A document that ends the process again and again fails, and others are read")
    func crashes() async throws {
        let bench = try DropFolderBench()
        let settings = "limits: { interrupted_starts: 2 }"
        try bench.drop("killer.png", SmallDocuments.png(1))
        for _ in 1...2 {
            let daemon = try bench.process(["--drain", "--die-at", "begun:1"], settings: settings)
            try await eventually("it dies") { !daemon.isRunning }
            #expect(daemon.exitCode == 128 + SIGKILL)
        }
        try bench.drop("good.png", SmallDocuments.png(2))
        let daemon = try bench.process(["--drain"], settings: settings)
        try await eventually("it ends") { !daemon.isRunning }
        #expect(daemon.exitCode == 0)
        #expect(try bench.errorCode("killer.error.json") == "crashes-engine")
        #expect(bench.files(in: bench.done) == ["good.png"])
        #expect(bench.inferences.count == 1)
        try bench.expectAllClosed(done: 1, failed: 1)
    }
}
