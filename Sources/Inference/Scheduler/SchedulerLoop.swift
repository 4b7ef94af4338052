import Mistral
import Tensors

/// The work of a scheduler's thread, which alone has it.
final class SchedulerLoop {
    let model: any BatchModel
    let limits: SchedulerLimits
    let inbox: SchedulerInbox
    /// In the order in which they began.
    var running: [RunningSequence] = []
    var prefixes = PrefixCache()
    var statistics = SchedulerStatistics()
    /// For masks while the model works, where processors have nothing else to do.
    ///
    /// Where the model has a thread on every processor, a mask that is found meanwhile takes from it what it saves:
    /// measured on 2 cores, steps of 131,072 tokens took 1.009 to 1.013 times those without a grammar, against 1.003
    /// with the mask behind the pass; gleaner-mini's, some 0.3 ms, up to 1.2 times against 1.1.
    lazy var spareThreads: ThreadPool? = {
        let spare = ThreadPool.onlineProcessors - model.threads.threadCount
        return spare > 0 ? ThreadPool(threadCount: 1 + spare) : nil
    }()

    init(model: any BatchModel, limits: SchedulerLimits, inbox: SchedulerInbox) {
        self.model = model
        self.limits = limits
        self.inbox = inbox
    }

    var imageTokenID: Int { model.configuration.imageTokenID }

    /// Works until the scheduler ends.
    func run() {
        while !inbox.isStopping {
            if running.isEmpty, !inbox.waitForRequest() { break }
            admit()
            step()
        }
        for sequence in running { sequence.job.channel.cancel() }
        inbox.cancelAll()
    }

    /// Begins requests that wait, in their order, as long as there is room.
    private func admit() {
        while let job = inbox.takeFirst(if: hasRoom) {
            let request = RunningSequence.Request(job)
            statistics.reservedBytes += job.cacheBytes
            statistics.runningAnswers += job.writers.count
            prefixes.shrink(to: limits.cacheBytes - statistics.reservedBytes)
            let sequence = RunningSequence(request)
            running.append(sequence)
            sequence.leader = leader(of: sequence)
            publish()
        }
    }

    private func hasRoom(for job: GenerationJob) -> Bool {
        statistics.runningAnswers + job.writers.count <= max(limits.runningAnswers, job.writers.count)
            && job.cacheBytes <= limits.cacheBytes - statistics.reservedBytes
    }

    /// A sequence that began before another and is about to read what the other's prompt begins with.
    func leader(of sequence: RunningSequence) -> (sequence: RunningSequence, common: Int)? {
        let job = sequence.job
        guard job.sharesPrompt else { return nil }
        let most = job.tokens.count - 1
        return running.lazy
            .prefix { $0 !== sequence }
            .filter { $0.isReadingPrompt && $0.job.sharesPrompt }
            .map { ($0, min(most, $0.job.prefix.commonPrefix(with: job.prefix))) }
            .filter { $0.1 >= PrefixCacheKey.hashedLength }
            .max { $0.1 < $1.1 }
    }

    /// Ends a sequence, and its request with the last one.
    func remove(_ sequence: RunningSequence) {
        guard !sequence.isOver else { return }
        sequence.isOver = true
        statistics.runningAnswers -= sequence.writers.count
        sequence.request.unfinished -= sequence.writers.count
        if sequence.request.unfinished == 0 { statistics.reservedBytes -= sequence.job.cacheBytes }
        running.removeAll { $0 === sequence }
    }

    /// Ends all sequences of a request.
    func fail(_ request: RunningSequence.Request, _ error: InferenceError) {
        request.job.channel.post { $0.fail(error) }
        for sequence in running where sequence.request === request { remove(sequence) }
    }

    func publish() {
        statistics.prefixCache = prefixes.statistics
        inbox.publish(statistics)
    }
}
