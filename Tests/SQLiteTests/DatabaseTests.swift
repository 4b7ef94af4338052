import SQLite
import TestSupport
import Testing

struct DatabaseTests {
    private let folder: TemporaryFolder
    private let database: Database

    init() throws {
        folder = try TemporaryFolder()
        database = try Database(folder.path + "/test.sqlite", mode: .create)
        try database.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, value ANY) STRICT")
    }

    private func stored<Value>(_ value: any SQLiteBindable, _ read: (borrowing Row) -> Value) throws -> Value? {
        try database.run("INSERT INTO item (value) VALUES (?)", [value])
        return try database.first("SELECT value FROM item WHERE id = ?", [database.lastInsertedID]) { read($0) }
    }

    @Test(arguments: [
        "", "plain", "it's \"quoted\"; DROP TABLE item; --", "tab\t newline\n bell\u{7} zero\u{0}end",
        "日本 é e\u{301} 🎉",
    ])
    func textComesBackAsItWas(_ text: String) throws {
        #expect(try stored(text) { Array($0.text(0).utf8) } == Array(text.utf8))
    }

    @Test(arguments: [[], [0], Array(0...255), [UInt8](repeating: 7, count: 1 << 20)])
    func bytesComeBackAsTheyWere(_ bytes: [UInt8]) throws {
        #expect(try stored(bytes) { $0.optionalBytes(0) } == bytes)
    }

    @Test func numbersComeBackAsTheyWere() throws {
        #expect(try stored(Int64.min) { $0.integer(0) } == .min)
        #expect(try stored(UInt64.max) { UInt64(bitPattern: $0.integer(0)) } == .max)
        #expect(try stored(-0.1) { $0.double(0) } == -0.1)
        #expect(try stored(true) { $0.boolean(0) } == true)
    }

    @Test func nothingIsNull() throws {
        #expect(try stored(nil as String?) { $0.isNull(0) } == true)
        #expect(try stored(nil as Int64?) { $0.optionalInteger(0) } == .some(nil))
        #expect(try stored("" as String?) { $0.optionalText(0) } == "")
        #expect(try stored([] as [UInt8]?) { $0.isNull(0) } == false)
    }

    @Test func aNumberOfValuesThatDoesNotMatchIsRefused() throws {
        #expect(throws: SQLiteError.self) { try database.run("INSERT INTO item (value) VALUES (?)") }
        #expect(throws: SQLiteError.self) { try database.run("INSERT INTO item (value) VALUES (?)", [1, 2]) }
        #expect(try count() == 0)
    }

    @Test func aFailedStatementCanBeUsedAgain() throws {
        let insertion = "INSERT INTO item (id, value) VALUES (?, 'x')"
        try database.run(insertion, [1])
        let error = #expect(throws: SQLiteError.self) { try database.run(insertion, [1]) }
        #expect(error?.code == .constraint)
        #expect(error?.sql == insertion)
        try database.run(insertion, [2])
        #expect(try count() == 2)
    }

    @Test func anErrorInARowLeavesTheStatementUsable() throws {
        for id in 1...3 { try database.run("INSERT INTO item (id) VALUES (?)", [id]) }
        struct Stop: Error {}
        #expect(throws: Stop.self) { try database.query("SELECT id FROM item") { _ in throw Stop() } }
        #expect(try database.query("SELECT id FROM item") { $0.integer(0) } == [1, 2, 3])
    }

    @Test func aTransactionIsAllOrNothing() throws {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try database.transaction {
                try database.run("INSERT INTO item (value) VALUES (1)")
                throw Stop()
            }
        }
        #expect(try count() == 0)
        #expect(database.commitCount == 0)
        try database.transaction { try database.run("INSERT INTO item (value) VALUES (1)") }
        #expect(try count() == 1)
        #expect(database.commitCount == 1)
    }

    @Test func aSecondWriterIsToldThatItIsBusy() throws {
        let other = try Database(database.path, mode: .readWrite, busyTimeout: 0)
        let error = try database.transaction {
            #expect(throws: SQLiteError.self) { try other.transaction {} }
        }
        #expect(error?.code == .busy)
        try other.transaction { try other.run("INSERT INTO item (value) VALUES (1)") }
        #expect(try count() == 1)
    }

    @Test func aReaderCannotWrite() throws {
        let reader = try Database(database.path, mode: .readOnly)
        #expect(reader.isReadOnly)
        let error = #expect(throws: SQLiteError.self) { try reader.run("INSERT INTO item (value) VALUES (1)") }
        #expect(error?.code == .readOnly)
    }

    @Test func aMissingFileIsNotMadeByAReader() {
        let error = #expect(throws: SQLiteError.self) { try Database(folder.path + "/none", mode: .readOnly) }
        #expect(error?.code == .cannotOpen)
        #expect(error?.systemCode == 2)
        #expect(!folder.contents.contains("none"))
    }

    @Test func aNameIsNeverTakenForAnAddressWithOptions() throws {
        let path = folder.path + "/file:odd?mode=memory"
        let odd = try Database(path, mode: .create)
        try odd.execute("CREATE TABLE t (x)")
        #expect(folder.contents.contains("file:odd?mode=memory"))
    }

    private func count() throws -> Int64? { try database.first("SELECT count(*) FROM item") { $0.integer(0) } }
}
