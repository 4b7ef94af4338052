import DropFolder
import TestSupport
import Testing

@Suite(.enabled(if: LedgerDisk.isPossible, LedgerDisk.reason))
struct LedgerMachineFaultTests {
    private let disk: LedgerDisk
    private var path: String { disk.path + "/ledger.sqlite" }

    init() throws { disk = try LedgerDisk() }

    /// Captures until the disk is full; returns what was accepted.
    private func capture(until ledger: Ledger) throws -> Set<Int64> {
        var accepted: Set<Int64> = []
        for number in 0..<100_000 {
            do {
                let entries = try ledger.capture([LedgerFixture.new("\(number)", content: "c\(number)")])
                accepted.formUnion(entries.map(\.0.id))
            } catch {
                #expect(error == .full(path: path))
                #expect(error.isMachineFault)
                return accepted
            }
        }
        Issue.record("the disk was never full")
        return accepted
    }

    @Test func aFullDiskIsToldAndLeavesEveryAcceptedArrival() throws {
        let ledger = try Ledger(path: path)
        let first = try capture(until: ledger)
        #expect(!first.isEmpty)
        #expect(throws: LedgerError.full(path: path)) { try ledger.begin(document: 1) }
        #expect(try Set(ledger.unfinished().map(\.id)) == first, "reading goes on")
        try disk.remount("size=16m")
        let (arrival, _) = try #require(try ledger.capture([LedgerFixture.new("after", content: "after")]).first)
        #expect(try Set(ledger.unfinished().map(\.id)) == first.union([arrival.id]))
        #expect(try ledger.begin(document: 1).state == .working)
        #expect(try ledger.integrityProblems().isEmpty)
    }

    @Test func aDiskFilledByOthersIsToldUntilItIsEmptied() throws {
        let ledger = try Ledger(path: path)
        for round in 0..<3 {
            try disk.fill()
            let accepted = try capture(until: ledger)
            #expect(throws: LedgerError.full(path: path)) {
                try ledger.capture([LedgerFixture.new("x", content: "x")])
            }
            try disk.empty()
            let new = LedgerFixture.new("after \(round)", content: "after \(round)")
            let (arrival, _) = try #require(try ledger.capture([new]).first)
            #expect(try Set(ledger.unfinished().map(\.id)).isSuperset(of: accepted.union([arrival.id])))
        }
        #expect(try Ledger(readingFrom: path).integrityProblems().isEmpty)
    }

    @Test func onAFullDiskNoLedgerIsMade() throws {
        try disk.fill()
        let error = #expect(throws: LedgerError.self) { try Ledger(path: path) }
        #expect(error == .full(path: path))
        try disk.empty()
        #expect(try Ledger(path: path).counts() == LedgerCounts())
    }

    @Test func aReadOnlyFileSystemIsToldAndCanBeRead() throws {
        _ = try Ledger(path: path).capture([LedgerFixture.new("a", content: "a")])
        try disk.remount("ro")
        let error = #expect(throws: LedgerError.self) { try Ledger(path: path) }
        #expect(error == .readOnly(path: path))
        #expect(error?.isMachineFault == true)
        #expect(try Ledger(readingFrom: path).unfinished().map(\.path) == ["a"])
        #expect(throws: LedgerError.readOnly(path: disk.path + "/new")) { try Ledger(path: disk.path + "/new") }
        try disk.remount("rw")
        #expect(try Ledger(path: path).begin(document: 1).state == .working)
    }

    /// The file system goes away under an open ledger, comes back read-only, and then as it was.
    @Test func anOpenLedgerSurvivesTheLossOfItsFileSystem() throws {
        let place = try TemporaryFolder()
        let path = place.path + "/ledger.sqlite"
        try disk.show(in: place.path)
        defer { try? LedgerDisk.hide(place.path) }
        let ledger = try Ledger(path: path)
        _ = try ledger.capture([LedgerFixture.new("a", content: "a")])

        try LedgerDisk.hide(place.path)
        let gone = #expect(throws: LedgerError.self) { try ledger.begin(document: 1) }
        #expect(gone?.isUnavailable == true)
        #expect(gone?.isMachineFault == true)
        #expect(throws: LedgerError.self) { try ledger.counts() }
        #expect(place.contents.isEmpty, "nothing is written under the bare mount point")

        try disk.showReadOnly(in: place.path)
        #expect(throws: LedgerError.readOnly(path: path)) { try ledger.begin(document: 1) }
        try LedgerDisk.hide(place.path)

        try disk.show(in: place.path)
        #expect(try ledger.begin(document: 1).state == .working)
        #expect(try ledger.unfinished().map(\.path) == ["a"])
        #expect(ledger.statistics.reopenings == 1)
    }

    @Test func anotherLedgerUnderTheSamePathIsNotUsed() throws {
        let place = try TemporaryFolder()
        let path = place.path + "/ledger.sqlite"
        let ledger = try Ledger(path: path)
        _ = try Ledger(path: disk.path + "/ledger.sqlite")
        try disk.show(in: place.path)
        defer { try? LedgerDisk.hide(place.path) }
        let error = #expect(throws: LedgerError.self) { try ledger.capture([LedgerFixture.new("a", content: "a")]) }
        #expect(error?.isUnavailable == true)
        try LedgerDisk.hide(place.path)
        _ = try ledger.capture([LedgerFixture.new("a", content: "a")])
        #expect(try Ledger(readingFrom: disk.path + "/ledger.sqlite").unfinished().isEmpty)
    }
}
