/// One step of a database's schema.
public struct Migration: Sendable {
    /// What `PRAGMA user_version` says afterwards; 1 is the first.
    public let version: Int64
    /// Statements, separated by semicolons.
    public let sql: String

    public init(version: Int64, sql: String) {
        self.version = version
        self.sql = sql
    }
}

/// Why a database cannot be used as it is.
public enum SchemaMismatch: Error, Sendable, Equatable {
    /// It belongs to another program, or holds tables that nobody expects.
    case foreign(applicationID: Int64)
    /// It was written by a newer version of the program.
    case newer(found: Int64, known: Int64)
    /// It was written by an older version, and may not be changed here.
    case older(found: Int64, known: Int64)
}

extension Database {
    /// Brings the schema to the last of `migrations`, each step whole or not at all; an empty file starts from nothing.
    ///
    /// Another process may do the same at the same time: the version is read again under the write lock.
    /// - Throws: `SchemaMismatch` or `SQLiteError`.
    public func migrate(applicationID: Int64, _ migrations: [Migration]) throws {
        let known = migrations.map(\.version).max() ?? 0
        if try schemaVersion(applicationID: applicationID, known: known) == known { return }
        for migration in migrations.sorted(by: { $0.version < $1.version }) {
            try transaction {
                guard try schemaVersion(applicationID: applicationID, known: known) < migration.version else { return }
                try execute(migration.sql)
                try execute(
                    "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(migration.version)")
            }
        }
    }

    /// Checks that the schema is exactly that of `version`, for a connection that only reads.
    /// - Throws: `SchemaMismatch` or `SQLiteError`.
    public func requireVersion(_ version: Int64, applicationID: Int64) throws {
        let found = try schemaVersion(applicationID: applicationID, known: version)
        guard found == version else { throw SchemaMismatch.older(found: found, known: version) }
    }

    /// The version of the schema, 0 in an empty file; nothing is written.
    /// - Throws: `SchemaMismatch` when the file is not the application's or newer than `known`; `SQLiteError`.
    public func schemaVersion(applicationID: Int64, known: Int64) throws -> Int64 {
        let found = try pragma("user_version")
        let application = try pragma("application_id")
        let tables = try first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) } ?? 0
        let isEmpty = found == 0 && application == 0 && tables == 0
        guard isEmpty || application == applicationID else { throw SchemaMismatch.foreign(applicationID: application) }
        guard found <= known else { throw SchemaMismatch.newer(found: found, known: known) }
        return found
    }

    private func pragma(_ name: String) throws -> Int64 {
        try first("PRAGMA \(name)") { $0.integer(0) } ?? 0
    }
}
