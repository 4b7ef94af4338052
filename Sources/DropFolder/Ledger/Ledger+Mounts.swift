import Files
import SQLite

/// Sources and file systems that the ledger remembers.
extension Ledger {
    /// Sources of closed arrivals that could not be moved, oldest first.
    public func leftSources(inbox: String) throws(LedgerError) -> [LeftSource] {
        try read { database in
            let arrivals = try database.query(
                """
                \(Database.arrivalQuery)
                WHERE a.inbox = (SELECT id FROM inbox WHERE path = ?) AND a.source_left ORDER BY a.id
                """, [inbox]
            ) { try Arrival($0) }
            return arrivals.compactMap { arrival in
                arrival.identity.map { LeftSource(path: arrival.path, identity: $0) }
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

/// A source that is finished with and still in its inbox.
public struct LeftSource: Sendable, Hashable {
    /// Relative to the inbox.
    public let path: String
    /// When it was taken.
    public let identity: FileIdentity
}
