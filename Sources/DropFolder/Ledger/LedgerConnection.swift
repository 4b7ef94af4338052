import Files
import Glibc
import SQLite

/// The connection of a ledger, opened anew after the machine took it away.
struct LedgerConnection {
    let path: String
    let isReader: Bool
    let id: String
    var statistics = LedgerStatistics()
    private var database: Database?
    private var place: Place?

    /// Which file is open: another may be under its path later, when a file system is unmounted or mounted.
    private struct Place: Equatable {
        let device: UInt64
        let inode: UInt64

        init?(_ path: String) throws(FileError) {
            guard let identity = try Files.identity(of: path) else { return nil }
            device = identity.device
            inode = identity.inode
        }
    }

    init(path: String, mode: Database.Mode) throws {
        self.path = path
        isReader = mode == .readOnly
        if mode != .create, try Place(path) == nil { throw LedgerError.missing(path: path) }
        let database = try Self.open(path, mode)
        id = try Self.id(of: database, path)
        self.database = database
        place = try Place(path)
    }

    mutating func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try use { database in try database.transaction { try body(database) } }
    }

    /// What `body` reads is of one moment.
    mutating func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try use { database in try database.snapshot { try body(database) } }
    }

    private mutating func use<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            let database = try current()
            let commits = database.commitCount
            defer { statistics.commits += database.commitCount - commits }
            return try body(database)
        } catch {
            let error = LedgerError(error, path: path)
            if error.losesConnection { database = nil }
            throw error
        }
    }

    private mutating func current() throws -> Database {
        let place = try Place(path)
        if let database, let place, place == self.place { return database }
        // Held no longer than needed: an open file keeps its file system from being unmounted.
        database = nil
        // Never created anew: what it knew would be forgotten.
        guard place != nil else { throw LedgerError.unavailable(path: path, reason: "the file is gone") }
        let opened = try Self.open(path, isReader ? .readOnly : .readWrite)
        guard try Self.id(of: opened, path) == id else {
            throw LedgerError.unavailable(path: path, reason: "another ledger has taken its place")
        }
        database = opened
        self.place = place
        statistics.reopenings += 1
        return opened
    }

    private static func open(_ path: String, _ mode: Database.Mode) throws -> Database {
        let database = try connect(path, mode)
        // Nothing is ever spilled to a temporary file on some other disk.
        try database.execute("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY")
        guard mode != .readOnly else {
            try database.requireVersion(LedgerSchema.version, applicationID: LedgerSchema.applicationID)
            return database
        }
        // Before anything is written, so that the database of another program stays as it is.
        _ = try database.schemaVersion(applicationID: LedgerSchema.applicationID, known: LedgerSchema.version)
        guard !database.isReadOnly else { throw LedgerError.readOnly(path: path) }
        try database.execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = \(4 << 20)")
        database.keepLogFiles()
        try database.migrate(applicationID: LedgerSchema.applicationID, LedgerSchema.migrations)
        return database
    }

    private static func connect(_ path: String, _ mode: Database.Mode) throws -> Database {
        do {
            return try Database(path, mode: mode)
        } catch {
            guard mode == .create, error.code == .cannotOpen else { throw error }
            // SQLite tried to open it read-only after that, and reports that it is not there.
            let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
            let code = access(folder, W_OK) == 0 ? error.systemCode : errno
            throw SQLiteError(extendedCode: error.extendedCode, systemCode: code, message: error.message)
        }
    }

    private static func id(of database: Database, _ path: String) throws -> String {
        guard let id = try database.first("SELECT id FROM ledger", row: { $0.text(0) }) else {
            throw LedgerError.corrupt(path: path, reason: "its table \"ledger\" is empty")
        }
        return id
    }
}

extension LedgerError {
    /// Whether the connection is to be opened anew. A full disk leaves it as it was.
    fileprivate var losesConnection: Bool {
        switch self {
        case .readOnly, .unavailable, .corrupt: true
        default: false
        }
    }
}
