import DropFolder
import ServiceLifecycle
import SystemService

/// Tells the service manager every few seconds how it goes, as long as it does go on.
struct ServicePulse: Service {
    private let supervisor: DropFolderSupervisor
    private let metrics: DaemonMetrics
    private let notifier: ServiceNotifier

    init(_ supervisor: DropFolderSupervisor, metrics: DaemonMetrics, notifier: ServiceNotifier) {
        self.supervisor = supervisor
        self.metrics = metrics
        self.notifier = notifier
    }

    func run() async throws {
        let interval = min(.seconds(2), (notifier.watchdogInterval ?? .seconds(60)) / 3)
        // Nothing tells of progress while poppler draws a page, which it may do this long.
        let longestStep = Double(supervisor.daemon.configuration.limits.pageSeconds) + 120
        try? await cancelWhenGracefulShutdown {
            while true {
                let daemon = supervisor.daemon
                let status = StatusFile(daemon, metrics)
                status.write()
                if daemon.stalledStages(after: longestStep).isEmpty { notifier.watchdog() }
                notifier.status(status.line)
                try await Task.sleep(for: interval)
            }
        }
    }
}
