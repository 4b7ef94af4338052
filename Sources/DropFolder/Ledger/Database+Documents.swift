import SQLite

/// Rows of documents.
extension Database {
    static let documentQuery = """
        SELECT d.id, d.sha256, r.schema, r.engine, d.byte_count, d.state, d.starts, d.interruptions, d.engine_failures,
            d.page_count
        FROM document d JOIN reading r ON r.id = d.reading
        """

    func document(_ id: Int64) throws -> DocumentEntry {
        let found = try first(Self.documentQuery + " WHERE d.id = ?", [id]) { try DocumentEntry($0) }
        guard let found else { throw LedgerError.misuse(path: path, reason: "there is no document \(id)") }
        return found
    }

    /// The document of a key, made when there is none.
    func document(for key: DocumentKey, byteCount: Int) throws -> DocumentEntry {
        let reading = try identifier(
            "SELECT id FROM reading WHERE schema = ? AND engine = ?",
            "INSERT INTO reading (schema, engine) VALUES (?, ?)", [key.schema, key.engine])
        let known = try first(
            Self.documentQuery + " WHERE d.sha256 = ? AND d.reading = ?", [key.sha256, reading]
        ) { try DocumentEntry($0) }
        if let known { return known }
        try run(
            "INSERT INTO document (sha256, reading, byte_count, state) VALUES (?, ?, ?, ?)",
            [key.sha256, reading, byteCount, DocumentState.waiting.rawValue])
        return try document(lastInsertedID)
    }

    func insert(_ failure: DocumentFailure) throws -> Int64 {
        try run(
            "INSERT INTO failure (code, message, page, remedy, partial_record) VALUES (?, ?, ?, ?, ?)",
            [failure.code, failure.message, failure.page, failure.remedy, failure.partialRecord])
        return lastInsertedID
    }

    func failure(_ id: Int64) throws -> DocumentFailure? {
        try first("SELECT code, message, page, remedy, partial_record FROM failure WHERE id = ?", [id]) { row in
            DocumentFailure(
                code: row.text(0), message: row.text(1), page: row.optionalInteger(2).map { Int($0) },
                remedy: row.text(3), partialRecord: row.optionalBytes(4))
        }
    }

    func record(of document: Int64) throws -> ExtractedRecord? {
        try first(
            """
            SELECT r.json, r.report, d.page_count, r.pages, r.ended_by_budget
            FROM record r JOIN document d ON d.id = r.document WHERE r.document = ?
            """, [document]
        ) { row in
            ExtractedRecord(
                record: row.bytes(0), report: row.bytes(1), pageCount: Int(row.integer(2)),
                pages: row.text(3).split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) },
                endedByBudget: row.boolean(4))
        }
    }

    /// The id of a row in a small table of names, made when there is none.
    func identifier(_ query: String, _ insertion: String, _ names: [any SQLiteBindable]) throws -> Int64 {
        if let known = try first(query, names, row: { $0.integer(0) }) { return known }
        try run(insertion, names)
        return lastInsertedID
    }
}

extension DocumentEntry {
    /// From a row of `Database.documentQuery`.
    init(_ row: borrowing Row) throws {
        self.init(
            id: row.integer(0), key: DocumentKey(sha256: row.text(1), schema: row.text(2), engine: row.text(3)),
            byteCount: Int(row.integer(4)), state: try DocumentState(stored: row.text(5)), starts: Int(row.integer(6)),
            interruptions: Int(row.integer(7)), engineFailures: Int(row.integer(8)),
            pageCount: row.optionalInteger(9).map { Int($0) })
    }
}

extension DocumentState {
    init(stored: String) throws {
        guard let state = DocumentState(rawValue: stored) else { throw UnknownState(state: stored) }
        self = state
    }
}

/// A state in the file that this version does not know.
struct UnknownState: Error {
    let state: String
}
