public import Files

/// Finds the files of one inbox that may be taken: events, scans and quiet time put together.
///
/// One thread owns it: `poll()`, then `ready(limit:)`, each candidate answered by `taken`, `postpone` or `vanished`,
/// then `IntakeSignal.wait` until `nextDeadline`. A file is found by an event or by the next scan, and offered when it
/// was seen unchanged for the quiet time; whether a writer has it open is for the capture to find out.
public final class InboxIntake {
    /// The number that candidates carry.
    public let inbox: Int
    public let scanner: InboxScanner
    public let options: IntakeOptions
    /// What is known of the inbox beside the files.
    var figures = IntakeCounters()
    var tracker: QuietTracker
    var watcher: InboxWatcher?
    let isKnown: (String, FileIdentity) -> Bool
    let clock: () -> Double
    /// Identity of the folder that was scanned last.
    var root: FolderNode?
    var rescanRequested = true
    var nextRescan = -Double.infinity
    /// What asks for a scan before its time waits until then, or a flood of events would mean one scan after another.
    var earliestRescan = -Double.infinity
    /// What the log was told last.
    var reported = IntakeCounters()
    var nextRootCheck = -Double.infinity
    var nextWatchAttempt = -Double.infinity

    /// Nothing is read yet: an inbox that is not there is told by the first `poll()`.
    ///
    /// - Parameters:
    ///   - inbox: the number that candidates carry.
    ///   - folder: absolute path of the inbox.
    ///   - isKnown: whether the ledger has this version of the file already; asked at every look, so be quick.
    ///   - clock: seconds, never set back.
    public init(
        inbox: Int, folder: String, options: IntakeOptions = IntakeOptions(),
        clock: @escaping () -> Double = Monotonic.now,
        isKnown: @escaping (_ path: String, _ identity: FileIdentity) -> Bool
    ) {
        self.inbox = inbox
        self.options = options
        self.clock = clock
        self.isKnown = isKnown
        scanner = InboxScanner(root: folder, isRecursive: options.isRecursive)
        tracker = QuietTracker(quietSeconds: options.quietSeconds, capacity: options.capacity)
    }

    /// Takes in the events, scans where that is due, looks again at files whose quiet time is over.
    ///
    /// Returns what is worth a line in the log.
    public func poll() -> [IntakeNotice] {
        var notices: [IntakeNotice] = []
        readEvents(&notices)
        checkRoot()
        if rescanNeeded { rescan(&notices) }
        for path in tracker.due(at: clock()) { look(at: path) }
        return notices
    }

    /// The oldest files that may be taken, by change time, then path. They are offered again until they are answered.
    public func ready(limit: Int = .max) -> [Candidate] {
        tracker.ready(limit: limit).map { Candidate(inbox: inbox, path: $0.path, identity: $0.identity) }
    }

    /// The file is in the ledger now; `isKnown` must say so from here on.
    public func taken(_ candidate: Candidate) {
        tracker.taken(candidate.path, candidate.identity)
    }

    /// The file was busy: it is not offered before this moment of the clock.
    public func postpone(_ candidate: Candidate, until time: Double) {
        tracker.postpone(candidate.path, until: time)
    }

    /// The file was gone.
    public func vanished(_ candidate: Candidate) {
        tracker.vanished(candidate.path)
    }

    /// When `poll()` next has something to do, if no event comes before.
    public var nextDeadline: Double {
        let nextScan = rescanRequested || tracker.hasRoomForMore ? min(earliestRescan, nextRescan) : nextRescan
        return min(tracker.nextDeadline, nextScan, nextRootCheck)
    }

    /// The next `poll()` scans the whole inbox.
    public var rescanNeeded: Bool {
        let now = clock()
        return now >= nextRescan || (rescanRequested || tracker.hasRoomForMore) && now >= earliestRescan
    }

    /// Makes the next `poll()` scan the whole inbox, as after a pause or a change of mounts.
    public func requestRescan() {
        rescanRequested = true
    }

    /// To be polled for reading; nil without events.
    public var descriptor: Int32? { watcher?.descriptor }

    public var counters: IntakeCounters {
        var counters = figures
        counters.waitingFiles = tracker.count
        counters.moreWait = tracker.moreWait
        counters.oldestWaiting = tracker.oldestChange
        counters.watchedFolders = watcher?.watchedFolders ?? 0
        return counters
    }
}
