/// What a worker is confined by. Limits of memory, time and descriptors always hold.
public struct SandboxReport: Sendable, Equatable {
    /// seccomp(2): any system call but a short list of harmless ones ends the process.
    public var filtersSystemCalls: Bool
    /// landlock(7), behind the filter: no path can be opened.
    public var hasNoFiles: Bool
    /// namespaces(7), behind the filter: there is no network to speak with.
    public var hasNoNetwork: Bool

    public init(filtersSystemCalls: Bool, hasNoFiles: Bool, hasNoNetwork: Bool) {
        self.filtersSystemCalls = filtersSystemCalls
        self.hasNoFiles = hasNoFiles
        self.hasNoNetwork = hasNoNetwork
    }
}
