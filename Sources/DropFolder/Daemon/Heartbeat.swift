import Synchronization

/// Tells whether every stage lives: it waits for work, or it has moved on lately. What the watchdog is fed from.
final class Heartbeat: Sendable {
    /// When each stage that is at work last moved on; stages that wait are not in it.
    private let busySince = Mutex<[String: Double]>([:])

    func beat(_ stage: String) { busySince.withLock { $0[stage] = Monotonic.now() } }

    func idle(_ stage: String) { busySince.withLock { $0[stage] = nil } }

    /// Stages that have been at one step for longer than `seconds`.
    func stalled(after seconds: Double) -> [String] {
        let now = Monotonic.now()
        return busySince.withLock { $0.filter { now - $0.value > seconds }.keys.sorted() }
    }
}
