import CSQLite

/// Owns a prepared statement.
public final class Statement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private let sql: String

    init(_ sql: String, connection: OpaquePointer) throws(SQLiteError) {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else {
            throw SQLiteError.last(of: connection, code: code, sql: sql)
        }
        handle = prepared
        self.connection = connection
        self.sql = sql
    }

    deinit { sqlite3_finalize(handle) }

    /// Steps through all rows, then leaves the statement ready to be used again.
    func forEachRow(
        _ parameters: [any SQLiteBindable], _ body: (borrowing Row) throws -> Void
    ) throws {
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        try bind(parameters)
        while true {
            let code = sqlite3_step(handle)
            switch code {
            case SQLITE_ROW: try body(Row(statement: handle))
            case SQLITE_DONE: return
            default: throw SQLiteError.last(of: connection, code: code, sql: sql)
            }
        }
    }

    private func bind(_ parameters: [any SQLiteBindable]) throws(SQLiteError) {
        guard parameters.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw SQLiteError(
                extendedCode: SQLITE_RANGE,
                message: "\(parameters.count) values for \(sqlite3_bind_parameter_count(handle)) parameters", sql: sql)
        }
        for (offset, parameter) in parameters.enumerated() {
            let code = bind(parameter.sqliteValue, at: Int32(offset + 1))
            guard code == SQLITE_OK else { throw SQLiteError.last(of: connection, code: code, sql: sql) }
        }
    }

    private func bind(_ value: SQLiteValue, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let integer): return sqlite3_bind_int64(handle, index, integer)
        case .double(let double): return sqlite3_bind_double(handle, index, double)
        case .text(var text):
            return text.withUTF8 { utf8 in
                // No bytes may come as no address, which SQLite would take for NULL.
                guard let start = utf8.baseAddress else { return sqlite_bind_text_copy(handle, index, "", 0) }
                return start.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
                    sqlite_bind_text_copy(handle, index, $0, UInt64(utf8.count))
                }
            }
        case .bytes(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, index, 0) }
            return bytes.withUnsafeBytes { sqlite_bind_blob_copy(handle, index, $0.baseAddress, UInt64($0.count)) }
        }
    }
}

extension SQLiteError {
    /// The error that a connection met last.
    static func last(of connection: OpaquePointer?, code: Int32, sql: String = "") -> SQLiteError {
        guard let connection else {
            return SQLiteError(extendedCode: code, message: String(cString: sqlite3_errstr(code)), sql: sql)
        }
        let extended = sqlite3_extended_errcode(connection)
        let primary = code & 0xFF
        let isOurs = extended & 0xFF == primary
        // errno is left over from earlier calls unless this one touched the file.
        let touchesFile = [SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_READONLY].contains(primary)
        return SQLiteError(
            extendedCode: isOurs ? extended : code,
            systemCode: touchesFile ? sqlite3_system_errno(connection) : 0,
            message: String(cString: isOurs ? sqlite3_errmsg(connection) : sqlite3_errstr(code)), sql: sql)
    }
}
