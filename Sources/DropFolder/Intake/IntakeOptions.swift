/// How one inbox is watched. Times are in seconds.
public struct IntakeOptions: Sendable, Equatable {
    public enum Polling: String, Sendable, CaseIterable {
        /// Where events do not tell everything: network and FUSE file systems.
        case auto
        case always
        /// Events even there; without watches it is polled all the same, so that nothing is lost.
        case never
    }

    /// A file is taken when it was seen unchanged for so long.
    public var quietSeconds: Double
    /// From one scan of the inbox to the next, whatever the events told.
    public var rescanSeconds: Double
    /// The same where there are no events.
    public var pollSeconds: Double
    public var polling: Polling
    public var isRecursive: Bool
    /// At most so many files are tracked at once; the oldest come first.
    public var capacity: Int
    /// At most so many folders are watched; an inbox with more is polled.
    public var watchLimit: Int

    public init(
        quietSeconds: Double = 5, rescanSeconds: Double = 60, pollSeconds: Double = 5, polling: Polling = .auto,
        isRecursive: Bool = true, capacity: Int = 50_000, watchLimit: Int = 50_000
    ) {
        self.quietSeconds = quietSeconds
        self.rescanSeconds = rescanSeconds
        self.pollSeconds = min(pollSeconds, rescanSeconds)
        self.polling = polling
        self.isRecursive = isRecursive
        self.capacity = capacity
        self.watchLimit = watchLimit
    }
}
