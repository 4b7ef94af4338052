/// What a scheduler does at the moment, and what it has done.
public struct SchedulerStatistics: Hashable, Sendable {
    /// Answers that are written, those included whose prompt is read.
    public internal(set) var runningAnswers = 0
    public internal(set) var waitingRequests = 0
    /// Bytes of keys and values that running requests may come to need.
    public internal(set) var reservedBytes = 0
    /// Passes of the model.
    public internal(set) var steps = 0
    /// Tokens that it read in them.
    public internal(set) var tokens = 0
    public internal(set) var prefixCache = PrefixCacheStatistics()
}
