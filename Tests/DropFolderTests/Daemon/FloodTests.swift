import DropFolder
import Files
import Foundation
import TestSupport
import Testing

@Suite("Many files at once", .serialized)
struct FloodTests {
    private static let count = 20_000

    /// Files in twenty folders, beside the inbox of a bench.
    private static func stage(_ bench: DropFolderBench) throws -> String {
        let stage = bench.root.path + "/stage"
        for folder in 0..<20 {
            let path = "\(stage)/\(folder)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for number in 0..<(count / 20) {
                let descriptor = open("\(path)/\(number).png", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
                let bytes = SmallDocuments.png(folder * 1000 + number)
                #expect(write(descriptor, bytes, bytes.count) == bytes.count)
                close(descriptor)
            }
        }
        return stage
    }

    @Test(
        "Twenty thousand files moved in are all found by one scan",
        arguments: [InboxConfiguration.Polling.auto, .always])
    func found(_ polling: InboxConfiguration.Polling) async throws {
        let bench = try DropFolderBench()
        let stage = try Self.stage(bench)
        var configuration = bench.configuration
        configuration.inboxes[0].polling = polling
        let gate = Gate()
        defer { gate.open() }
        var behaviour = bench.behaviour
        behaviour.failure = { _ in
            gate.wait()
            return nil
        }
        try await bench.watching(configuration, behaviour: behaviour) { daemon in
            try await eventually("it scans") { (daemon.queues.inboxes["inbox"]?.rescans ?? 0) > 0 }
            let before = daemon.queues.inboxes["inbox"]?.rescans ?? 0
            let clock = ContinuousClock()
            let start = clock.now
            #expect(rename(stage, bench.inbox + "/tree") == 0)
            try await eventually("all are found") {
                let queues = daemon.queues
                return (queues.inboxes["inbox"]?.waitingFiles ?? 0) + queues.inWork == Self.count
            }
            let scans = (daemon.queues.inboxes["inbox"]?.rescans ?? 0) - before
            print("flood: \(Self.count) files found in \(clock.now - start), \(scans) scans (polling: \(polling))")
            #expect(scans <= 2)
            gate.open()
        }
        #expect(bench.files(in: bench.failed) == [])
    }

    @Test("Memory stays small with twenty thousand files in the inbox")
    func memory() async throws {
        let bench = try DropFolderBench()
        #expect(rename(try Self.stage(bench), bench.inbox + "/tree") == 0)
        let daemon = try bench.process(settings: "queue: { documents: 64 }", inboxSettings: "polling: always")
        try await eventually("some are done, so all were found") { bench.files(in: bench.done).count >= 100 }
        let status = try String(contentsOfFile: "/proc/\(daemon.number)/status", encoding: .utf8)
        let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
        let megabytes = (peak?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? .max) / 1024
        print("flood: peak memory \(megabytes) MiB")
        #expect(megabytes < 256)
        daemon.terminate()
        try await eventually("it stops") { !daemon.isRunning }
        #expect(daemon.exitCode == 0)
        #expect(try bench.audit().gaps == [])
    }
}
