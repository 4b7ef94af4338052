import DropFolder
import Files
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("SIGTERM under load")
struct StoppingTests {
    @Test("The document in hand is finished, and every content is read once over all starts")
    func underLoad() async throws {
        let bench = try DropFolderBench()
        let count = 60
        for number in 1...count { try bench.drop("\(number).png", SmallDocuments.png(number)) }
        let daemon = try bench.process(["--page-seconds", "0.3"])
        let seconds = try await Self.terminate(daemon) { bench.files(in: bench.done).count >= 2 }
        print("stop under load: \(seconds) s")
        #expect(daemon.exitCode == 0)
        #expect(bench.files(in: bench.done).count < count)
        #expect(try bench.audit().gaps == [])

        try await bench.drain()
        #expect(Set(bench.inferences).count == count)
        #expect(bench.inferences.count == count)
        try bench.expectAllClosed(done: count)
    }

    @Test("A long document is given up after stop_seconds, charged with nothing, and read after the next start")
    func abandoned() async throws {
        let bench = try DropFolderBench()
        try bench.drop("long.pdf", SmallDocuments.pdf(1, pageCount: 400))
        let daemon = try bench.process(["--page-seconds", "0.2"], settings: "stop_seconds: 0.5")
        let seconds = try await Self.terminate(daemon) { bench.inferences.count == 1 }
        print("stop with a long document: \(seconds) s")
        #expect(daemon.exitCode == 0)
        #expect(bench.files(in: bench.inbox) == ["long.pdf"])

        try await bench.drain()
        let document = try #require(try bench.ledger().arrivals(limit: 1).first?.document)
        #expect(try bench.ledger().document(document).interruptions == 0)
        #expect(bench.inferences.count == 2)
        try bench.expectAllClosed(done: 1)
    }

    /// Sends SIGTERM as soon as `condition` holds, from a thread that waits for no other test.
    ///
    /// - Returns: seconds from the signal to the end.
    private static func terminate(
        _ daemon: TestDaemonProcess, when condition: @escaping @Sendable () -> Bool
    ) async throws -> Double {
        let number = daemon.number
        let time = StopTime()
        Thread.detachNewThread {
            let end = Monotonic.now() + 30
            while !condition(), Monotonic.now() < end { usleep(10_000) }
            let start = Monotonic.now()
            kill(number, SIGTERM)
            var information = siginfo_t()
            // Its end is seen here and told there.
            while waitid(P_PID, id_t(number), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            time.set(Monotonic.now() - start)
        }
        try await eventually("it stops", within: 60) { time.seconds != nil && !daemon.isRunning }
        return time.seconds ?? .infinity
    }
}

/// How long a stop took.
private final class StopTime: Sendable {
    private let time = Mutex<Double?>(nil)

    var seconds: Double? { time.withLock(\.self) }

    func set(_ seconds: Double) { time.withLock { $0 = seconds } }
}
