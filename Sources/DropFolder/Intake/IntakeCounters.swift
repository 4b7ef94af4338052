/// An inbox in figures.
public struct IntakeCounters: Sendable, Equatable {
    /// Files that are tracked: not quiet yet, or quiet and not taken.
    public var waitingFiles = 0
    /// More wait than are tracked.
    public var moreWait = false
    /// Change time of the oldest tracked file, nanoseconds since 1970.
    public var oldestWaiting: Int64?
    public var watchedFolders = 0
    public var pollingReason: PollingReason?
    /// The inbox could be read at the last try.
    public var isAvailable = false
    public var rescans = 0
    public var overflows = 0
    public var lastScanSeconds = 0.0
    /// What the last whole scan passed over.
    public var lastScan = ScanSummary()

    public init() {}
}
