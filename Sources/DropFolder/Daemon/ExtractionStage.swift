import Extraction
import JSONSchema
import Synchronization

/// Has documents read, one at a time, and writes down what came of each.
///
/// One at a time because a model on this machine uses all of its cores.
final class ExtractionStage: Stage {
    let name = "extraction"
    let context: Context
    private let breakers: Mutex<[String: CircuitBreaker]>
    private let newBreaker: CircuitBreaker
    /// Documents on which the engine failed while it read others, and how many times.
    private let lonelyFailures = Mutex<[Int64: LonelyFailures]>([:])

    private struct LonelyFailures {
        var count = 0
        var successesBefore: Int
    }

    /// So many times must the engine read others and fail on one document before that is held to be the cause.
    private static let maximumLonelyFailures = 3

    init(_ context: Context, breaker: CircuitBreaker) {
        self.context = context
        newBreaker = breaker
        breakers = Mutex([:])
    }

    func run() {
        while let opened = context.pipeline.nextToRead(wait: secondsToWait) {
            context.heartbeat.beat(name)
            read(opened)
            context.heartbeat.idle(name)
        }
    }

    private func secondsToWait(_ opened: OpenedWork) -> Double {
        let engine = opened.work.reading.engine.identity
        return breakers.withLock { $0[engine]?.wait(at: Monotonic.now()) ?? 0 }
    }

    private func read(_ opened: OpenedWork) {
        context.tell(.started(opened.work.note))
        guard let job = opened.job else {
            return settle(opened, .failure(.interrupted(times: opened.interruptions)))
        }
        do {
            let extraction = try extract(opened, job)
            context.reached(.extracted)
            succeeded(opened, extraction)
        } catch {
            failed(opened, error)
        }
    }

    private func extract(
        _ opened: OpenedWork, _ job: Result<any ExtractionJob, ExtractionError>
    ) throws(ExtractionError) -> Extraction {
        let note = opened.work.note
        return try job.get().extract { progress in
            context.heartbeat.beat(name)
            switch progress {
            // The image before this one is with the engine: its memory is free for another.
            case .rendering(let image, _) where image > 1: context.pipeline.takes(pageAt: image - 2, of: opened)
            default: break
            }
            context.tell(.progress(note, progress))
            return !context.pipeline.shouldAbandon
        }
    }

    private func succeeded(_ opened: OpenedWork, _ extraction: Extraction) {
        let engine = opened.work.reading.engine.identity
        let wasOpen = breakers.withLock { breakers in
            let wasOpen = breakers[engine]?.isOpen ?? false
            breakers[engine, default: newBreaker].succeeded()
            return wasOpen
        }
        context.health.clear(Self.machineComponent)
        if wasOpen {
            context.health.clear(Self.component(engine))
            context.tell(.circuitClosed(engine: engine))
        }
        context.tell(
            .extracted(
                opened.work.note, pages: extraction.pages.count, tokens: extraction.tokens, seconds: extraction.seconds)
        )
        tellOfPages(extraction, of: opened)
        if extraction.endedByBudget, opened.work.reading.failsWhenEndedByBudget {
            settle(opened, .failure(.endedByBudget(extraction)))
        } else {
            settle(opened, .record(ExtractedRecord(extraction)))
        }
    }

    /// What became of pages is never silent.
    private func tellOfPages(_ extraction: Extraction, of opened: OpenedWork) {
        let path = opened.work.note.path
        if !extraction.skippedPages.isEmpty {
            let pages = extraction.skippedPages.map(String.init).joined(separator: ", ")
            context.tell(.warning("\(path): blank pages were left out: \(pages)"))
        }
        for warning in extraction.warnings { context.tell(.warning("\(path): \(warning)")) }
    }

    private func failed(_ opened: OpenedWork, _ error: ExtractionError) {
        if error.fault != .machine { context.health.clear(Self.machineComponent) }
        switch error.fault {
        case .document: settle(opened, .failure(DocumentFailure(error)))
        case .engine: engineFailed(opened, error)
        case .machine:
            // The process is short of memory or processes; the document is tried again when others have finished.
            let engine = opened.work.reading.engine.identity
            let times = countAlone(opened, successes: breakers.withLock { $0[engine]?.successes ?? 0 })
            if times >= Self.maximumLonelyFailures {
                return settle(opened, .failure(.rejected(by: error, times: times)))
            }
            context.health.set(Self.machineComponent, error.description)
            if context.limits.isDrain { context.pipeline.stop(abandonAfter: 0) }
            postpone(opened, error, seconds: context.limits.pauseSeconds)
        case .cancelled: postpone(opened, error, seconds: 0, isNews: false)
        }
    }

    private func engineFailed(_ opened: OpenedWork, _ error: ExtractionError) {
        let engine = opened.work.reading.engine.identity
        let (seconds, breaker, wasOpen) = breakers.withLock { breakers in
            var breaker = breakers[engine] ?? newBreaker
            let wasOpen = breaker.isOpen
            let seconds = breaker.failed(at: Monotonic.now(), jitter: .random(in: 0...1))
            breakers[engine] = breaker
            return (seconds, breaker, wasOpen)
        }
        let lonely = countAlone(opened, successes: breaker.successes)
        if lonely >= Self.maximumLonelyFailures {
            return settle(opened, .failure(.rejected(by: error, times: lonely)))
        }
        if breaker.isOpen, !wasOpen {
            context.health.set(Self.component(engine), error.description)
            context.tell(.circuitOpened(engine: engine, failures: breaker.failuresInARow))
            // What is to be worked off now cannot be worked off now.
            if context.limits.isDrain { context.pipeline.stop(abandonAfter: 0) }
        }
        postpone(opened, error, seconds: seconds)
    }

    /// How often the document has failed while others were read.
    private func countAlone(_ opened: OpenedWork, successes: Int) -> Int {
        lonelyFailures.withLock { failures in
            var entry = failures[opened.work.document] ?? LonelyFailures(successesBefore: successes)
            if successes > entry.successesBefore { entry.count += 1 }
            entry.successesBefore = successes
            failures[opened.work.document] = entry
            return entry.count
        }
    }

    private static let machineComponent = "machine"

    private static func component(_ engine: String) -> String { "engine \(engine)" }

    private func postpone(_ opened: OpenedWork, _ error: ExtractionError, seconds: Double, isNews: Bool = true) {
        let document = opened.work.document
        let isEngineFault = error.fault == .engine
        guard
            context.persist({ () throws(LedgerError) in
                try context.ledger.postpone(document: document, engineFailed: isEngineFault)
            }) != nil
        else { return }
        if isNews { context.tell(.postponed(opened.work.note, reason: error.description, seconds: seconds)) }
        context.pipeline.postpone(opened, seconds: seconds)
    }

    private func settle(_ opened: OpenedWork, _ outcome: Outcome) {
        let document = opened.work.document
        lonelyFailures.withLock { $0[document] = nil }
        guard
            context.persist({ () throws(LedgerError) in try context.ledger.settle(document: document, outcome) }) != nil
        else { return }
        context.reached(.settled)
        context.pipeline.settled(opened)
    }
}
