import Files
import Glibc
import SQLite

extension LedgerError {
    /// What an error met below means for the ledger at `path`.
    init(_ error: any Error, path: String) {
        self =
            switch error {
            case let error as LedgerError: error
            case let error as SQLiteError: LedgerError(error, path: path)
            case let error as IllegalTransition: .misuse(path: path, reason: error.description)
            case let error as UnknownState: .corrupt(path: path, reason: "it has a state \"\(error.state)\"")
            case SchemaMismatch.foreign: .foreign(path: path)
            case SchemaMismatch.newer(let found, let known): .newerVersion(path: path, found: found, known: known)
            case SchemaMismatch.older(let found, let known): .olderVersion(path: path, found: found, known: known)
            case let error as FileError: .unavailable(path: path, reason: error.description)
            default: .misuse(path: path, reason: "\(error)")
            }
    }

    private init(_ error: SQLiteError, path: String) {
        self =
            switch (error.code, error.systemCode) {
            case (.full, _), (_, ENOSPC), (_, EDQUOT): .full(path: path)
            case (.readOnly, _), (_, EROFS): .readOnly(path: path)
            case (.busy, _), (.locked, _), (.lockingProtocol, _): .busy(path: path)
            case (.inputOutput, let code), (.cannotOpen, let code), (.permission, let code):
                .unavailable(path: path, reason: code == 0 ? error.message : String(cString: strerror(code)))
            case (.outOfMemory, _), (.interrupted, _), (.abort, _), (.largeFile, _):
                .unavailable(path: path, reason: error.message)
            case (.notADatabase, _): .corrupt(path: path, reason: "it does not begin as a SQLite database does")
            // A table that is missing, although application and version are right.
            case (.corrupt, _), (.error, _): .corrupt(path: path, reason: error.description)
            default: .misuse(path: path, reason: error.description)
            }
    }
}
