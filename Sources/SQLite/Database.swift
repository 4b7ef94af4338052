import CSQLite

/// Owns one connection to a SQLite database and its prepared statements. Not for several threads at once:
/// https://sqlite.org/threadsafe.html, "multi-thread".
public final class Database {
    public enum Mode: Sendable {
        case create
        case readWrite
        case readOnly
    }

    public let path: String
    private let connection: OpaquePointer
    private var statements: [String: Statement] = [:]

    /// Number of transactions committed by this connection through `transaction`.
    public private(set) var commitCount = 0

    /// Opens the database.
    ///
    /// SQLite touches the file only when it is first used: a file that is no database is noticed then.
    /// - Parameter busyTimeout: milliseconds to wait for another connection's lock.
    public init(_ path: String, mode: Mode, busyTimeout: Int32 = 10_000) throws(SQLiteError) {
        self.path = path
        let flags =
            switch mode {
            case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .readWrite: SQLITE_OPEN_READWRITE
            case .readOnly: SQLITE_OPEN_READONLY
            }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            let error = SQLiteError.last(of: opened, code: code)
            sqlite3_close_v2(opened)
            throw error
        }
        connection = opened
        sqlite3_busy_timeout(connection, busyTimeout)
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(connection)
    }

    /// Whether the file could be opened only for reading, whatever was asked for.
    public var isReadOnly: Bool { sqlite3_db_readonly(connection, "main") == 1 }

    /// The row id of the last row inserted.
    public var lastInsertedID: Int64 { sqlite3_last_insert_rowid(connection) }

    /// The number of rows that the last statement changed.
    public var changeCount: Int { Int(sqlite3_changes64(connection)) }

    /// Runs statements that take no parameters and give no rows of interest, separated by semicolons.
    public func execute(_ sql: String) throws(SQLiteError) {
        let code = sqlite3_exec(connection, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteError.last(of: connection, code: code, sql: sql) }
    }

    /// Runs one statement to its end; it is prepared once and kept.
    public func run(_ sql: String, _ parameters: [any SQLiteBindable] = []) throws {
        try statement(sql).forEachRow(parameters) { _ in }
    }

    /// Runs one query and makes a value of each row.
    public func query<Value>(
        _ sql: String, _ parameters: [any SQLiteBindable] = [], row: (borrowing Row) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try statement(sql).forEachRow(parameters) { values.append(try row($0)) }
        return values
    }

    /// The first row of a query, nil when there is none.
    public func first<Value>(
        _ sql: String, _ parameters: [any SQLiteBindable] = [], row: (borrowing Row) throws -> Value
    ) throws -> Value? {
        var value: Value?
        try statement(sql).forEachRow(parameters) { if value == nil { value = try row($0) } }
        return value
    }

    /// All or nothing: what `body` writes is committed at its end, and undone when it throws.
    ///
    /// `BEGIN IMMEDIATE`: the wait for another writer is at the start, never in the middle.
    public func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try within("BEGIN IMMEDIATE", body)
    }

    /// All queries in `body` see the same moment.
    public func snapshot<Value>(_ body: () throws -> Value) throws -> Value {
        try within("BEGIN DEFERRED", body)
    }

    /// Moves the log into the database file, as far as readers let it.
    public func checkpoint() throws(SQLiteError) {
        let code = sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteError.last(of: connection, code: code, sql: "checkpoint") }
    }

    /// Leaves the -wal and -shm files in place at the end: without write access to the folder, a database in WAL
    /// mode can be read only while they exist (https://sqlite.org/wal.html#readonly).
    public func keepLogFiles() {
        var yes: Int32 = 1
        sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &yes)
    }

    private func within<Value>(_ begin: String, _ body: () throws -> Value) throws -> Value {
        try run(begin)
        do {
            let value = try body()
            try run("COMMIT")
            if begin == "BEGIN IMMEDIATE" { commitCount += 1 }
            return value
        } catch {
            // A full disk or an I/O error has often rolled back already.
            if sqlite3_get_autocommit(connection) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }

    private func statement(_ sql: String) throws(SQLiteError) -> Statement {
        if let known = statements[sql] { return known }
        let new = try Statement(sql, connection: connection)
        statements[sql] = new
        return new
    }
}
