import SQLite

/// Totals of a ledger, all of one moment.
public struct LedgerCounts: Sendable, Hashable {
    /// States without arrivals are not in it.
    public var arrivals: [ArrivalState: Int] = [:]
    /// Arrivals in the state failed, by code.
    public var failures: [String: Int] = [:]
    public var documents: [DocumentState: Int] = [:]
    /// Of extracted documents.
    public var pages = 0
    /// How often the engine began with a document.
    public var inferences = 0
    /// Closed arrivals whose sources are still in the inbox.
    public var sourcesLeft = 0

    public init() {}

    public var unfinished: Int { arrivals.filter(\.key.isUnfinished).values.reduce(0, +) }
}

extension Ledger {
    public func counts() throws(LedgerError) -> LedgerCounts {
        try read { database in
            var counts = LedgerCounts()
            for (state, count) in try database.query(
                "SELECT state, count(*) FROM arrival GROUP BY state",
                row: { row in (try ArrivalState(stored: row.text(0)), Int(row.integer(1))) })
            {
                counts.arrivals[state] = count
            }
            for (state, count, pages, starts) in try database.query(
                "SELECT state, count(*), sum(page_count), sum(starts) FROM document GROUP BY state",
                row: { row in
                    (
                        try DocumentState(stored: row.text(0)), Int(row.integer(1)), Int(row.integer(2)),
                        Int(row.integer(3))
                    )
                })
            {
                counts.documents[state] = count
                counts.pages += pages
                counts.inferences += starts
            }
            for (code, count) in try database.query(
                """
                SELECT f.code, count(*) FROM arrival a JOIN failure f ON f.id = a.failure
                WHERE a.state = 'failed' GROUP BY f.code
                """, row: { row in (row.text(0), Int(row.integer(1))) })
            {
                counts.failures[code] = count
            }
            counts.sourcesLeft = Int(
                try database.first("SELECT count(*) FROM arrival WHERE source_left") { $0.integer(0) } ?? 0)
            return counts
        }
    }

    /// How many arrivals of an inbox are in each state; states without any are not in it.
    public func states(inbox: String) throws(LedgerError) -> [ArrivalState: Int] {
        try read { database in
            let counts = try database.query(
                """
                SELECT a.state, count(*) FROM arrival a JOIN inbox i ON i.id = a.inbox WHERE i.path = ? GROUP BY a.state
                """, [inbox]
            ) { row in (try ArrivalState(stored: row.text(0)), Int(row.integer(1))) }
            return Dictionary(counts, uniquingKeysWith: { $1 })
        }
    }
}
