import DropFolder
import Foundation
import Synchronization

/// The end of this process by SIGKILL when it reaches a point for the nth time: no handler runs, nothing is flushed.
final class Death: Sendable {
    private let point: FaultPoint?
    private let left: Mutex<Int>

    /// - Parameter text: `POINT:COUNT`, or nil for a long life.
    init(_ text: String?) {
        let parts = text?.split(separator: ":") ?? []
        point = parts.first.flatMap { FaultPoint(rawValue: String($0)) }
        left = Mutex(parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
    }

    @Sendable func reached(_ point: FaultPoint) {
        guard point == self.point else { return }
        let isOver = left.withLock { left in
            left -= 1
            return left <= 0
        }
        if isOver { kill(getpid(), SIGKILL) }
    }
}
