import DropFolder
import Foundation
import SQLite
import TestSupport
import Testing

struct LedgerOpeningTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/ledger.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    private func refusal(_ open: () throws -> Ledger) -> LedgerError? {
        let error = #expect(throws: LedgerError.self) { _ = try open() }
        #expect(error?.description.contains(folder.path) == true)
        #expect(error?.description.contains("\n") == false)
        return error
    }

    @Test func theIdIsMadeOnce() throws {
        let id = try Ledger(path: path).id
        #expect(UUID(uuidString: id) != nil)
        #expect(try Ledger(path: path).id == id)
        #expect(try Ledger(readingFrom: path).id == id)
        #expect(try Ledger(path: folder.path + "/other").id != id)
    }

    @Test func theFileSaysWhatItIsAndKeepsEveryCommit() throws {
        let ledger = try Ledger(path: path)
        let database = try Database(path, mode: .readOnly)
        func pragma(_ name: String) throws -> String? { try database.first("PRAGMA \(name)") { $0.text(0) } }
        #expect(try pragma("journal_mode") == "wal")
        #expect(try pragma("application_id") == "1196183122")
        #expect(try pragma("user_version") == "1")
        #expect(try ledger.integrityProblems().isEmpty)
    }

    @Test func withoutAFileThereIsNothingToRead() {
        #expect(refusal { try Ledger(readingFrom: path) } == .missing(path: path))
        #expect(refusal { try Ledger(path: path, creating: false) } == .missing(path: path))
        #expect(folder.contents.isEmpty)
    }

    @Test func aFolderThatIsNotThereIsAFaultOfTheMachine() {
        let error = refusal { try Ledger(path: folder.path + "/none/ledger.sqlite") }
        #expect(error?.isMachineFault == true)
    }

    @Test func theDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws {
        try Database(path, mode: .create).execute("CREATE TABLE theirs (x); PRAGMA user_version = 1")
        let bytes = try Repository.bytes(of: path)
        #expect(refusal { try Ledger(path: path) } == .foreign(path: path))
        #expect(refusal { try Ledger(readingFrom: path) } == .foreign(path: path))
        #expect(try Repository.bytes(of: path) == bytes)
        #expect(folder.contents == ["ledger.sqlite"])
    }

    @Test func aNewerLedgerIsRefused() throws {
        _ = try Ledger(path: path)
        try Database(path, mode: .readWrite).execute("PRAGMA user_version = 9")
        let expected = LedgerError.newerVersion(path: path, found: 9, known: 1)
        #expect(refusal { try Ledger(path: path) } == expected)
        #expect(refusal { try Ledger(readingFrom: path) } == expected)
        #expect(!expected.isMachineFault)
    }

    @Test func anEmptyFileIsFilledByAWriterOnly() throws {
        try folder.write("ledger.sqlite", [])
        #expect(refusal { try Ledger(readingFrom: path) } == .olderVersion(path: path, found: 0, known: 1))
        _ = try Ledger(path: path)
        _ = try Ledger(readingFrom: path)
    }

    @Test func aFileThatIsNoDatabaseIsDamaged() throws {
        try folder.write("ledger.sqlite", Array(repeating: 65, count: 10_000))
        #expect(refusal { try Ledger(path: path) }?.isCorrupt == true)
        #expect(refusal { try Ledger(readingFrom: path) }?.isCorrupt == true)
        #expect(try Repository.bytes(of: path) == Array(repeating: 65, count: 10_000))
    }

    @Test func damageInTheMiddleIsTold() throws {
        try fill(path)
        var bytes = try Repository.bytes(of: path)
        for index in 4096..<bytes.count { bytes[index] = 0xA5 }
        try folder.write("ledger.sqlite", bytes)
        let error = #expect(throws: LedgerError.self) {
            let ledger = try Ledger(path: path)
            _ = try ledger.unfinished()
        }
        #expect(error?.isCorrupt == true)
        #expect(error?.isMachineFault == false)
    }

    @Test func aReferenceToNothingIsFound() throws {
        try fill(path)
        // A row that refers to nothing, as no version of Gleaner writes it.
        try Database(path, mode: .readWrite).execute("PRAGMA foreign_keys = OFF; DELETE FROM document WHERE id = 3")
        #expect(try Ledger(readingFrom: path).integrityProblems().count == 1)
    }

    private func fill(_ path: String) throws {
        let ledger = try Ledger(path: path)
        _ = try ledger.capture((0..<200).map { LedgerFixture.new("\($0)", content: "\($0)") })
    }
}
