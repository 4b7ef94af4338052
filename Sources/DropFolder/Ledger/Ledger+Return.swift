import SQLite

/// Another try for what failed.
extension Ledger {
    /// failed → returning, all or none: the sources go back to the inbox, where they will arrive anew.
    ///
    /// A document whose failure this was waits again, and has no failure any more; one that was tried again since stays as it is.
    /// - Returns: the arrivals, with the names where their sources and errors lie.
    /// - Throws: `.misuse` when one has not failed.
    @discardableResult
    public func startReturn(_ arrivals: [Int64]) throws(LedgerError) -> [Arrival] {
        try write { database in
            try arrivals.map { arrival in
                let progress = try database.progress(of: arrival)
                try database.set(try progress.state.transition(.startReturn), of: arrival)
                if let document = progress.document, try database.document(document).state == .failed {
                    try database.change(document, by: .retry, "failure = NULL")
                }
                return try database.arrival(arrival)
            }
        }
    }

    /// returning → returned: the source is back in the inbox. Nothing happens where it is returned already: a service that starts
    /// while someone sends a document back finishes the same return.
    public func finishReturn(_ arrival: Int64) throws(LedgerError) {
        try write { database in
            let present = try database.progress(of: arrival).state
            if present == .returned { return }
            let state = try present.transition(.finishReturn)
            try database.run(
                "UPDATE arrival SET state = ?, source_left = 0 WHERE id = ?", [state.rawValue, arrival])
        }
    }
}
