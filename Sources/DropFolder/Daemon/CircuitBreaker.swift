/// Decides when an engine that fails may be tried again, and which document is tried. Pure: time is passed in, in seconds.
///
/// Every failure in a row doubles the wait, with jitter so that several services do not knock together. After
/// `failuresToOpen` of them the circuit is open: one document is tried after each wait, all others stay where they are.
public struct CircuitBreaker: Sendable {
    public let firstWait: Double
    public let longestWait: Double
    public let failuresToOpen: Int

    public private(set) var failuresInARow = 0
    /// Successes since the service started, to tell a document that fails alone from an engine that fails always.
    public private(set) var successes = 0
    private var closedUntil = 0.0

    public init(firstWait: Double, longestWait: Double, failuresToOpen: Int) {
        self.firstWait = firstWait
        self.longestWait = longestWait
        self.failuresToOpen = failuresToOpen
    }

    public var isOpen: Bool { failuresInARow >= failuresToOpen }

    /// Seconds until the engine may be asked again; 0: at once.
    public func wait(at now: Double) -> Double { max(0, closedUntil - now) }

    public mutating func succeeded() {
        failuresInARow = 0
        successes += 1
        closedUntil = 0
    }

    /// - Parameter jitter: a random number from 0 to 1.
    /// - Returns: seconds to wait, between half of the full wait and all of it.
    @discardableResult
    public mutating func failed(at now: Double, jitter: Double) -> Double {
        failuresInARow += 1
        var wait = firstWait
        for _ in 1..<max(failuresInARow, 2) where wait < longestWait && failuresInARow > 1 { wait *= 2 }
        wait = min(wait, longestWait) * (0.5 + 0.5 * jitter)
        closedUntil = now + wait
        return wait
    }
}
