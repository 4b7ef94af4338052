import Foundation

/// State that threads share and wait on.
final class Monitor<State>: @unchecked Sendable {
    private let condition = NSCondition()
    private var state: State

    init(_ state: State) {
        self.state = state
    }

    /// Changes the state; whoever waits looks again.
    @discardableResult
    func change<Result>(_ body: (inout State) -> Result) -> Result {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return body(&state)
    }

    /// Looks at the state without waking anyone.
    func read<Result>(_ body: (State) -> Result) -> Result {
        condition.lock()
        defer { condition.unlock() }
        return body(state)
    }

    /// Waits until `body` gives a value, at most `seconds`; nil when the time is over.
    func wait<Result>(seconds: Double, until body: (inout State) -> Result?) -> Result? {
        let end = Date(timeIntervalSinceNow: seconds)
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result = body(&state) {
                condition.broadcast()
                return result
            }
            guard condition.wait(until: end) else { return body(&state) }
        }
    }
}
