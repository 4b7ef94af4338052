import Synchronization
import Tensors

/// What a scheduler's thread shares with all others: the requests that wait, and its figures.
final class SchedulerInbox: Sendable {
    private struct State: Sendable {
        var waiting: [GenerationJob] = []
        var statistics = SchedulerStatistics()
    }

    private let state = Monitor(State())
    private let stopping = Atomic(false)

    var isStopping: Bool { stopping.load(ordering: .relaxed) }

    var statistics: SchedulerStatistics {
        state.withLock { state in
            state.statistics.waitingRequests = state.waiting.count { !$0.channel.isCancelled }
            return state.statistics
        }
    }

    func add(_ job: GenerationJob, most: Int) throws(InferenceError) {
        try state.withLock { state throws(InferenceError) in
            // With their image features, which are large.
            state.waiting.removeAll(where: \.channel.isCancelled)
            guard state.waiting.count < max(1, most) else { throw .busy(waiting: state.waiting.count, limit: most) }
            state.waiting.append(job)
        }
        state.wakeAll()
    }

    func remove(_ job: GenerationJob) {
        state.withLock { $0.waiting.removeAll { $0.channel === job.channel } }
    }

    func stop() {
        stopping.store(true, ordering: .relaxed)
        // Under the lock, so that nobody begins to wait who has not seen it.
        state.withLock { _ in state.wakeAll() }
    }

    /// Waits for a request; false when the scheduler is to end.
    func waitForRequest() -> Bool {
        state.wait { state -> Bool? in
            if self.isStopping { return false }
            return state.waiting.isEmpty ? nil : true
        } ?? false
    }

    /// The first request, if it may begin; those that were cancelled are left out.
    func takeFirst(if mayBegin: (GenerationJob) -> Bool) -> GenerationJob? {
        state.withLock { state in
            let cancelled = state.waiting.prefix(while: \.channel.isCancelled).count
            if cancelled > 0 { state.waiting.removeFirst(cancelled) }
            guard let first = state.waiting.first, mayBegin(first) else { return nil }
            return state.waiting.removeFirst()
        }
    }

    func publish(_ statistics: SchedulerStatistics) { state.withLock { $0.statistics = statistics } }

    /// Ends all requests that wait.
    func cancelAll() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for job in waiting { job.channel.cancel() }
    }
}
