import DropFolder
import Testing

struct LedgerListingTests {
    private let fixture: LedgerFixture
    private var ledger: Ledger { fixture.ledger }

    /// 1 done in a, 2 failed in b, 3 captured in a, 4 failed (refused) in a, 5 reserved in b, 6 captured, of the bytes of 1, in b.
    init() throws {
        fixture = try LedgerFixture()
        try fixture.close("1", content: "c1", inbox: "/a")
        try fixture.close("2", content: "c2", inbox: "/b", .failure(LedgerFixture.failure))
        try fixture.capture("3", content: "c3", inbox: "/a")
        let refusal = DocumentFailure(code: "not-readable", message: "m", remedy: "r")
        let refused = try fixture.ledger.capture(
            [NewArrival(inbox: "/a", path: "4", identity: nil, refusal: refusal)])
        for (arrival, _) in refused { try fixture.deliver(arrival) }
        let (arrival, document) = try fixture.capture("5", content: "c5", inbox: "/b")
        try fixture.settle(document.id)
        try fixture.ledger.reserve([(arrival.id, LedgerFixture.names("5"))])
        try fixture.capture("6", content: "c1", inbox: "/b")
    }

    private func paths(_ states: Set<ArrivalState>? = nil, inbox: String? = nil, before: Int64? = nil, limit: Int = 99)
        throws -> [String]
    {
        try ledger.arrivals(matching: ArrivalFilter(states: states, inbox: inbox, before: before), limit: limit).map(
            \.path)
    }

    @Test func newestFirstAndFiltered() throws {
        #expect(try paths() == ["6", "5", "4", "3", "2", "1"])
        #expect(try paths(limit: 2) == ["6", "5"])
        #expect(try paths(before: 5, limit: 2) == ["4", "3"])
        #expect(try paths([.failed]) == ["4", "2"])
        #expect(try paths([.failed, .captured]) == ["6", "4", "3", "2"])
        #expect(try paths([.failed, .captured], before: 6, limit: 2) == ["4", "3"])
        #expect(try paths(inbox: "/a") == ["4", "3", "1"])
        #expect(try paths(inbox: "/a", limit: 1) == ["4"])
        #expect(try paths([.failed], inbox: "/b") == ["2"])
        #expect(try paths([]) == [])
        #expect(try paths(inbox: "/none") == [])
    }

    @Test func failuresWithTheirReasons() throws {
        let failures = try ledger.failures(limit: 9)
        #expect(failures.map(\.arrival.path) == ["4", "2"])
        #expect(failures.map(\.failure.code) == ["not-readable", "encrypted"])
        #expect(failures.last?.failure.page == 2)
        #expect(failures.last?.failure.message == "the PDF is encrypted")
        #expect(failures.last?.failure.remedy == "save a copy")
        #expect(try ledger.failures(inbox: "/b", limit: 9).map(\.arrival.path) == ["2"])
        #expect(try ledger.failures(before: 4, limit: 9).map(\.arrival.path) == ["2"])
        #expect(try ledger.failures(limit: 1).map(\.arrival.path) == ["4"])
    }

    @Test func whatIsStillToBeDone() throws {
        #expect(try ledger.unfinished().map(\.path) == ["3", "5", "6"])
        #expect(try ledger.oldestUnfinished()?.path == "3")
        let empty = try LedgerFixture()
        #expect(try empty.ledger.oldestUnfinished() == nil)
    }

    @Test func counts() throws {
        let counts = try ledger.counts()
        #expect(counts.arrivals == [.done: 1, .failed: 2, .captured: 2, .reserved: 1])
        #expect(counts.documents == [.extracted: 2, .failed: 1, .waiting: 1])
        #expect(counts.failures == ["encrypted": 1, "not-readable": 1])
        #expect(counts.pages == 6)
        #expect(counts.inferences == 3)
        #expect(counts.unfinished == 3)
        #expect(counts.sourcesLeft == 0)
        #expect(try ledger.states(inbox: "/b") == [.failed: 1, .captured: 1, .reserved: 1])
        #expect(try ledger.states(inbox: "/none").isEmpty)
    }

    @Test(arguments: [1, 2, 100]) func everyArrivalOnceForTheAudit(_ limit: Int) throws {
        var entries: [AuditEntry] = []
        while true {
            let next = try ledger.auditEntries(after: entries.last?.arrival.id ?? 0, limit: limit)
            if next.isEmpty { break }
            #expect(next.count <= limit)
            entries += next
        }
        #expect(entries.map(\.arrival.path) == ["1", "2", "3", "4", "5", "6"])
        // printf '{"total":1}' | sha256sum
        let record = AuditEntry.Outcome.record(
            sha256: "b7e28723407b7750fb0dc3b977699a5223a3b617d41c9a4feaeccbd31feadd06", pageCount: 3,
            pagesRead: 3)
        #expect(
            entries.map(\.outcome) == [
                record, .failure(code: "encrypted"), nil, .failure(code: "not-readable"), record, record,
            ])
        #expect(entries.map { $0.key?.sha256 } == ["c1", "c2", "c3", nil, "c5", "c1"])
        #expect(entries.map(\.documentState) == [.extracted, .failed, .waiting, nil, .extracted, .extracted])
        #expect(try entries.map(\.arrival) == ledger.arrivals(limit: 9).reversed())
    }

    @Test func blankPagesThatWereLeftOutAreAccountedForInTheAudit() throws {
        let fixture = try LedgerFixture()
        let (_, document) = try fixture.capture("a", content: "a")
        var record = LedgerFixture.record
        record.pages = [1, 3]
        record.report = Array(#"{"skipped_pages":[2]}"#.utf8)
        try fixture.settle(document.id, .record(record))
        let entry = try #require(try fixture.ledger.auditEntries(after: 0, limit: 1).first)
        guard case .record(_, pageCount: 3, pagesRead: 3)? = entry.outcome else {
            Issue.record("\(String(describing: entry.outcome))")
            return
        }
    }

    @Test func anUnknownNumberIsNamed() {
        let error = #expect(throws: LedgerError.self) { try ledger.arrival(4711) }
        #expect(error == .unknownArrival(4711))
        #expect(error?.description.contains("4711") == true)
    }
}
