import Extraction
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
                let opened = OpenedWork(work, isExhausted ? nil : open(work), interruptions: entry.interruptions)
                context.pipeline.add(opened)
                drawAhead(opened)
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

    private func open(_ work: Work) -> Result<any ExtractionJob, ExtractionError> {
        do {
            let file = try readFile(work)
            return .success(try work.reading.engine.open(file, schema: work.reading.schema, options: work.reading.options))
        } catch {
            return .failure(error)
        }
    }

    private func readFile(_ work: Work) throws(ExtractionError) -> DocumentFile {
        do throws(DocumentError) {
            return try DocumentFile(path: context.spool.path(work.spool ?? ""), name: work.note.path, limits: pageLimits)
        } catch {
            throw .document(error)
        }
    }

    private func drawAhead(_ opened: OpenedWork) {
        guard case .success(let job)? = opened.job else { return }
        for index in job.pages.indices {
            let bytes = job.preparedByteCount(ofPageAt: index)
            context.heartbeat.idle(name)
            guard context.pipeline.reserve(pageAt: index, of: opened, bytes: bytes) else { return }
            context.heartbeat.beat(name)
            job.preparePage(at: index)
            // The engine may have come and gone meanwhile.
            if !opened.isAhead(index) { context.pipeline.takes(pageAt: index, of: opened) }
        }
    }
}
