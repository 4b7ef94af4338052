import Glibc
import ServiceLifecycle

/// Serves `/metrics` (Prometheus text format 0.0.4) and `/healthz` over HTTP to this machine alone.
///
/// One thread, and no more than 16 connections of a few seconds each: enough for scrapers, too little to harm the
/// service.
public final class MonitoringServer: Service {
    /// The port that listens.
    public var port: Int { listener.port }

    private let listener: LoopbackListener
    private let stop: StopSignal
    private let connectionTime: Duration
    private let metrics: @Sendable () -> String
    private let health: @Sendable () -> Health

    /// Opens the port; connections wait until `run`.
    ///
    /// - Parameters:
    ///   - address: `::1`, or one that begins with 127.
    ///   - port: 0: one that is free.
    ///   - connectionTime: what a client has for its request and the answer.
    ///   - metrics: the text of `/metrics`, as `PrometheusText` writes it. Called on the thread of the server.
    ///   - health: the state for `/healthz`: 200, or 503 with the reasons. Called on the thread of the server.
    /// - Throws: when the address is none of this machine alone, or the port is taken.
    public init(
        address: String = "127.0.0.1", port: Int, connectionTime: Duration = .seconds(5),
        metrics: @escaping @Sendable () -> String,
        health: @escaping @Sendable () -> Health
    ) throws(MonitoringError) {
        listener = try LoopbackListener(address: address, port: port)
        guard let signal = StopSignal() else { throw .system(address, port, code: errno) }
        stop = signal
        self.connectionTime = connectionTime
        self.metrics = metrics
        self.health = health
    }

    /// Serves until the task is cancelled or the service group shuts down; answers that were begun are sent. Once.
    public func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            await withCheckedContinuation { continuation in
                ServerThread.start { [self] in
                    var loop = MonitoringLoop(
                        listener: listener, stop: stop, connectionTime: connectionTime, respond: respond)
                    loop.run()
                    continuation.resume()
                }
            }
        } onCancelOrGracefulShutdown: {
            self.stop.raise()
        }
    }

    private func respond(to request: HTTPRequestHead) -> HTTPResponse {
        guard ["/metrics", "/healthz"].contains(request.path) else { return HTTPResponse(.notFound) }
        guard ["GET", "HEAD"].contains(request.method) else { return HTTPResponse(.methodNotAllowed) }
        guard request.path == "/metrics" else { return health().response }
        return HTTPResponse(.ok, "text/plain; version=0.0.4; charset=utf-8", Array(metrics().utf8))
    }
}
