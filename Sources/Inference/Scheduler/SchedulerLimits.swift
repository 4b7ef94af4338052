import Glibc

/// Bounds of what a scheduler takes on.
public struct SchedulerLimits: Hashable, Sendable {
    /// Most answers that are written at the same time.
    public var runningAnswers = 32
    /// Most requests that wait; more are refused as `InferenceError.busy`.
    public var waitingRequests = 256
    /// Most tokens of prompts that are read in a step with answers under way: how long these wait for one.
    public var prefillTokens = 256
    /// As above where no answer is under way.
    public var prefillTokensAlone = 512
    /// Most bytes of keys and values in all: a request begins when what it may come to need is free.
    public var cacheBytes: Int
    /// Most of these that finished prompts keep for later ones; they make room for requests.
    public var prefixCacheBytes: Int

    /// Half of the machine's memory, and an eighth of that for finished prompts.
    public init() {
        let pages = max(1, sysconf(Int32(_SC_PHYS_PAGES)))
        let pageBytes = max(1, sysconf(Int32(_SC_PAGESIZE)))
        let memory = pages.multipliedReportingOverflow(by: pageBytes)
        cacheBytes = memory.overflow ? .max / 4 : memory.partialValue / 2
        prefixCacheBytes = cacheBytes / 8
    }
}
