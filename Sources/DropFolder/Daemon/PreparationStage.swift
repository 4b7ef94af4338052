import Extraction
import Files
import PageImages

/// Opens the documents that come next and draws their pages while the engine is busy with those before.
struct PreparationStage: Stage {
    let name = "preparation"
    let context: Context
    let pageLimits: PageLimits

    func run() {
        while let work = context.pipeline.nextToOpen() {
            context.heartbeat.beat(name)
            guard let entry = begin(work) else { return }
            if entry.hasOutcome {
                // It was settled between the capture of another file with its bytes and the admission of that.
                context.pipeline.settled(work)
            } else {
                context.reached(.begun)
                let isExhausted = entry.interruptions >= context.limits.maximumInterruptions
                do throws(UnreadableCopy) {
                    let opened = OpenedWork(
                        work, isExhausted ? nil : try open(work), interruptions: entry.interruptions)
                    context.pipeline.add(opened)
                    drawAhead(opened)
                } catch {
                    copyFailed(work, error)
                }
            }
            context.heartbeat.idle(name)
        }
    }

    /// Notes in the ledger that the document is in work, before any of its bytes are looked at: a document that brings the process down
    /// is found by that. nil when the service stops.
    private func begin(_ work: Work) -> DocumentEntry? {
        context.persist { () throws(LedgerError) in
            let entry = try context.ledger.document(work.document)
            return entry.hasOutcome ? entry : try context.ledger.begin(document: work.document)
        }
    }

    private func open(_ work: Work) throws(UnreadableCopy) -> Result<any ExtractionJob, ExtractionError> {
        let file: DocumentFile
        do throws(DocumentError) {
            file = try DocumentFile(
                path: context.spool.path(work.spool ?? ""), name: work.note.path, limits: pageLimits)
        } catch {
            switch error.kind {
            case .missingFile, .isDirectory, .notReadable: throw UnreadableCopy(reason: error.message)
            default: return .failure(.document(error))
            }
        }
        context.health.clear(Self.copyComponent)
        do {
            return .success(
                try work.reading.engine.open(file, schema: work.reading.schema, options: work.reading.options))
        } catch {
            return .failure(error)
        }
    }

    private static let copyComponent = "copies"

    private struct UnreadableCopy: Error {
        let reason: String
    }

    /// The document is not to blame when the copy of it cannot be read: it waits, unless the copy is lost for good.
    private func copyFailed(_ work: Work, _ error: UnreadableCopy) {
        let found = context.persist { () throws(LedgerError) in
            let found = context.spool.lookFor(work)
            if found == .lost {
                try context.ledger.settle(document: work.document, .failure(.copyLost))
            } else {
                try context.ledger.postpone(document: work.document, engineFailed: false)
            }
            return found
        }
        switch found {
        case nil: return
        case .lost: return context.pipeline.settled(work)
        case .restored: return context.pipeline.postpone(work, seconds: 0)
        case .unavailable: break
        }
        let path = context.spool.path(work.spool ?? "")
        context.health.set(
            Self.copyComponent, "\(path): the copy of a document in work cannot be read: \(error.reason)")
        if context.limits.isDrain { context.pipeline.stop(abandonAfter: 0) }
        context.pipeline.postpone(work, seconds: context.limits.pauseSeconds)
    }

    private func drawAhead(_ opened: OpenedWork) {
        guard case .success(let job)? = opened.job else { return }
        for index in 0..<job.imageCount {
            let bytes = job.preparedByteCount(ofImageAt: index)
            context.heartbeat.idle(name)
            guard context.pipeline.reserve(pageAt: index, of: opened, bytes: bytes) else { return }
            context.heartbeat.beat(name)
            job.prepareImage(at: index)
            // The engine may have come and gone meanwhile.
            if !opened.isAhead(index) { context.pipeline.takes(pageAt: index, of: opened) }
        }
    }
}
