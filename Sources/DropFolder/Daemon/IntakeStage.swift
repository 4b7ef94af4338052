import Files
import Synchronization

/// Finds files in the inboxes, takes safe copies of them when their turn comes, and tells the ledger.
final class IntakeStage: Stage {
    let name = "intake"
    let context: Context
    private let inboxes: [InboxRuntime]
    private let signal: IntakeSignal
    private let maximumFileBytes: Int
    private let figures = Mutex<[String: IntakeCounters]>([:])

    /// At most so many files share one write of the ledger.
    private static let batchSize = 16

    init(_ context: Context, inboxes: [InboxRuntime], maximumFileBytes: Int) throws(FileError) {
        self.context = context
        self.inboxes = inboxes
        self.maximumFileBytes = maximumFileBytes
        signal = try IntakeSignal()
    }

    /// Figures of each inbox, by its name.
    var counters: [String: IntakeCounters] { figures.withLock(\.self) }

    /// Ends the wait of the stage: the service stops.
    func wake() { signal.wake() }

    func run() {
        let intakes = inboxes.map { inbox in
            InboxIntake(inbox: inbox.index, folder: inbox.path, options: IntakeOptions(inbox.configuration)) {
                [known = context.known] path, identity in known.contains(inbox: inbox.index, path: path, identity: identity)
            }
        }
        var visits = inboxes.map { InboxVisit(inbox: $0) }
        while !context.pipeline.isStopping {
            context.heartbeat.beat(name)
            for index in intakes.indices where Monotonic.now() >= visits[index].pausedUntil {
                visit(intakes[index], &visits[index])
            }
            figures.withLock { figures in
                for (inbox, intake) in zip(inboxes, intakes) { figures[inbox.name] = intake.counters }
            }
            context.heartbeat.idle(name)
            let awake = intakes.indices.filter { visits[$0].pausedUntil <= Monotonic.now() }
            _ = signal.wait(for: awake.map { intakes[$0] }, until: deadline(intakes, visits))
        }
    }

    /// When there is something to do without being woken.
    private func deadline(_ intakes: [InboxIntake], _ visits: [InboxVisit]) -> Double {
        var deadline = Monotonic.now() + Pipeline.longestWait
        for (intake, visit) in zip(intakes, visits) {
            let next = max(intake.nextDeadline, visit.pausedUntil)
            switch visit.more {
            case .none: deadline = min(deadline, next)
            case .ready: deadline = min(deadline, visit.pausedUntil)
            // Nobody tells when there is room again.
            case .crowded: deadline = min(deadline, max(next, Monotonic.now() + 0.2))
            }
        }
        return deadline
    }

    private func visit(_ intake: InboxIntake, _ visit: inout InboxVisit) {
        let inbox = visit.inbox
        visit.more = .none
        do {
            let held = try context.folders.hold(inbox.path)
            try context.folders.claim(inbox: inbox.path)
            if !visit.isAvailable {
                visit.isAvailable = true
                intake.requestRescan()
            }
            for notice in intake.poll() { context.tell(event(of: notice, inbox)) }
            try take(intake, &visit)
            context.health.clear("inbox \(inbox.name)")
            if visit.hasSpoolFault, intake.counters.waitingFiles == 0 {
                // The file that there was no room for is gone.
                visit.hasSpoolFault = false
                context.health.clear(Context.spoolComponent)
            }
            withExtendedLifetime(held) {}
        } catch {
            visit.isAvailable = false
            visit.pausedUntil = Monotonic.now() + context.limits.pauseSeconds
            let isSpool = error.folder == context.spool.folder
            visit.hasSpoolFault = isSpool
            context.health.set(isSpool ? Context.spoolComponent : "inbox \(inbox.name)", error.message)
            if context.limits.isDrain { context.pipeline.stop(abandonAfter: 0) }
        }
        noteDrain(intake, &visit)
    }

    private func event(of notice: IntakeNotice, _ inbox: InboxRuntime) -> DaemonEvent {
        let text = "inbox \(inbox.name): \(notice)"
        switch notice {
        case .watching, .available: return .detail(text)
        default: return .warning(text)
        }
    }

    /// Takes one batch: then the other inboxes have their turn.
    private func take(_ intake: InboxIntake, _ visit: inout InboxVisit) throws(FolderFault) {
        let room = min(context.pipeline.room(inbox: visit.inbox.path), Self.batchSize)
        let candidates = intake.ready(limit: max(room, 1))
        guard !candidates.isEmpty, !context.pipeline.isStopping else { return }
        visit.more = room > 0 ? .ready : .crowded
        guard room > 0 else {
            visit.lastProgress = Monotonic.now()
            return
        }
        var captured: [Capture] = []
        var fault: FolderFault?
        for candidate in candidates {
            context.heartbeat.beat(name)
            do throws(FolderFault) {
                guard let capture = try capture(candidate, visit.inbox, intake, &visit) else { continue }
                captured.append(capture)
            } catch {
                fault = error
                // A file that its disk does not give up must not keep those behind it waiting.
                if error.folder == context.spool.folder { break }
            }
        }
        // What was copied before a fault came is not copied again.
        if !captured.isEmpty {
            record(captured, intake)
            visit.lastProgress = Monotonic.now()
        }
        if let fault { throw fault }
    }

    private struct Capture {
        let candidate: Candidate
        let inbox: InboxRuntime
        let new: NewArrival
    }

    /// nil when the file is not to be had now.
    private func capture(
        _ candidate: Candidate, _ inbox: InboxRuntime, _ intake: InboxIntake, _ visit: inout InboxVisit
    ) throws(FolderFault) -> Capture? {
        let path = "\(inbox.path)/\(candidate.path)"
        let spool = Spool.newName()
        var new = NewArrival(inbox: inbox.path, path: candidate.path, identity: candidate.identity)
        do {
            let result = try Files.capture(
                path, expected: candidate.identity, to: context.spool.path(spool), limit: maximumFileBytes)
            switch result {
            case .captured(let file):
                context.reached(.copied)
                visit.hasSpoolFault = false
                context.health.clear(Context.spoolComponent)
                new.content = NewContent(
                    key: inbox.reading(of: candidate.path).key(sha256: file.sha256), byteCount: file.byteCount,
                    spool: spool)
            case .busy:
                visit.busy[candidate.path, default: 0] += 1
                intake.postpone(candidate, until: Monotonic.now() + max(inbox.configuration.quietSeconds, 0.2))
                return nil
            case .gone:
                visit.busy[candidate.path] = nil
                intake.vanished(candidate)
                return nil
            }
        } catch {
            guard let refusal = refusal(error, of: path) else {
                // If it is this file alone, it must not keep those behind it waiting.
                intake.postpone(candidate, until: Monotonic.now() + context.limits.pauseSeconds)
                let isSpool = error.path.hasPrefix(context.spool.folder)
                throw FolderFault(folder: isSpool ? context.spool.folder : inbox.path, message: error.description)
            }
            new.refusal = refusal
        }
        visit.busy[candidate.path] = nil
        return Capture(candidate: candidate, inbox: inbox, new: new)
    }

    /// What the file itself is to blame for; nil when it is the machine.
    private func refusal(_ error: FileError, of path: String) -> DocumentFailure? {
        guard error.path == path else { return nil }
        switch error.cause {
        case .tooLarge: return .tooLarge(limit: maximumFileBytes)
        case .denied, .other: return .unreadable(error)
        default: return nil
        }
    }

    private func record(_ captured: [Capture], _ intake: InboxIntake) {
        guard
            let entries = context.persist({ () throws(LedgerError) in
                try context.ledger.capture(captured.map(\.new))
            })
        else { return }
        context.reached(.recorded)
        for (capture, (arrival, document)) in zip(captured, entries) {
            let work = Work(arrival, document, capture.inbox, capture.inbox.reading(of: arrival.path))
            context.known.add(inbox: capture.inbox.index, path: arrival.path, identity: capture.candidate.identity)
            intake.taken(capture.candidate)
            let hasOutcome = document?.hasOutcome ?? true
            context.tell(hasOutcome && document != nil ? .duplicate(work.note) : .captured(work.note))
            context.pipeline.admit(work, hasOutcome: hasOutcome)
        }
    }

    /// Whoever only looks at a file, such as a scanner for viruses, has closed it again by then.
    private static let looksAtBusyFile = 3

    /// A drain ends when every inbox was listed and what it had is taken, or is being written by others.
    private func noteDrain(_ intake: InboxIntake, _ visit: inout InboxVisit) {
        guard context.limits.isDrain else { return }
        let index = visit.inbox.index
        let counters = intake.counters
        var busy = visit.busy.values.count { $0 >= Self.looksAtBusyFile }
        // A file that never is quiet keeps growing; an empty one is waited for ten times as long.
        let patience = 12 * visit.inbox.configuration.quietSeconds + 1
        if Monotonic.now() - visit.lastProgress > patience { busy = max(busy, counters.waitingFiles) }
        let isOver = counters.rescans > 0 && !intake.rescanNeeded && counters.waitingFiles <= busy && !counters.moreWait
        if isOver, busy > 0, !visit.hasToldBusy {
            visit.hasToldBusy = true
            let count = busy == 1 ? "1 file is" : "\(busy) files are"
            context.tell(
                .warning("inbox \(visit.inbox.name): \(count) still being written and left for the next time"))
        }
        context.pipeline.change { state in
            if isOver { state.openInboxes.remove(index) } else { state.openInboxes.insert(index) }
        }
    }
}

/// What the stage remembers of an inbox from one visit to the next.
private struct InboxVisit {
    let inbox: InboxRuntime
    var pausedUntil = 0.0
    /// Whether it could be used at the last visit.
    var isAvailable = false
    /// How often a writer had these files open when their turn came.
    var busy: [String: Int] = [:]
    var hasToldBusy = false
    /// When a file was last taken, or there was no room for one.
    var lastProgress = Monotonic.now()
    var more = More.none
    /// The last file could not be copied.
    var hasSpoolFault = false

    /// What may be ready behind what was taken.
    enum More {
        case none, ready
        /// There is no room for it.
        case crowded
    }
}

extension IntakeOptions {
    init(_ inbox: InboxConfiguration) {
        self.init(
            quietSeconds: inbox.quietSeconds, rescanSeconds: inbox.rescanSeconds,
            polling: Polling(rawValue: inbox.polling.rawValue) ?? .auto, isRecursive: inbox.recursive)
    }
}
