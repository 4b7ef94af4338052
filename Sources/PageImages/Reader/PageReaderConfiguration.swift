/// How a `PageReader` runs its workers.
public struct PageReaderConfiguration: Sendable, Equatable {
    /// The program that is started with `PageWorker.argument`; this one unless a test says otherwise.
    public var executable = "/proc/self/exe"
    /// Most workers at a time; as many documents can be read side by side.
    public var workers = 2
    /// Documents after which a worker is replaced: what a library leaks or breaks does not last.
    public var documentsPerWorker = 100
    /// Memory that one worker may take, in MiB; it starts with about 40, and the document and its pixels count.
    public var memoryMegabytes = 2048
    /// Whether nothing is read where the system has no filter of system calls. Memory, time and descriptors are limited
    /// anyway.
    public var requiresSandbox = true

    public init() {}
}

/// What a `PageReader` has seen of its workers.
public struct PageReaderStatistics: Sendable, Equatable {
    public var started = 0
    /// Those that a document brought down, or that were ended for taking too long.
    public var faults = 0
    /// Most resident memory that one worker has had, in bytes.
    public var peakBytes = 0
}
