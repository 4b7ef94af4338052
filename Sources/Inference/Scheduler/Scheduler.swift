import Mistral
import Synchronization
import Tensors

/// Runs requests together: each step of the model reads one part of every one of them.
///
/// This is continuous batching (Yu et al., "Orca", OSDI 2022) with prompts read in chunks (Agrawal et al.,
/// "Sarathi-Serve", OSDI 2024): a request begins as soon as there is room, and a long prompt does not hold up the
/// answers of others. Requests begin in the order in which they came. All work is done on one thread, which starts with
/// the first request and ends with the scheduler.
final class Scheduler: Sendable {
    let limits: SchedulerLimits
    private let model: any BatchModel
    private let inbox = SchedulerInbox()
    private let thread = Mutex<DedicatedThread?>(nil)

    init(model: any BatchModel, limits: SchedulerLimits) {
        self.model = model
        self.limits = limits
    }

    /// Whoever still waits for an answer gets `.cancelled`.
    deinit { inbox.stop() }

    var statistics: SchedulerStatistics { inbox.statistics }

    func submit(_ job: GenerationJob) throws(InferenceError) {
        try inbox.add(job, most: limits.waitingRequests)
        guard startThread() else {
            inbox.remove(job)
            throw .noThread
        }
    }

    /// Starts the thread if there is none; false if the system refuses.
    private func startThread() -> Bool {
        thread.withLock { thread in
            if thread == nil {
                let (model, limits, inbox) = (model, limits, inbox)
                thread = DedicatedThread {
                    SchedulerLoop(model: model, limits: limits, inbox: inbox).run()
                }
            }
            return thread != nil
        }
    }
}
