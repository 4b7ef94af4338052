import CSQLite

/// A failed SQLite call: https://sqlite.org/rescode.html.
public struct SQLiteError: Error, Sendable, Equatable {
    /// The primary result code, for example SQLITE_FULL.
    public enum Code: Int32, Sendable {
        case error = 1
        case permission = 3
        case abort = 4
        case busy = 5
        case locked = 6
        case outOfMemory = 7
        case readOnly = 8
        case interrupted = 9
        case inputOutput = 10
        case corrupt = 11
        case full = 13
        case cannotOpen = 14
        case lockingProtocol = 15
        case schemaChanged = 17
        case tooBig = 18
        case constraint = 19
        case mismatch = 20
        case misuse = 21
        case largeFile = 22
        case outOfRange = 25
        case notADatabase = 26
        case other = -1
    }

    public let code: Code
    /// The extended result code, which contains the primary one in its low byte.
    public let extendedCode: Int32
    /// errno of the system call that failed, 0 where there was none.
    public let systemCode: Int32
    public let message: String
    public let sql: String

    public init(extendedCode: Int32, systemCode: Int32 = 0, message: String, sql: String = "") {
        code = Code(rawValue: extendedCode & 0xFF) ?? .other
        self.extendedCode = extendedCode
        self.systemCode = systemCode
        self.message = message
        self.sql = sql
    }
}

extension SQLiteError: CustomStringConvertible {
    public var description: String {
        let statement = sql.isEmpty ? "" : " in: " + sql.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return "\(message) (SQLite code \(extendedCode)\(systemCode == 0 ? "" : ", errno \(systemCode)"))\(statement)"
    }
}
