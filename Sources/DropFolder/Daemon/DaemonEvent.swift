import Extraction

/// What happens in the service, for logs, metrics and the terminal.
public enum DaemonEvent: Sendable {
    /// A file was taken: its bytes are safe and the ledger knows them.
    case captured(DocumentNote)
    /// The same bytes were read before: no inference.
    case duplicate(DocumentNote)
    case started(DocumentNote)
    case progress(DocumentNote, ExtractionProgress)
    /// The engine has answered.
    case extracted(DocumentNote, pages: Int, tokens: Extraction.Tokens, seconds: Extraction.Seconds)
    /// The record is in its folder and the file in `done`.
    case done(DocumentNote, record: String, sourceLeft: Bool)
    /// The file is in `failed`, beside its error.
    case failed(DocumentNote, DocumentFailure, sourceLeft: Bool)
    /// The engine failed; the document waits.
    case postponed(DocumentNote, reason: String, seconds: Double)
    case circuitOpened(engine: String, failures: Int)
    case circuitClosed(engine: String)
    /// A component cannot work; what waits for it waits.
    case paused(component: String, reason: String)
    case resumed(component: String)
    case warning(String)
    /// Worth a line only to someone who looks closely.
    case detail(String)
}

/// Which file an event is about.
public struct DocumentNote: Sendable, Hashable {
    /// Of the arrival in the ledger.
    public let id: Int64
    public let inbox: String
    /// Below the inbox.
    public let path: String
    public let byteCount: Int
}
