import Extraction
import Files

/// Why the service cannot start, or cannot go on.
public enum DaemonError: Error, Sendable, CustomStringConvertible {
    /// Another process works with this state folder.
    case stateInUse(folder: String, holder: Int32?)
    case state(FileError)
    case ledger(LedgerError)
    /// A schema or model of the configuration cannot be used.
    case reading(inbox: String, ExtractionError)
    case schemaUnreadable(inbox: String, FileError)
    case passwordsUnreadable(FileError)
    case tooManyPasswords(file: String, limit: Int)
    /// A stage of the service hangs, in a file system that does not answer or in a document, and cannot be stopped.
    case stuck(state: String)
    /// The lines of a CSV have other columns than the schema.
    case otherColumns(inbox: String, csv: String)
    /// A CSV is wanted of records that have no columns.
    case notFlat(inbox: String, schema: String)

    public var description: String {
        switch self {
        case .stateInUse(let folder, let holder):
            "\(folder): in use by \(holder.map { "process \($0)" } ?? "another process"); stop it, or give this one a state folder of its own"
        case .state(let error): error.description
        case .ledger(let error): error.description
        case .reading(let inbox, let error): "inbox \(inbox): \(error)"
        case .schemaUnreadable(let inbox, let error): "inbox \(inbox): the schema cannot be read: \(error)"
        case .passwordsUnreadable(let error): "the passwords cannot be read: \(error)"
        case .tooManyPasswords(let file, let limit):
            "\(file): more than the \(limit) passwords that are tried on a document; shorten it"
        case .stuck(let state):
            "\(state): a part of the service hangs and cannot be stopped; start it again"
        case .otherColumns(let inbox, let csv):
            "inbox \(inbox): \(csv): its first line names other columns than the schema has; rename the file, and a new one is begun"
        case .notFlat(let inbox, let schema):
            "inbox \(inbox): csv: records of \(schema) are not flat (an object of plain values), so they have no columns; use jsonl"
        }
    }
}
