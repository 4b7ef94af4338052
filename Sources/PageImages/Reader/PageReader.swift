import Dispatch
import Synchronization

/// Reads documents through confined worker processes, which are started when first needed and kept warm.
///
/// A worker that crashes, hangs, runs out of memory or does what a parser must not do is ended and replaced; only the
/// document that it was reading fails. Several threads may use a reader at the same time; when all workers are busy,
/// they wait for one.
public final class PageReader: Sendable {
    private let configuration: PageReaderConfiguration
    /// Counts the workers that may still be taken.
    private let places: DispatchSemaphore
    private let state = Mutex(State())

    private struct State {
        /// The one that was used last comes last.
        var idle: [WorkerProcess] = []
        /// Idle ones and those that are asked something.
        var living = 0
        var lastDocument = 0
        var sandbox: SandboxReport?
        var statistics = PageReaderStatistics()
    }

    public init(_ configuration: PageReaderConfiguration = PageReaderConfiguration()) {
        self.configuration = configuration
        places = DispatchSemaphore(value: max(1, configuration.workers))
    }

    /// What the workers are confined by; nil before the first was started.
    public var sandbox: SandboxReport? { state.withLock { $0.sandbox } }

    public var statistics: PageReaderStatistics {
        state.withLock { state in
            var statistics = state.statistics
            for worker in state.idle { statistics.peakBytes = max(statistics.peakBytes, worker.peakBytes) }
            return statistics
        }
    }

    /// Starts a worker ahead of the first document, so that what keeps one from starting shows early.
    ///
    /// - Throws: `outOfResources` or `noSandbox`.
    public func warmUp() throws(DocumentError) {
        places.wait()
        defer { places.signal() }
        let isNeeded = state.withLock { state in
            if state.living == 0 { state.living += 1 } else { return false }
            return true
        }
        guard isNeeded else { return }
        do throws(WorkerFailure) {
            let worker = try start()
            state.withLock { $0.idle.append(worker) }
        } catch {
            throw DocumentError(starting: error)
        }
    }

    /// Opens a document and learns the sizes of its pages.
    ///
    /// - Parameter passwords: tried in turn where a PDF needs one.
    /// - Throws: `truncated`, `corrupt`, `unsupported`, `encrypted`, `tooManyPages`, `tooManyPixels`, `tooSlow`,
    ///   `tooMuchMemory`, `crashed`, `forbidden`, `outOfResources` or `noSandbox`.
    public func open(_ file: DocumentFile, passwords: [String] = []) throws(DocumentError) -> Document {
        try Document(file, passwords: passwords, reader: self)
    }

    /// Names a document, so that workers that have it open can be found again.
    func nextDocument() -> Int {
        state.withLock { state in
            state.lastDocument += 1
            return state.lastDocument
        }
    }

    /// Lets `body` ask a worker about a document, one that has it open if there is any.
    ///
    /// - Parameter isNew: takes a worker that has not seen a document yet.
    /// - Throws: what `body` throws; a worker that is over by then is not used again.
    func withWorker<Result>(
        for document: Int, isNew: Bool, _ body: (WorkerProcess) throws(WorkerFailure) -> Result
    ) throws(WorkerFailure) -> Result {
        places.wait()
        defer { places.signal() }
        let worker = isNew ? try startAnother() : try take(for: document)
        defer { giveBack(worker) }
        return try body(worker)
    }

    /// Has the worker that has a document open let go of it, if that takes no waiting.
    func release(_ document: Int) {
        guard places.wait(timeout: .now()) == .success else { return }
        defer { places.signal() }
        let worker = state.withLock { state in
            state.idle.firstIndex { $0.document == document }.map { state.idle.remove(at: $0) }
        }
        guard let worker else { return }
        worker.document = nil
        let isFresh = !isWorn(worker) && (try? worker.ask(.close, seconds: 2)) == .closed
        if !isFresh { worker.isExhausted = true }
        giveBack(worker)
    }

    /// The worker that has the document open; or one with nothing open; or a new one; or the one that was used longest
    /// ago.
    private func take(for document: Int) throws(WorkerFailure) -> WorkerProcess {
        let found = state.withLock { state -> WorkerProcess? in
            let mayStart = state.living < configuration.workers
            let place =
                state.idle.lastIndex { $0.document == document } ?? state.idle.lastIndex { $0.document == nil }
                ?? (mayStart ? nil : state.idle.indices.first)
            if place == nil { state.living += 1 }
            return place.map { state.idle.remove(at: $0) }
        }
        guard let found else { return try start() }
        if found.document == document || !isWorn(found) { return found }
        return try replace(found)
    }

    /// Whether a worker has read so many documents, or kept so much memory of them, that the next goes to a new one.
    private func isWorn(_ worker: WorkerProcess) -> Bool {
        worker.documentsOpened >= configuration.documentsPerWorker
            || worker.keptBytes > configuration.memoryMegabytes << 20 / 4
    }

    /// A new worker, in the place of the one that was used longest ago if there are enough.
    private func startAnother() throws(WorkerFailure) -> WorkerProcess {
        let replaced = state.withLock { state -> WorkerProcess? in
            if state.living >= configuration.workers, let place = state.idle.indices.first {
                return state.idle.remove(at: place)
            }
            state.living += 1
            return nil
        }
        guard let replaced else { return try start() }
        return try replace(replaced)
    }

    private func replace(_ worker: WorkerProcess) throws(WorkerFailure) -> WorkerProcess {
        worker.end()
        note(worker)
        return try start()
    }

    /// Starts a worker that is counted among the living already.
    private func start() throws(WorkerFailure) -> WorkerProcess {
        do throws(WorkerFailure) {
            let worker = try WorkerProcess(configuration)
            state.withLock { state in
                state.sandbox = worker.sandbox
                state.statistics.started += 1
            }
            return worker
        } catch {
            state.withLock { $0.living -= 1 }
            throw error
        }
    }

    private func giveBack(_ worker: WorkerProcess) {
        if worker.isOver {
            state.withLock { $0.statistics.faults += 1 }
        } else if worker.isExhausted {
            worker.end()
        }
        if worker.isOver { note(worker) }
        state.withLock { state in
            if worker.isOver { state.living -= 1 } else { state.idle.append(worker) }
        }
    }

    /// Remembers what an ended worker took.
    private func note(_ worker: WorkerProcess) {
        state.withLock { $0.statistics.peakBytes = max($0.statistics.peakBytes, worker.peakBytes) }
    }
}
