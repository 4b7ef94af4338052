import CPlatform

/// State that threads share and wait on. Times are seconds of the monotonic clock.
final class Monitor<State>: @unchecked Sendable {
    private let monitor: OpaquePointer
    // Only touched under the lock: that makes the class safe to share.
    private var state: State

    init(_ state: State) {
        guard let monitor = platform_monitor_create() else { preconditionFailure("no memory is left for a lock") }
        self.monitor = monitor
        self.state = state
    }

    deinit { platform_monitor_destroy(monitor) }

    /// Changes the state; whoever waits looks again.
    @discardableResult
    func change<Result>(_ body: (inout State) -> Result) -> Result {
        platform_monitor_lock(monitor)
        defer {
            platform_monitor_broadcast(monitor)
            platform_monitor_unlock(monitor)
        }
        return body(&state)
    }

    /// Looks at the state without waking anyone.
    func read<Result>(_ body: (State) -> Result) -> Result {
        platform_monitor_lock(monitor)
        defer { platform_monitor_unlock(monitor) }
        return body(state)
    }

    /// Waits until `body` gives a value, at most `seconds`; nil when the time is over.
    func wait<Result>(seconds: Double, until body: (inout State) -> Result?) -> Result? {
        let end = Monotonic.now() + seconds
        platform_monitor_lock(monitor)
        defer { platform_monitor_unlock(monitor) }
        while true {
            if let result = body(&state) {
                platform_monitor_broadcast(monitor)
                return result
            }
            if platform_monitor_wait(monitor, end) != 0 { return body(&state) }
        }
    }
}
