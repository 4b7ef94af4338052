import DropFolder
import Files
import Foundation
import TestSupport
import Testing

@Suite("SIGTERM under load")
struct StoppingTests {
    @Test("The document in hand is finished, and every content is read once over all starts")
    func underLoad() async throws {
        let bench = try DropFolderBench()
        let count = 150
        for number in 1...count { try bench.drop("\(number).png", SmallDocuments.png(number)) }
        var stops = 0
        while bench.files(in: bench.done).count < count {
            let daemon = try bench.process(["--page-seconds", "0.01"])
            let before = bench.files(in: bench.done).count
            try await eventually("it works") { bench.files(in: bench.done).count >= min(count, before + 40) }
            let clock = ContinuousClock()
            let start = clock.now
            daemon.terminate()
            try await eventually("it stops") { !daemon.isRunning }
            print("stop under load: \(clock.now - start)")
            #expect(daemon.exitCode == 0)
            #expect(try bench.audit().gaps == [])
            stops += 1
        }
        #expect(stops > 1)
        #expect(Set(bench.inferences).count == count)
        #expect(bench.inferences.count == count)
        #expect(try bench.ledger().counts().inferences >= count)
        try bench.expectAllClosed(done: count)
    }

    @Test("A long document is given up after stop_seconds, charged with nothing, and read after the next start")
    func abandoned() async throws {
        let bench = try DropFolderBench()
        try bench.drop("long.pdf", SmallDocuments.pdf(1, pageCount: 100))
        let daemon = try bench.process(["--page-seconds", "0.2"], settings: "stop_seconds: 0.5")
        try await eventually("it reads") { bench.inferences.count == 1 }
        let clock = ContinuousClock()
        let start = clock.now
        daemon.terminate()
        try await eventually("it stops") { !daemon.isRunning }
        print("stop with a long document: \(clock.now - start)")
        #expect(daemon.exitCode == 0)
        #expect(bench.files(in: bench.inbox) == ["long.pdf"])

        try await bench.drain()
        let document = try #require(try bench.ledger().arrivals(limit: 1).first?.document)
        #expect(try bench.ledger().document(document).interruptions == 0)
        #expect(bench.inferences.count == 2)
        try bench.expectAllClosed(done: 1)
    }
}
