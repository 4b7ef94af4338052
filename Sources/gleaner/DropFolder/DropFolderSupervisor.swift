import DropFolder
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Runs the drop folder, and runs it anew with another configuration when SIGHUP asks for that.
final class DropFolderSupervisor: Service {
    typealias Make = @Sendable (DropFolderConfiguration) throws(DaemonError) -> DropFolderDaemon

    private struct State {
        var daemon: DropFolderDaemon
        var next: DropFolderConfiguration?
        var isStopping = false
    }

    private let state: Mutex<State>
    private let make: Make
    private let reload: @Sendable () -> DropFolderConfiguration?
    private let didStart: @Sendable () -> Void
    private let willStop: @Sendable () -> Void

    /// - Parameters:
    ///   - reload: reads and checks the configuration anew; nil, and said why, when it is not good.
    ///   - didStart: called whenever a daemon begins to work.
    ///   - willStop: called when the service is to stop.
    init(
        _ daemon: DropFolderDaemon, make: @escaping Make, reload: @escaping @Sendable () -> DropFolderConfiguration?,
        didStart: @escaping @Sendable () -> Void, willStop: @escaping @Sendable () -> Void
    ) {
        state = Mutex(State(daemon: daemon))
        self.make = make
        self.reload = reload
        self.didStart = didStart
        self.willStop = willStop
    }

    /// The one at work.
    var daemon: DropFolderDaemon { state.withLock(\.daemon) }

    func run() async throws {
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await self.reloadOnHangUp() }
                try await self.work()
                group.cancelAll()
            }
        } onCancelOrGracefulShutdown: {
            self.stop()
        }
    }

    private func stop() {
        willStop()
        let daemon = state.withLock { state in
            state.isStopping = true
            return state.daemon
        }
        daemon.stop()
    }

    private func work() async throws {
        while true {
            didStart()
            try await DropFolderService(daemon).run()
            let next = state.withLock { state in
                defer { state.next = nil }
                return state.isStopping ? nil : state.next
            }
            guard let next else { return }
            // The old one has let go of ledger and lock only when it is gone.
            let daemon = try replace(with: next)
            // Another signal may have come meanwhile.
            if state.withLock({ $0.isStopping || $0.next != nil }) { daemon.stop() }
        }
    }

    private func replace(with configuration: DropFolderConfiguration) throws(DaemonError) -> DropFolderDaemon {
        // What still runs would work on the same ledger.
        guard daemon.runningStages == 0 else { throw .stuck(state: daemon.configuration.state) }
        daemon.close()
        let daemon = try make(configuration)
        state.withLock { $0.daemon = daemon }
        return daemon
    }

    private func reloadOnHangUp() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) {
            guard let configuration = reload() else { continue }
            let daemon = state.withLock { state in
                state.next = configuration
                return state.daemon
            }
            daemon.stop()
        }
    }
}
