import Glibc
import SQLite

extension Ledger {
    /// Writes down new arrivals, all or none; each finds its document or makes it.
    ///
    /// A document that has an outcome needs no inference: its arrival can be delivered at once. One that failed stays failed
    /// until it is retried. Arrivals that were refused have no document, and are delivered as failures.
    /// - Returns: in the order given.
    public func capture(_ new: [NewArrival]) throws(LedgerError) -> [(Arrival, DocumentEntry?)] {
        let time = Self.now()
        return try write { database in
            try new.map { new in
                let id = try database.insert(new, arrivedAt: time)
                let arrival = try database.arrival(id)
                return (arrival, try arrival.document.map { try database.document($0) })
            }
        }
    }

    /// Reads an arrival for another purpose, because schema or engine have changed since it was captured; without effect once
    /// its outcome is known.
    ///
    /// - Returns: the document that it belongs to now.
    /// - Throws: `.misuse` when it has no document.
    public func rekey(arrival: Int64, to key: DocumentKey) throws(LedgerError) -> DocumentEntry {
        try write { database in
            let progress = try database.progress(of: arrival)
            guard let id = progress.document else {
                throw LedgerError.misuse(path: self.path, reason: "arrival \(arrival) has no document to exchange")
            }
            let old = try database.document(id)
            guard progress.state == .captured, progress.failure == nil, !old.hasOutcome, key != old.key else {
                return old
            }
            let new = try database.document(for: key, byteCount: old.byteCount)
            let failure = try database.failureID(ofDocument: new.id)
            try database.run(
                "UPDATE arrival SET document = ?, failure = ? WHERE id = ?", [new.id, failure, arrival])
            // Nobody waits for it any more.
            try database.run(
                """
                DELETE FROM document WHERE id = ? AND state = 'waiting'
                AND NOT EXISTS (SELECT 1 FROM arrival WHERE document = document.id)
                """, [old.id])
            return new
        }
    }

    /// Milliseconds since 1970.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension Database {
    fileprivate func insert(_ new: NewArrival, arrivedAt: Int64) throws -> Int64 {
        let document: Int64?
        let failure: Int64?
        switch (new.content, new.refusal) {
        case (let content?, nil):
            let entry = try self.document(for: content.key, byteCount: content.byteCount)
            document = entry.id
            failure = try failureID(ofDocument: entry.id)
        case (nil, let refusal?):
            document = nil
            failure = try insert(refusal)
        default:
            throw LedgerError.misuse(
                path: path, reason: "\(new.path): an arrival has either content or the reason why it has none")
        }
        let identity = new.identity
        try run(
            """
            INSERT INTO arrival (inbox, path, document, failure, state, spool, device, inode, size, modified, changed,
                arrived_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                try inbox(new.inbox), new.path, document, failure, ArrivalState.captured.rawValue, new.content?.spool,
                identity?.device, identity?.inode, identity?.size, identity?.modified, identity?.changed, arrivedAt,
            ])
        return lastInsertedID
    }

    fileprivate func failureID(ofDocument document: Int64) throws -> Int64? {
        try first("SELECT failure FROM document WHERE id = ?", [document]) { $0.optionalInteger(0) } ?? nil
    }
}
