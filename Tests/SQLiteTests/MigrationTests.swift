import SQLite
import TestSupport
import Testing

struct MigrationTests {
    private let folder: TemporaryFolder
    private let database: Database

    private static let application: Int64 = 77
    private static let first = Migration(version: 1, sql: "CREATE TABLE a (x); INSERT INTO a VALUES (1)")
    private static let second = Migration(version: 2, sql: "ALTER TABLE a ADD COLUMN y DEFAULT 5; CREATE TABLE b (z)")

    init() throws {
        folder = try TemporaryFolder()
        database = try Database(folder.path + "/test.sqlite", mode: .create)
    }

    private func pragma(_ name: String) throws -> Int64? { try database.first("PRAGMA \(name)") { $0.integer(0) } }

    @Test func anEmptyFileGetsAllSteps() throws {
        try database.migrate(applicationID: Self.application, [Self.first, Self.second])
        #expect(try pragma("user_version") == 2)
        #expect(try pragma("application_id") == Self.application)
        #expect(try database.first("SELECT y FROM a") { $0.integer(0) } == 5)
    }

    @Test func anOlderFileGetsTheStepsItLacksAndKeepsItsRows() throws {
        try database.migrate(applicationID: Self.application, [Self.first])
        try database.run("INSERT INTO a VALUES (2)")
        try database.migrate(applicationID: Self.application, [Self.first, Self.second])
        #expect(try database.query("SELECT x * 10 + y FROM a ORDER BY x") { $0.integer(0) } == [15, 25])
        try database.migrate(applicationID: Self.application, [Self.first, Self.second])
        #expect(try database.first("SELECT count(*) FROM a") { $0.integer(0) } == 2)
    }

    @Test func aStepThatFailsLeavesTheFileAsItWas() throws {
        try database.migrate(applicationID: Self.application, [Self.first])
        let broken = Migration(version: 2, sql: "CREATE TABLE b (z); CREATE TABLE a (x)")
        #expect(throws: SQLiteError.self) {
            try database.migrate(applicationID: Self.application, [Self.first, broken])
        }
        #expect(try pragma("user_version") == 1)
        #expect(try database.query("SELECT name FROM sqlite_schema") { $0.text(0) } == ["a"])
    }

    @Test func aNewerFileIsRefused() throws {
        try database.migrate(applicationID: Self.application, [Self.first, Self.second])
        #expect(throws: SchemaMismatch.newer(found: 2, known: 1)) {
            try database.migrate(applicationID: Self.application, [Self.first])
        }
    }

    @Test func theFileOfAnotherProgramIsRefused() throws {
        try database.execute("CREATE TABLE theirs (x)")
        #expect(throws: SchemaMismatch.foreign(applicationID: 0)) {
            try database.migrate(applicationID: Self.application, [Self.first])
        }
        try database.execute("PRAGMA application_id = 78")
        #expect(throws: SchemaMismatch.foreign(applicationID: 78)) {
            try database.migrate(applicationID: Self.application, [Self.first])
        }
        #expect(try database.query("SELECT name FROM sqlite_schema") { $0.text(0) } == ["theirs"])
    }

    @Test func aReaderWantsExactlyItsVersion() throws {
        try database.migrate(applicationID: Self.application, [Self.first])
        try database.requireVersion(1, applicationID: Self.application)
        #expect(throws: SchemaMismatch.older(found: 1, known: 2)) {
            try database.requireVersion(2, applicationID: Self.application)
        }
        #expect(throws: SchemaMismatch.newer(found: 1, known: 0)) {
            try database.requireVersion(0, applicationID: Self.application)
        }
    }
}
