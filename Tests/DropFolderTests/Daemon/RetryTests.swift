import DropFolder
import Files
import Foundation
import TestSupport
import Testing

@Suite("Another try for what failed")
struct RetryTests {
    /// A bench with one document that failed, and might not fail again.
    private static func bench() async throws -> (DropFolderBench, Ledger, Int64) {
        let bench = try DropFolderBench()
        var behaviour = bench.behaviour
        behaviour.endsByBudget = true
        try bench.drop("deep/a.png", SmallDocuments.png(1))
        try await bench.drain(behaviour: behaviour)
        #expect(bench.files(in: bench.failed) == ["deep/a.error.json", "deep/a.png"])
        let ledger = try Ledger(path: bench.state + "/ledger.sqlite", creating: false)
        return (bench, ledger, try #require(try ledger.failures(limit: 1).first?.arrival.id))
    }

    private static func expectDone(_ bench: DropFolderBench) throws {
        #expect(bench.files(in: bench.failed) == [])
        #expect(bench.files(in: bench.done) == ["deep/a.png"])
        let report = try bench.audit()
        #expect(report.gaps == [])
        #expect(report.done == 1 && report.failed == 0 && report.returned == 1)
        #expect(bench.inferences.count == 2)
    }

    @Test("While no service runs")
    func atRest() async throws {
        let (bench, ledger, id) = try await Self.bench()
        #expect(try Retry(ledger: ledger).send(id) == bench.inbox + "/deep/a.png")
        #expect(bench.files(in: bench.inbox) == ["deep/a.png"])
        #expect(throws: RetryError.self) { try Retry(ledger: ledger).send(id) }
        try await bench.drain()
        try Self.expectDone(bench)
    }

    @Test("While a service runs")
    func beside() async throws {
        let (bench, ledger, id) = try await Self.bench()
        try await bench.watching { _ in
            _ = try Retry(ledger: ledger).send(id)
            try await eventually("it is done") { bench.files(in: bench.done).count == 1 }
        }
        try Self.expectDone(bench)
    }

    @Test("Where a new file has its name in the inbox by now")
    func nameTaken() async throws {
        let (bench, ledger, id) = try await Self.bench()
        try bench.drop("deep/a.png", SmallDocuments.png(2))
        #expect(try Retry(ledger: ledger).send(id) == bench.inbox + "/deep/a-2.png")
        try await bench.drain()
        #expect(bench.files(in: bench.done) == ["deep/a-2.png", "deep/a.png"])
        #expect(try bench.audit().gaps == [])
    }

    @Test("What has not failed, or is not there any more, is refused")
    func refused() async throws {
        let (bench, ledger, id) = try await Self.bench()
        try bench.drop("b.png", SmallDocuments.png(2))
        try await bench.drain()
        let done = try #require(try ledger.arrivals(limit: 1).first?.id)
        #expect(throws: RetryError.self) { try Retry(ledger: ledger).send(done) }
        #expect(throws: RetryError.self) { try Retry(ledger: ledger).send(99) }
        try Files.remove(bench.failed + "/deep/a.png")
        #expect(throws: RetryError.self) { try Retry(ledger: ledger).send(id) }
        #expect(try ledger.arrival(id).state == .failed)
    }
}
