import SQLite

/// Everything that an audit compares with the folders about one arrival.
public struct AuditEntry: Sendable, Hashable {
    /// What came of an arrival, without its bytes.
    public enum Outcome: Sendable, Hashable {
        /// `sha256` is that of the compact JSON in the ledger, 64 hexadecimal digits.
        /// `pagesRead` counts those too that were left out because they are blank.
        case record(sha256: String, pageCount: Int, pagesRead: Int)
        case failure(code: String)
    }

    public let arrival: Arrival
    /// nil when its bytes could not be read.
    public let key: DocumentKey?
    public let documentState: DocumentState?
    /// nil while it is not known.
    public let outcome: Outcome?
}

extension Ledger {
    /// The next arrivals in the order of their ids; to go through all, go on behind the last until none are left.
    ///
    /// - Parameter id: the last one seen; 0 for the beginning.
    public func auditEntries(after id: Int64, limit: Int) throws(LedgerError) -> [AuditEntry] {
        try read { database in
            try database.query(
                """
                SELECT \(Database.arrivalColumns), doc.sha256, r.schema, r.engine, doc.state, f.code, rec.sha256,
                    doc.page_count, json_array_length(rec.pages) + \(Self.skippedPages)
                FROM \(Database.arrivalTables)
                LEFT JOIN document doc ON doc.id = a.document
                LEFT JOIN reading r ON r.id = doc.reading
                LEFT JOIN failure f ON f.id = a.failure
                LEFT JOIN record rec ON rec.document = doc.id
                WHERE a.id > ? ORDER BY a.id LIMIT ?
                """, [id, limit]
            ) { try AuditEntry($0) }
        }
    }

    /// How many pages the report of a record says to be left out.
    private static let skippedPages = """
        CASE WHEN json_valid(CAST(rec.report AS TEXT))
        THEN coalesce(json_array_length(CAST(rec.report AS TEXT), '$.skipped_pages'), 0) ELSE 0 END
        """

    /// What is wrong within the file itself; empty when it is sound. Reads all of it.
    public func integrityProblems() throws(LedgerError) -> [String] {
        try read { database in
            let damage = try database.query("PRAGMA quick_check(20)") { $0.text(0) }.filter { $0 != "ok" }
            let orphans = try database.query("PRAGMA foreign_key_check") { row in
                "row \(row.integer(1)) of \(row.text(0)) refers to a missing row of \(row.text(2))"
            }
            return damage + orphans
        }
    }
}

extension AuditEntry {
    fileprivate init(_ row: borrowing Row) throws {
        let column = Database.arrivalColumnCount
        arrival = try Arrival(row)
        guard !row.isNull(column) else {
            key = nil
            documentState = nil
            outcome = row.optionalText(column + 4).map { .failure(code: $0) }
            return
        }
        key = DocumentKey(sha256: row.text(column), schema: row.text(column + 1), engine: row.text(column + 2))
        documentState = try DocumentState(stored: row.text(column + 3))
        if let code = row.optionalText(column + 4) {
            outcome = .failure(code: code)
        } else if let hash = row.optionalText(column + 5) {
            outcome = .record(
                sha256: hash, pageCount: Int(row.integer(column + 6)), pagesRead: Int(row.integer(column + 7)))
        } else {
            outcome = nil
        }
    }
}
