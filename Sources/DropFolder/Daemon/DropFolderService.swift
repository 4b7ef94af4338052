import Foundation
import ServiceLifecycle

/// A daemon as a service: it runs on a thread of its own, and a graceful shutdown stops it.
public struct DropFolderService: Service {
    public let daemon: DropFolderDaemon

    public init(_ daemon: DropFolderDaemon) {
        self.daemon = daemon
    }

    /// - Throws: `DaemonError`.
    public func run() async throws {
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let thread = Thread {
                    do throws(DaemonError) {
                        try daemon.run()
                        continuation.resume()
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
                thread.name = "drop folder"
                thread.start()
            }
        } onCancelOrGracefulShutdown: {
            daemon.stop()
        }
    }
}
