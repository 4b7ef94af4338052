import Synchronization

/// What keeps the service from working, if anything.
public struct ServiceHealth: Sendable, Equatable {
    /// By component (`state`, `inbox invoices`, `records /srv/records`, `engine`): one line on what is wrong and what to do.
    public var problems: [String: String]

    public var isGood: Bool { problems.isEmpty }

    public init(problems: [String: String] = [:]) {
        self.problems = problems
    }
}

/// The problems that last, told once when they come and once when they go.
final class HealthBoard: Sendable {
    private let problems = Mutex<[String: String]>([:])
    private let tell: @Sendable (DaemonEvent) -> Void

    init(_ tell: @escaping @Sendable (DaemonEvent) -> Void) {
        self.tell = tell
    }

    var health: ServiceHealth { ServiceHealth(problems: problems.withLock(\.self)) }

    func set(_ component: String, _ problem: String) {
        let isNews = problems.withLock { problems in
            // The same trouble meets one file after another: its reason is kept up to date, and told once.
            problems.updateValue(problem, forKey: component) == nil
        }
        if isNews { tell(.paused(component: component, reason: problem)) }
    }

    func clear(_ component: String) {
        if problems.withLock({ $0.removeValue(forKey: component) }) != nil { tell(.resumed(component: component)) }
    }
}
