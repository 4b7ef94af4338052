import Crypto
import SQLite

extension Ledger {
    /// - Throws: `.misuse` when there is none.
    public func document(_ id: Int64) throws(LedgerError) -> DocumentEntry {
        try read { database in try database.document(id) }
    }

    /// waiting → working: the engine begins.
    @discardableResult
    public func begin(document: Int64) throws(LedgerError) -> DocumentEntry {
        try change(document, by: .begin, "starts = starts + 1")
    }

    /// working → waiting: the engine failed, or the machine did, or there was no time left; the document has no part in it.
    @discardableResult
    public func postpone(document: Int64, engineFailed: Bool) throws(LedgerError) -> DocumentEntry {
        try change(document, by: .postpone, engineFailed ? "engine_failures = engine_failures + 1" : nil)
    }

    /// working → waiting, for all: at the start of the one process that reads documents.
    ///
    /// - Returns: those that were being read when the process before ended.
    @discardableResult
    public func recoverInterrupted() throws(LedgerError) -> [DocumentEntry] {
        try write { database in
            let interrupted = try database.query("SELECT id FROM document WHERE state = 'working'") { $0.integer(0) }
            return try interrupted.map { id in
                try database.change(id, by: .interrupt, "interruptions = interruptions + 1")
            }
        }
    }

    /// Writes down what came of a document, for it and for all its arrivals that wait for it.
    ///
    /// working → extracted or failed; waiting → failed when its bytes were lost.
    public func settle(document: Int64, _ outcome: Outcome) throws(LedgerError) {
        try write { database in
            let failure: Int64?
            let pageCount: Int?
            switch outcome {
            case .record(let record):
                failure = nil
                pageCount = record.pageCount
            case .failure(let reason):
                failure = try database.insert(reason)
                pageCount = nil
            }
            let state = try database.document(document).state.transition(.settle(failed: failure != nil))
            try database.run(
                """
                UPDATE document SET state = ?, failure = ?, page_count = ?, interruptions = 0, engine_failures = 0
                WHERE id = ?
                """, [state.rawValue, failure, pageCount, document])
            try database.run(
                "UPDATE arrival SET failure = ? WHERE document = ? AND state = 'captured'", [failure, document])
            if case .record(let record) = outcome { try database.insert(record, of: document) }
        }
    }

    /// What came of a document; nil while that is not known.
    public func outcome(of document: Int64) throws(LedgerError) -> Outcome? {
        try read { database in
            if let record = try database.record(of: document) { return .record(record) }
            let failure = try database.first("SELECT failure FROM document WHERE id = ?", [document]) {
                $0.optionalInteger(0)
            }
            return try (failure ?? nil).flatMap { try database.failure($0) }.map { .failure($0) }
        }
    }

    private func change(
        _ document: Int64, by event: DocumentEvent, _ assignment: String?
    ) throws(LedgerError) -> DocumentEntry {
        try write { database in try database.change(document, by: event, assignment) }
    }
}

extension Database {
    /// - Parameter assignment: what else changes with the state.
    @discardableResult
    func change(_ document: Int64, by event: DocumentEvent, _ assignment: String? = nil) throws -> DocumentEntry {
        let state = try self.document(document).state.transition(event)
        let more = assignment.map { ", " + $0 } ?? ""
        try run("UPDATE document SET state = ?\(more) WHERE id = ?", [state.rawValue, document])
        return try self.document(document)
    }

    fileprivate func insert(_ record: ExtractedRecord, of document: Int64) throws {
        let hash = SHA256.hash(data: record.record).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let pages = "[" + record.pages.map(String.init).joined(separator: ",") + "]"
        try run(
            "INSERT INTO record (document, sha256, pages, ended_by_budget, json, report) VALUES (?, ?, ?, ?, ?, ?)",
            [document, hash, pages, record.endedByBudget, record.record, record.report])
    }
}
