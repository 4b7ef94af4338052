import Files
import SQLite

/// Rows of arrivals.
extension Database {
    static let arrivalColumns = """
        a.id, a.document, i.path, a.path, a.spool, a.state, a.failure, a.source_left, a.arrived_at, a.closed_at,
        a.device, a.inode, a.size, a.modified, a.changed,
        d.output, d.source, jf.path, jf.inode, j.offset, cf.path, cf.inode, c.offset
        """

    /// Number of `arrivalColumns`, for columns that follow them.
    static let arrivalColumnCount = 23

    static let arrivalTables = """
        arrival a JOIN inbox i ON i.id = a.inbox
        LEFT JOIN delivery d ON d.arrival = a.id
        LEFT JOIN line j ON j.arrival = a.id AND j.kind = 'jsonl' LEFT JOIN line_file jf ON jf.id = j.file
        LEFT JOIN line c ON c.arrival = a.id AND c.kind = 'csv' LEFT JOIN line_file cf ON cf.id = c.file
        """

    static let arrivalQuery = "SELECT \(arrivalColumns) FROM \(arrivalTables)"

    func arrival(_ id: Int64) throws -> Arrival {
        let found = try first(Self.arrivalQuery + " WHERE a.id = ?", [id]) { try Arrival($0) }
        guard let found else { throw LedgerError.unknownArrival(id) }
        return found
    }

    /// What decides about the next step of an arrival.
    func progress(of arrival: Int64) throws -> ArrivalProgress {
        let found = try first("SELECT state, document, failure FROM arrival WHERE id = ?", [arrival]) { row in
            ArrivalProgress(
                state: try ArrivalState(stored: row.text(0)), document: row.optionalInteger(1),
                failure: row.optionalInteger(2))
        }
        guard let found else { throw LedgerError.unknownArrival(arrival) }
        return found
    }

    func set(_ state: ArrivalState, of arrival: Int64) throws {
        try run("UPDATE arrival SET state = ? WHERE id = ?", [state.rawValue, arrival])
    }

    func inbox(_ path: String) throws -> Int64 {
        try identifier("SELECT id FROM inbox WHERE path = ?", "INSERT INTO inbox (path) VALUES (?)", [path])
    }
}

struct ArrivalProgress {
    let state: ArrivalState
    let document: Int64?
    let failure: Int64?
}

extension ArrivalState {
    init(stored: String) throws {
        guard let state = ArrivalState(rawValue: stored) else { throw UnknownState(state: stored) }
        self = state
    }
}

extension Arrival {
    /// From a row that begins with `Database.arrivalColumns`.
    init(_ row: borrowing Row) throws {
        self.init(
            id: row.integer(0), document: row.optionalInteger(1), inbox: row.text(2), path: row.text(3),
            identity: FileIdentity(row), spool: row.optionalText(4), state: try ArrivalState(stored: row.text(5)),
            hasFailed: !row.isNull(6), names: OutputNames(row), sourceLeft: row.boolean(7), arrivedAt: row.integer(8),
            closedAt: row.optionalInteger(9))
    }
}

extension FileIdentity {
    fileprivate init?(_ row: borrowing Row) {
        guard !row.isNull(10) else { return nil }
        self.init(
            device: UInt64(bitPattern: row.integer(10)), inode: UInt64(bitPattern: row.integer(11)),
            size: row.integer(12), modified: row.integer(13), changed: row.integer(14))
    }
}

extension OutputNames {
    fileprivate init?(_ row: borrowing Row) {
        guard !row.isNull(15) else { return nil }
        self.init(
            output: row.text(15), source: row.text(16), lines: AppendIntent(row, at: 17), csv: AppendIntent(row, at: 20)
        )
    }
}

extension AppendIntent {
    fileprivate init?(_ row: borrowing Row, at column: Int) {
        guard !row.isNull(column) else { return nil }
        self.init(
            path: row.text(column), inode: UInt64(bitPattern: row.integer(column + 1)), offset: row.integer(column + 2))
    }
}
