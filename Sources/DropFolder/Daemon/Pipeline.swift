import Extraction

/// What the stages of the service share: the documents between capture and the last folder.
///
/// One lock, one condition: every stage waits for the state that lets it go on. Times are seconds of the monotonic clock.
final class Pipeline: Sendable {
    struct State: Sendable {
        /// Every arrival that is captured and not closed, by its id.
        var admitted: [Int64: Work] = [:]
        var admittedBytes: [String: Int] = [:]
        var admittedCount: [String: Int] = [:]
        /// Arrivals that wait for the outcome of their document, which is read once for all of them.
        var waiting: [Int64: [Work]] = [:]
        var captured: [Work] = []
        /// When a document of each inbox was last opened, in turns, so that none waits for all of another's.
        var lastTurns: [Int: Int] = [:]
        var opened: [OpenedWork] = []
        /// In the engine's hands.
        var reading: OpenedWork?
        var postponed: [(at: Double, work: Work)] = []
        var deliverable: [Work] = []
        var blocked: [(at: Double, work: Work)] = []
        var memory: MemoryBudget
        /// Names that are promised to arrivals and not written yet.
        var promisedNames: Set<String> = []
        /// Inboxes that still have, or may have, something to take: a drain ends without them.
        var openInboxes: Set<Int> = []
        var isStopping = false
        var abandonAt: Double?
        var runningStages = 0
        var fatal: DaemonError?
    }

    /// The longest any stage waits before it looks again; a stage that waits counts as alive.
    static let longestWait = 1.0

    private let monitor: Monitor<State>
    private let maximumDocuments: Int
    private let maximumSpoolBytes: Int
    /// Documents that may stand open before the engine.
    private let maximumOpened = 8

    init(maximumDocuments: Int, maximumPages: Int, maximumBytes: Int) {
        self.maximumDocuments = maximumDocuments
        maximumSpoolBytes = maximumBytes
        monitor = Monitor(State(memory: MemoryBudget(maximumPages: maximumPages, maximumBytes: maximumBytes)))
    }

    func read<Result>(_ body: (State) -> Result) -> Result { monitor.read(body) }

    @discardableResult
    func change<Result>(_ body: (inout State) -> Result) -> Result { monitor.change(body) }
}

extension Pipeline.State {
    /// A suspect is opened and read with nothing else in work: if the process ends again, it was alone.
    fileprivate func mayOpen(_ work: Work) -> Bool {
        let others = opened + [reading].compactMap(\.self)
        return work.isSuspect ? others.isEmpty : !others.contains(where: \.work.isSuspect)
    }
}

// Admission: what an inbox may still take.
extension Pipeline {
    /// Documents that an inbox may capture now.
    func room(inbox: String) -> Int {
        monitor.read { state in
            guard !state.isStopping, state.admittedBytes[inbox, default: 0] < maximumSpoolBytes else { return 0 }
            return max(0, maximumDocuments - state.admittedCount[inbox, default: 0])
        }
    }

    /// Lets an arrival in: to be read, to be delivered at once when its document has an outcome, or to wait for the arrival that
    /// brought the same bytes before.
    func admit(_ work: Work, hasOutcome: Bool) {
        monitor.change { state in
            guard state.admitted.updateValue(work, forKey: work.arrival) == nil else { return }
            state.admittedCount[work.inbox.path, default: 0] += 1
            state.admittedBytes[work.inbox.path, default: 0] += work.note.byteCount
            if hasOutcome {
                state.deliverable.append(work)
            } else {
                if state.waiting[work.document] == nil { state.captured.append(work) }
                state.waiting[work.document, default: []].append(work)
            }
        }
    }

    func closed(_ work: Work) {
        monitor.change { state in
            guard state.admitted.removeValue(forKey: work.arrival) != nil else { return }
            state.admittedCount[work.inbox.path, default: 0] -= 1
            state.admittedBytes[work.inbox.path, default: 0] -= work.note.byteCount
        }
    }
}

extension Pipeline.State {
    /// The first document of the inbox whose last turn was longest ago.
    fileprivate var nextCaptured: Int? {
        captured.indices.min { turn(of: $0) < turn(of: $1) }
    }

    private func turn(of index: Int) -> (Int, Int) { (lastTurns[captured[index].inbox.index] ?? 0, index) }
}

// Preparation: opened documents and pages drawn ahead.
extension Pipeline {
    /// The next document to open, nil when the service stops: the inboxes take turns, and of each the oldest comes first.
    func nextToOpen() -> Work? {
        while true {
            let next: Work?? = monitor.wait(seconds: Self.longestWait) { state in
                if state.isStopping { return .some(nil) }
                guard state.opened.count < maximumOpened else { return nil }
                let now = Monotonic.now()
                if let due = state.postponed.firstIndex(where: { $0.at <= now }) {
                    state.captured.insert(state.postponed.remove(at: due).work, at: 0)
                }
                guard let index = state.nextCaptured else { return nil }
                let work = state.captured[index]
                guard state.mayOpen(work), state.memory.open(document: work.document, bytes: work.note.byteCount)
                else { return nil }
                state.captured.remove(at: index)
                state.lastTurns[work.inbox.index] = (state.lastTurns.values.max() ?? 0) + 1
                return work
            }
            if let next { return next }
        }
    }

    func add(_ opened: OpenedWork) { monitor.change { $0.opened.append(opened) } }

    /// Waits until a page may be drawn ahead; false when that is no longer of use.
    func reserve(pageAt index: Int, of opened: OpenedWork, bytes: Int) -> Bool {
        while true {
            let answer = monitor.wait(seconds: Self.longestWait) { state -> Bool? in
                if state.isStopping || !opened.isAhead(index) { return false }
                // Another document that waits to be opened must not wait for pages that the budget never holds.
                if bytes > state.memory.maximumBytes { return false }
                return state.memory.add(page: index, of: opened.work.document, bytes: bytes) ? true : nil
            }
            if let answer { return answer }
        }
    }
}

// Extraction and delivery.
extension Pipeline {
    /// The next opened document whose engine may be asked; nil when the service stops.
    func nextToRead(wait: (OpenedWork) -> Double) -> OpenedWork? {
        while true {
            let next: OpenedWork?? = monitor.wait(seconds: Self.longestWait) { state in
                if state.isStopping { return .some(nil) }
                guard let index = state.opened.firstIndex(where: { wait($0) <= 0 }) else { return nil }
                state.reading = state.opened.remove(at: index)
                return state.reading
            }
            if let next { return next }
        }
    }

    func takes(pageAt index: Int, of opened: OpenedWork) {
        opened.takes(pageAt: index)
        monitor.change { $0.memory.remove(page: index, of: opened.work.document) }
    }

    /// Documents that were opened and will not be read, because the service stops.
    func unread() -> [OpenedWork] { monitor.read(\.opened) }

    /// Puts a document back that the engine or the machine could not read now.
    func postpone(_ opened: OpenedWork, seconds: Double) {
        opened.end()
        monitor.change { $0.reading = nil }
        postpone(opened.work, seconds: seconds)
    }

    /// The same of one that was not opened.
    func postpone(_ work: Work, seconds: Double) {
        monitor.change { state in
            state.memory.close(document: work.document)
            state.postponed.append((Monotonic.now() + seconds, work))
        }
    }

    /// The document has its outcome: every arrival that waits for it can be delivered.
    func settled(_ opened: OpenedWork) {
        opened.end()
        monitor.change { $0.reading = nil }
        settled(opened.work)
    }

    /// The same of one that was not opened.
    func settled(_ work: Work) {
        monitor.change { state in
            let document = work.document
            state.memory.close(document: document)
            state.deliverable += state.waiting.removeValue(forKey: document) ?? []
        }
    }

    /// Up to `count` arrivals to deliver. An empty batch is no end: nil is, when the service stops and nothing is left to deliver.
    func nextToDeliver(count: Int) -> [Work]? {
        monitor.wait(seconds: Self.longestWait) { state -> [Work]?? in
            let now = Monotonic.now()
            if !state.isStopping {
                for index in state.blocked.indices.reversed() where state.blocked[index].at <= now {
                    state.deliverable.insert(state.blocked.remove(at: index).work, at: 0)
                }
            }
            if state.deliverable.isEmpty {
                // Other stages may still settle something.
                return state.isStopping && state.runningStages <= 1 ? .some(nil) : nil
            }
            let batch = Array(state.deliverable.prefix(count))
            state.deliverable.removeFirst(batch.count)
            return batch
        } ?? []
    }

    func block(_ work: Work, seconds: Double) {
        monitor.change { $0.blocked.append((Monotonic.now() + seconds, work)) }
    }
}

// Stopping.
extension Pipeline {
    var isStopping: Bool { monitor.read(\.isStopping) }

    /// Whether the extraction in hand should be given up.
    var shouldAbandon: Bool { monitor.read { state in state.abandonAt.map { Monotonic.now() >= $0 } ?? false } }

    func stop(abandonAfter seconds: Double) {
        monitor.change { state in
            state.isStopping = true
            let at = Monotonic.now() + seconds
            state.abandonAt = min(state.abandonAt ?? at, at)
        }
    }

    /// Stops for good: the ledger cannot be trusted or used.
    func fail(_ error: DaemonError) {
        monitor.change { state in
            state.fatal = state.fatal ?? error
            state.isStopping = true
            state.abandonAt = 0
        }
    }

    /// Waits up to `seconds`; true when the service stops.
    func pause(seconds: Double) -> Bool {
        let end = Monotonic.now() + seconds
        while true {
            let left = end - Monotonic.now()
            guard left > 0 else { return isStopping }
            if monitor.wait(seconds: min(left, Self.longestWait), until: { $0.isStopping ? true : nil }) != nil { return true }
        }
    }

    /// Waits until all stages have ended, at most `seconds` once the service stops; without a stop until a drain has nothing left to do.
    func wait(isDrain: Bool, secondsToStop: Double, whenStopping: () -> Void) {
        while true {
            let isOver = monitor.wait(seconds: Self.longestWait) { state -> Bool? in
                if state.runningStages == 0 { return true }
                if let abandonAt = state.abandonAt, Monotonic.now() > abandonAt + secondsToStop { return true }
                if isDrain, !state.isStopping, state.openInboxes.isEmpty, state.admitted.isEmpty {
                    state.isStopping = true
                    state.abandonAt = Monotonic.now()
                    return false
                }
                return nil
            }
            if isOver == true { return }
            if isStopping { whenStopping() }
        }
    }
}
