import SQLite

extension Ledger {
    /// captured → reserved: promises names to arrivals, all or none. reserved → reserved: other names, because someone else took
    /// them, or with places of lines.
    ///
    /// - Throws: `.misuse` when the outcome of an arrival is not known yet.
    public func reserve(_ names: [(arrival: Int64, names: OutputNames)]) throws(LedgerError) {
        try write { database in
            for (arrival, names) in names { try database.reserve(names, for: arrival) }
        }
    }

    /// reserved → delivered: record or error, and lines, are written and synced.
    public func delivered(_ arrivals: [Int64]) throws(LedgerError) {
        guard !arrivals.isEmpty else { return }
        try write { database in
            for arrival in arrivals {
                try database.set(try database.progress(of: arrival).state.transition(.deliver), of: arrival)
            }
        }
    }

    /// Another name for the source of a delivered arrival: someone else has taken the one that was promised.
    public func rename(source: String, of arrival: Int64) throws(LedgerError) {
        try write { database in
            guard try database.progress(of: arrival).state == .delivered else {
                throw LedgerError.misuse(path: self.path, reason: "arrival \(arrival) is not being delivered")
            }
            try database.run("UPDATE delivery SET source = ? WHERE arrival = ?", [source, arrival])
        }
    }

    /// delivered → done or failed.
    ///
    /// - Parameter closed: `sourceLeft`: the source is still in the inbox, because it cannot be moved.
    public func close(_ closed: [(arrival: Int64, sourceLeft: Bool)]) throws(LedgerError) {
        guard !closed.isEmpty else { return }
        let time = Self.now()
        try write { database in
            for (arrival, sourceLeft) in closed {
                let progress = try database.progress(of: arrival)
                let state = try progress.state.transition(.close(failed: progress.failure != nil))
                try database.run(
                    "UPDATE arrival SET state = ?, source_left = ?, closed_at = ? WHERE id = ?",
                    [state.rawValue, sourceLeft, time, arrival])
            }
        }
    }

    /// What is to be delivered for an arrival.
    ///
    /// - Throws: `.misuse` when that is not known yet.
    public func outcome(of arrival: Arrival) throws(LedgerError) -> Outcome {
        try read { database in
            let progress = try database.progress(of: arrival.id)
            if let failure = try progress.failure.flatMap({ try database.failure($0) }) { return .failure(failure) }
            if let record = try progress.document.flatMap({ try database.record(of: $0) }) { return .record(record) }
            throw LedgerError.misuse(path: self.path, reason: "the outcome of arrival \(arrival.id) is not known yet")
        }
    }

    /// nil when its bytes could not be read.
    public func key(of arrival: Arrival) throws(LedgerError) -> DocumentKey? {
        guard let document = arrival.document else { return nil }
        return try self.document(document).key
    }
}

extension Database {
    fileprivate func reserve(_ names: OutputNames, for arrival: Int64) throws {
        let progress = try self.progress(of: arrival)
        let state = try progress.state.transition(.reserve)
        if progress.failure == nil {
            let document = try progress.document.map { try self.document($0).state }
            guard document == .extracted else {
                throw LedgerError.misuse(path: path, reason: "the outcome of arrival \(arrival) is not known yet")
            }
        }
        try set(state, of: arrival)
        try run(
            """
            INSERT INTO delivery (arrival, output, source) VALUES (?, ?, ?)
            ON CONFLICT (arrival) DO UPDATE SET output = excluded.output, source = excluded.source
            """, [arrival, names.output, names.source])
        try run("DELETE FROM line WHERE arrival = ?", [arrival])
        if let lines = names.lines { try insert(lines, kind: "jsonl", of: arrival) }
        if let csv = names.csv { try insert(csv, kind: "csv", of: arrival) }
    }

    private func insert(_ intent: AppendIntent, kind: String, of arrival: Int64) throws {
        let file = try identifier(
            "SELECT id FROM line_file WHERE path = ? AND inode = ?",
            "INSERT INTO line_file (path, inode) VALUES (?, ?)", [intent.path, intent.inode])
        try run(
            "INSERT INTO line (arrival, kind, file, offset) VALUES (?, ?, ?, ?)", [arrival, kind, file, intent.offset])
    }
}
