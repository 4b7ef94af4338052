import HTTPService
import Logging
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

struct MonitoringServerTests {
    private final class Reasons: Sendable {
        let value = Mutex<[String]>([])
    }

    /// Runs a server for as long as the body takes.
    private func serving(
        connectionTime: Duration = .seconds(20), metrics: @escaping @Sendable () -> String = { "gleaner_up 1\n" },
        health: @escaping @Sendable () -> Health = { Health() }, _ body: @escaping @Sendable (Int) throws -> Void
    ) async throws {
        let server = try MonitoringServer(port: 0, connectionTime: connectionTime, metrics: metrics, health: health)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            try await BlockingWork.run { try body(server.port) }
        }
    }

    @Test func metricsAreServedAsPrometheusReadsThem() async throws {
        try await serving { port in
            let answer = try TCPClient.request("GET /metrics?x=y HTTP/1.1\r\nHost: localhost\r\n\r\n", port: port)
            #expect(
                answer == """
                    HTTP/1.1 200 OK\r
                    Content-Type: text/plain; version=0.0.4; charset=utf-8\r
                    Content-Length: 13\r
                    Cache-Control: no-store\r
                    Connection: close\r
                    \r
                    gleaner_up 1

                    """)
        }
    }

    @Test func healthTurnsRedWithReasonsAndGreenAgain() async throws {
        let reasons = Reasons()
        try await serving(health: { Health(reasons: reasons.value.withLock { $0 }) }) { port in
            func health() throws -> String? { try TCPClient.request("GET /healthz HTTP/1.0\r\n\r\n", port: port) }
            #expect(try health()?.hasSuffix("\r\n\r\n{\"status\":\"ok\"}\n") == true)
            reasons.value.withLock { $0 = ["/srv/\"records\": disk full"] }
            let red = try health()
            #expect(red?.hasPrefix("HTTP/1.1 503 ") == true)
            #expect(red?.hasSuffix(#"{"status":"failing","reasons":["/srv/\"records\": disk full"]}"# + "\n") == true)
            reasons.value.withLock { $0 = [] }
            #expect(try health()?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
        }
    }

    @Test func aHeadHasTheLengthAndNoBody() async throws {
        try await serving { port in
            let answer = try TCPClient.request("HEAD /metrics HTTP/1.1\r\n\r\n", port: port)
            #expect(answer?.contains("Content-Length: 13\r\n") == true)
            #expect(answer?.hasSuffix("\r\n\r\n") == true)
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", "404"), ("GET /metrics/ HTTP/1.1\n\n", "404"),
        ("POST /metrics HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "405"), ("DELETE /healthz HTTP/1.1\r\n\r\n", "405"),
        ("\r\n\r\n", "400"), ("GET\r\n\r\n", "400"), ("GET /metrics SPDY/3\r\n\r\n", "400"),
        ("GET http://localhost/metrics HTTP/1.1\r\n\r\n", "400"), ("\u{16}\u{3}\u{1}\n\n", "400"),
    ])
    func otherRequestsAreRefused(head: String, status: String) async throws {
        try await serving { port in
            let answer = try TCPClient.request(head, port: port)
            #expect(answer?.hasPrefix("HTTP/1.1 \(status) ") == true, "\(answer ?? "no end")")
            #expect((answer?.contains("Allow: GET, HEAD\r\n") == true) == (status == "405"))
        }
    }

    @Test func aHeadWithoutEndIsCutOff() async throws {
        try await serving { port in
            let client = try TCPClient(port: port)
            client.send("GET /metrics HTTP/1.1\r\nX: " + String(repeating: "x", count: 9 << 10))
            #expect(client.receiveAll()?.hasPrefix("HTTP/1.1 200") == false)
        }
    }

    @Test func clientsThatSayNothingDoNotKeepOthersOut() async throws {
        try await serving(connectionTime: .milliseconds(200)) { port in
            let silent = try (0..<40).map { _ in try TCPClient(port: port) }
            silent.forEach { $0.send("GET /met") }
            let answer = try TCPClient.request("GET /metrics HTTP/1.1\r\n\r\n", port: port)
            #expect(answer?.hasPrefix("HTTP/1.1 200") == true)
            #expect(silent.first?.receiveAll() == "")
        }
    }

    @Test func aClientThatDoesNotReadDoesNotKeepOthersOut() async throws {
        let large = String(repeating: "x", count: 32 << 20)
        try await serving(connectionTime: .milliseconds(500), metrics: { large }) { port in
            let deaf = try TCPClient(port: port)
            deaf.send("GET /metrics HTTP/1.1\r\n\r\n")
            let answer = try TCPClient.request("GET /healthz HTTP/1.1\r\n\r\n", port: port)
            #expect(answer?.hasPrefix("HTTP/1.1 200") == true)
            withExtendedLifetime(deaf) {}
        }
    }

    @Test func aTakenPortIsTold() throws {
        let first = try MonitoringServer(port: 0, metrics: { "" }, health: { Health() })
        let error = #expect(throws: MonitoringError.self) {
            try MonitoringServer(port: first.port, metrics: { "" }, health: { Health() })
        }
        #expect(error?.cause == .portInUse)
        #expect(
            error?.description == "monitoring on 127.0.0.1, port \(first.port): Address already in use; "
                + "choose another port, or stop the program that has it.")
    }

    @Test(arguments: ["0.0.0.0", "::", "192.168.0.1", "localhost", ""])
    func onlyThisMachineIsServed(address: String) {
        let error = #expect(throws: MonitoringError.self) {
            try MonitoringServer(address: address, port: 0, metrics: { "" }, health: { Health() })
        }
        #expect(error?.cause == .notLoopback)
    }

    @Test func aServiceGroupEndsIt() async throws {
        let server = try MonitoringServer(port: 0, metrics: { "" }, health: { Health() })
        let group = ServiceGroup(services: [server], logger: Logger(label: "test"))
        async let ended: Void = group.run()
        let idle = try await BlockingWork.run {
            let answer = try TCPClient.request("GET /healthz HTTP/1.1\r\n\r\n", port: server.port)
            #expect(answer?.hasPrefix("HTTP/1.1 200") == true)
            return try TCPClient(port: server.port)
        }
        await group.triggerGracefulShutdown()
        try await ended
        withExtendedLifetime(idle) {}
    }
}
