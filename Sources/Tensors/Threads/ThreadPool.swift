import Glibc

/// Threads that share the work of one operation, apart from Swift's cooperative pool.
///
/// Idle threads wait a bounded time in a loop and then sleep. Results never depend on the number of threads: each
/// element is computed in the same way whichever thread takes it.
public final class ThreadPool: Sendable {
    /// Threads that work at the same time, the caller's included.
    public let threadCount: Int
    /// The inner loops that operations on this pool use.
    public let kernels: Kernels

    let scratch = ScratchMemory()

    private let state: ThreadPoolState
    private let workers: [pthread_t]

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - threadCount: threads including the caller's, at least 1; by default one for each processor that is online.
    ///   - kernels: the inner loops to use.
    /// If the system refuses a thread the pool works with those it got.
    public init(threadCount: Int? = nil, kernels: Kernels = .best) {
        let wanted = max(1, min(threadCount ?? Self.onlineProcessors, 1024))
        let state = ThreadPoolState()
        var workers: [pthread_t] = []
        for slot in 1..<max(1, wanted) {
            guard let thread = startWorker(WorkerStart(state: state, slot: slot)) else { break }
            workers.append(thread)
        }
        self.threadCount = workers.count + 1
        self.kernels = kernels
        self.state = state
        self.workers = workers
    }

    deinit {
        state.stop()
        for worker in workers { pthread_join(worker, nil) }
    }

    /// Processors that are online, at least 1.
    public static var onlineProcessors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Calls `body` once for each index below `count`, on all threads, and returns when all calls have returned.
    ///
    /// Calls made while the pool is busy, from inside `body` or from another thread, do their work on the calling
    /// thread alone.
    public func parallelFor(count: Int, body: @escaping @Sendable (_ index: Int) -> Void) {
        run(count: count) { index, _ in body(index) }
    }

    /// Like `parallelFor`, with the number of the thread (below `threadCount`) for its scratch memory.
    ///
    /// The closure usually captures pointers, which is why it is not `@Sendable`: the caller answers for it that
    /// different indices write to different places.
    func run(count: Int, body: @escaping (_ index: Int, _ slot: Int) -> Void) {
        guard count > 1, !workers.isEmpty, state.acquire() else {
            for index in 0..<max(0, count) { body(index, 0) }
            return
        }
        // The claim word holds counts below 2^20; larger loops give several indices to each claim.
        let grain = (count + ThreadPoolState.largestCount - 1) / ThreadPoolState.largestCount
        if grain == 1 {
            state.perform(count: count, body: body)
        } else {
            state.perform(count: (count + grain - 1) / grain) { group, slot in
                for index in (group * grain)..<min(count, (group + 1) * grain) { body(index, slot) }
            }
        }
        state.release()
    }
}
