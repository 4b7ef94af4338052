import Tensors

/// Bounds of what a scheduler takes on.
public struct SchedulerLimits: Hashable, Sendable {
    /// Most answers that are written at the same time.
    public var runningAnswers = 32
    /// Most requests that wait, at least 1; more are refused as `InferenceError.busy`.
    public var waitingRequests = 256
    /// Most tokens of prompts that are read in a step with answers under way: how long these wait for one.
    public var prefillTokens = 256
    /// As above where no answer is under way.
    public var prefillTokensAlone = 512
    /// Most bytes of keys and values in all: a request begins when what it may come to need is free.
    public var cacheBytes: Int
    /// Most of these that finished prompts keep for later ones; they make room for requests.
    public var prefixCacheBytes: Int

    /// Half of the memory that the machine or its container has, and an eighth of that for finished prompts.
    public init() {
        cacheBytes = MachineMemory.bytes / 2
        prefixCacheBytes = cacheBytes / 8
    }
}
