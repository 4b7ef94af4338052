import Foundation
import JSONSchema
import Synchronization
import TestSupport
import Testing

@Suite("gleaner watch")
struct WatchCommandTests {
    /// What systemd heard so far. It listens all the time: a socket holds few messages.
    private final class Messages: Sendable {
        private let lines = Mutex<[String]>([])
        private let isOver = Mutex(false)

        init(_ receiver: DatagramReceiver) {
            Thread.detachNewThread { [self] in
                while !isOver.withLock(\.self) {
                    let more = (try? receiver.receiveLines()) ?? []
                    if more.isEmpty { usleep(2000) } else { lines.withLock { $0 += more } }
                }
            }
        }

        func end() { isOver.withLock { $0 = true } }

        func contains(_ line: String) -> Bool { count(line) > 0 }

        func count(_ line: String) -> Int { lines.withLock { lines in lines.count { $0 == line } } }
    }

    @Test("as a service: READY, WATCHDOG, RELOADING and STOPPING are told, documents are read, SIGTERM stops it cleanly")
    func service() async throws {
        let fixture = try DropFolderFixture()
        let receiver = try DatagramReceiver()
        let messages = Messages(receiver)
        defer { messages.end() }
        let environment = [
            "GLEANER_MODEL": fixture.model.path, "NOTIFY_SOCKET": receiver.address, "WATCHDOG_USEC": "600000",
        ]
        let command = try await GleanerProcess.running(
            ["watch", "--config", fixture.configuration], environment: environment
        ) { process in
            try await eventually("ready is told") { messages.contains("READY=1") }
            #expect(!messages.contains("STOPPING=1"))
            try fixture.drop("rgb8.png")
            try await eventually("the record is there") { fixture.exists("done/rgb8.png") }
            try await eventually("life is told") { messages.contains("WATCHDOG=1") }
            try await eventually("figures are told") {
                messages.contains("STATUS=1 done, 0 failed, 0 in work, 0 waiting")
            }

            // Another schema, while it runs.
            try fixture.folder.write("other.json", Array(#"{"type":"object","properties":{"n":{"const":7}},"required":["n"]}"#.utf8))
            try fixture.write("", schema: "other.json")
            try process.signal(.terminalClosed)
            try await eventually("a reload is told") { messages.contains("RELOADING=1") }
            try await eventually("and its end") { messages.count("READY=1") == 2 }
            try fixture.drop("grey1.png")
            try await eventually("the new schema holds") { fixture.exists("done/grey1.png") }
            #expect(try fixture.json("records/grey1.json")["n"]?.intValue == 7)

            // A mistake: the service goes on as it was.
            try fixture.write("nonsense: true")
            try process.signal(.terminalClosed)
            try await eventually("the mistake ends the reload") { messages.count("READY=1") == 3 }
            try fixture.drop("rgb16.png")
            try await eventually("it still reads") { fixture.exists("done/rgb16.png") }
            #expect(try fixture.json("records/rgb16.json")["n"]?.intValue == 7)
        }
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.output.isEmpty)
        try await eventually("the stop is told") { messages.contains("STOPPING=1") }
        #expect(command.errors.contains("nonsense"))
        try fixture.write("", schema: "other.json")
        #expect(try await fixture.run("audit").code == 0)
    }

    @Test("a second service on the same state folder is refused with 75, and says who is there")
    func second() async throws {
        let fixture = try DropFolderFixture()
        let command = try await GleanerProcess.running(
            ["watch", "--config", fixture.configuration], environment: ["GLEANER_MODEL": fixture.model.path]
        ) { _ in
            try await eventually("it runs") { fixture.exists("state/status.json") }
            let second = try await fixture.run("drain")
            #expect(second.code == 75)
            let process = try fixture.json("state/status.json")["process"]?.intValue ?? 0
            #expect(second.errors.contains("process \(process)"), "\(second.errors)")
            let status = try JSONValue(parsing: Array(try await fixture.run("status", "--json").output.utf8))
            #expect(status["process"]?.intValue == process)
        }
        #expect(command.code == 0)
    }

    @Test("metrics and health are served on loopback when a port is set")
    func monitoring() async throws {
        let port = try FreePort.any()
        let fixture = try DropFolderFixture("monitoring: {port: \(port)}")
        try fixture.drop("rgb8.png", "encrypted.pdf")
        _ = try await GleanerProcess.running(
            ["watch", "--config", fixture.configuration], environment: ["GLEANER_MODEL": fixture.model.path]
        ) { _ in
            try await eventually("both are delivered") { fixture.exists("done/rgb8.png") && fixture.exists("failed/encrypted.pdf") }
            try await eventually("the figures are there") {
                let metrics = try get("/metrics", port)
                return metrics.contains(#"gleaner_documents_done_total{inbox="inbox"} 1"#)
                    && metrics.contains(#"gleaner_documents_failed_total{inbox="inbox",code="encrypted"} 1"#)
                    && metrics.contains("gleaner_pages_total 1\n")
            }
            let health = try get("/healthz", port)
            #expect(health.hasPrefix("HTTP/1.1 200"))
            #expect(health.contains(#"{"status":"ok"}"#))
        }
    }

    private func get(_ path: String, _ port: UInt16) throws -> String {
        try TCPClient.request("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n", port: Int(port)) ?? ""
    }
}
