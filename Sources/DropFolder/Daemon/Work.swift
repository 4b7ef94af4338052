import Extraction
import Files
import Synchronization

/// A file on its way from capture to its last folder.
struct Work: Sendable {
    let note: DocumentNote
    /// In the ledger.
    let document: Int64
    let sha256: String
    let inbox: InboxRuntime
    /// What to read it for: chosen by the subfolder it arrived in.
    let reading: Reading
    /// Of the file in the inbox when it was taken; nil when it could not even be looked at.
    let identity: FileIdentity?
    /// Name of the copy in the spool; nil when its bytes could not be read.
    let spool: String?
    /// The process ended before while it was in work, perhaps because of it: it is read alone.
    let isSuspect: Bool

    var arrival: Int64 { note.id }
}

/// A document that the engine can begin with, and the memory it holds until then.
final class OpenedWork: Sendable {
    let work: Work
    /// nil: the process ended so often while it was in work that it was not opened again.
    let job: Result<any ExtractionJob, ExtractionError>?
    /// How often the process ended while it was in work.
    let interruptions: Int

    private struct Pages {
        /// Pages up to this index are in the engine's hands.
        var taken = 0
        var isOver = false
    }

    private let pages = Mutex(Pages())

    init(_ work: Work, _ job: Result<any ExtractionJob, ExtractionError>?, interruptions: Int) {
        self.work = work
        self.job = job
        self.interruptions = interruptions
    }

    /// Whether there is still a use for drawing the page at this index ahead.
    func isAhead(_ index: Int) -> Bool { pages.withLock { !$0.isOver && index >= $0.taken } }

    func takes(pageAt index: Int) { pages.withLock { $0.taken = max($0.taken, index + 1) } }

    func end() { pages.withLock { $0.isOver = true } }
}

extension Work {
    init(_ arrival: Arrival, _ document: DocumentEntry?, _ inbox: InboxRuntime, _ reading: Reading) {
        self.init(
            note: DocumentNote(
                id: arrival.id, inbox: inbox.name, path: arrival.path,
                byteCount: document?.byteCount ?? 0),
            document: document?.id ?? 0, sha256: document?.key.sha256 ?? "", inbox: inbox, reading: reading,
            identity: arrival.identity, spool: arrival.spool, isSuspect: (document?.interruptions ?? 0) > 0)
    }
}
