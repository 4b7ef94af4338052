import SQLite

/// Which arrivals to list.
public struct ArrivalFilter: Sendable, Hashable {
    /// nil: all.
    public var states: Set<ArrivalState>?
    /// Absolute path of the inbox; nil: all.
    public var inbox: String?
    /// Only those with smaller ids, to go on behind a page of a long list.
    public var before: Int64?

    public init(states: Set<ArrivalState>? = nil, inbox: String? = nil, before: Int64? = nil) {
        self.states = states
        self.inbox = inbox
        self.before = before
    }
}

/// An arrival and why it failed, without the partial record.
public struct FailedArrival: Sendable, Hashable {
    public let arrival: Arrival
    public let failure: DocumentFailure
}

extension Ledger {
    /// - Throws: `.unknownArrival`.
    public func arrival(_ id: Int64) throws(LedgerError) -> Arrival {
        try read { database in try database.arrival(id) }
    }

    /// Under which names a document arrived, in order.
    public func arrivals(of document: Int64) throws(LedgerError) -> [Arrival] {
        try read { database in
            try database.query(Database.arrivalQuery + " WHERE a.document = ? ORDER BY a.id", [document]) {
                try Arrival($0)
            }
        }
    }

    /// To which arrivals a file in the output folders was promised, as output or as source, in order.
    public func arrivals(naming path: String) throws(LedgerError) -> [Arrival] {
        try read { database in
            try database.query(
                """
                \(Database.arrivalQuery) WHERE a.id IN (
                    SELECT arrival FROM delivery WHERE output = ?1
                    UNION SELECT arrival FROM delivery WHERE source = ?1) ORDER BY a.id
                """, [path]
            ) { try Arrival($0) }
        }
    }

    /// All with something still to be done, in the order they arrived.
    public func unfinished() throws(LedgerError) -> [Arrival] {
        try read { database in
            let states = ArrivalState.allCases.filter(\.isUnfinished)
            return try states.flatMap { state in
                try database.query(Database.arrivalQuery + " WHERE a.state = ?", [state.rawValue]) { try Arrival($0) }
            }.sorted { $0.id < $1.id }
        }
    }

    /// The one that has waited longest; nil when nothing is to be done.
    public func oldestUnfinished() throws(LedgerError) -> Arrival? {
        try read { database in
            let states = ArrivalState.allCases.filter(\.isUnfinished)
            return try states.compactMap { state in
                try database.first(
                    Database.arrivalQuery + " WHERE a.state = ? ORDER BY a.id LIMIT 1", [state.rawValue]
                ) { try Arrival($0) }
            }.min { $0.id < $1.id }
        }
    }

    /// Newest first.
    public func arrivals(matching filter: ArrivalFilter = ArrivalFilter(), limit: Int) throws(LedgerError) -> [Arrival]
    {
        try read { database in
            try database.newest(filter, limit: limit, Database.arrivalQuery, id: \.id) { try Arrival($0) }
        }
    }

    /// Those in the state failed, newest first, with the reason.
    public func failures(
        inbox: String? = nil, before: Int64? = nil, limit: Int
    ) throws(LedgerError) -> [FailedArrival] {
        let filter = ArrivalFilter(states: [.failed], inbox: inbox, before: before)
        return try read { database in
            let query = """
                SELECT \(Database.arrivalColumns), f.code, f.message, f.page, f.remedy
                FROM \(Database.arrivalTables) JOIN failure f ON f.id = a.failure
                """
            return try database.newest(filter, limit: limit, query, id: \.arrival.id) { row in
                let column = Database.arrivalColumnCount
                return FailedArrival(
                    arrival: try Arrival(row),
                    failure: DocumentFailure(
                        code: row.text(column), message: row.text(column + 1),
                        page: row.optionalInteger(column + 2).map { Int($0) }, remedy: row.text(column + 3)))
            }
        }
    }
}

extension Database {
    /// One query for each state, so that an index gives the newest of it, however many there are; then the newest of all.
    fileprivate func newest<Value>(
        _ filter: ArrivalFilter, limit: Int, _ query: String, id: (Value) -> Int64,
        row: (borrowing Row) throws -> Value
    ) throws -> [Value] {
        let before = filter.before ?? .max
        let end = "a.id < ? ORDER BY a.id DESC LIMIT ?"
        guard filter.states != nil || filter.inbox != nil else {
            return try self.query("\(query) WHERE \(end)", [before, limit], row: row)
        }
        let found = try (filter.states ?? Set(ArrivalState.allCases)).flatMap { state in
            guard let inbox = filter.inbox else {
                return try self.query(
                    "\(query) WHERE a.state = ? AND \(end)", [state.rawValue, before, limit], row: row)
            }
            return try self.query(
                "\(query) WHERE a.inbox = (SELECT id FROM inbox WHERE path = ?) AND a.state = ? AND \(end)",
                [inbox, state.rawValue, before, limit], row: row)
        }
        return Array(found.sorted { id($0) > id($1) }.prefix(limit))
    }
}
