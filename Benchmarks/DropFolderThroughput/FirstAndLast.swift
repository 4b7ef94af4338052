import DropFolder
import Synchronization

/// The time from the first capture to the last delivery.
final class FirstAndLast: Sendable {
    private struct State {
        var first: ContinuousClock.Instant?
        var last: ContinuousClock.Instant?
        var done = 0
    }

    private let state = Mutex(State())

    @Sendable func note(_ event: DaemonEvent) {
        state.withLock { state in
            switch event {
            case .captured where state.first == nil: state.first = .now
            case .done:
                state.last = .now
                state.done += 1
            default: break
            }
        }
    }

    var done: Int { state.withLock(\.done) }

    var seconds: Double {
        state.withLock { state in
            guard let first = state.first, let last = state.last else { return 0 }
            let (seconds, attoseconds) = (last - first).components
            return Double(seconds) + Double(attoseconds) * 1e-18
        }
    }
}
