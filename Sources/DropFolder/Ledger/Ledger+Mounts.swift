import Files
import SQLite

/// Sources and file systems that the ledger remembers.
extension Ledger {
    /// Sources of closed arrivals that could not be moved, by path relative to the inbox.
    public func leftSources(inbox: String) throws(LedgerError) -> [String: FileIdentity] {
        try read { database in
            let arrivals = try database.query(
                """
                \(Database.arrivalQuery)
                WHERE a.inbox = (SELECT id FROM inbox WHERE path = ?) AND a.source_left ORDER BY a.id
                """, [inbox]
            ) { try Arrival($0) }
            return arrivals.reduce(into: [:]) { sources, arrival in
                if let identity = arrival.identity { sources[arrival.path] = identity }
            }
        }
    }

    /// Remembers on which file system a folder is.
    public func remember(folder: String, _ mount: MountIdentity) throws(LedgerError) {
        try write { database in
            try database.run(
                "INSERT OR REPLACE INTO mount VALUES (?, ?, ?, ?, ?, ?, ?)",
                [folder, mount.device, mount.mountPoint, mount.type, mount.source, mount.id, mount.folder])
        }
    }

    /// nil when the folder was never used.
    public func mount(of folder: String) throws(LedgerError) -> MountIdentity? {
        try read { database in
            try database.first(
                "SELECT device, mount_point, type, source, file_system_id, folder_within FROM mount WHERE folder = ?",
                [folder]
            ) { row in
                MountIdentity(
                    device: UInt64(bitPattern: row.integer(0)), mountPoint: row.text(1), type: row.text(2),
                    source: row.text(3), id: UInt64(bitPattern: row.integer(4)), folder: row.text(5))
            }
        }
    }
}
