import DropFolder
import Testing

struct LedgerCaptureTests {
    private let fixture: LedgerFixture
    private var ledger: Ledger { fixture.ledger }

    init() throws { fixture = try LedgerFixture() }

    @Test func anArrivalComesBackAsItWasGiven() throws {
        let (arrival, document) = try fixture.capture("a/b.pdf", content: "c0")
        #expect(arrival.inbox == "/srv/inbox")
        #expect(arrival.path == "a/b.pdf")
        #expect(arrival.identity == LedgerFixture.identity(1))
        #expect(arrival.spool == "spool-a/b.pdf")
        #expect(arrival.state == .captured)
        #expect(arrival.document == document.id)
        #expect(arrival.names == nil)
        #expect(arrival.closedAt == nil)
        #expect(!arrival.hasFailed && !arrival.sourceLeft)
        #expect(arrival.arrivedAt > 1_700_000_000_000)
        #expect(document.state == .waiting)
        #expect(document.key == DocumentKey(sha256: "c0", schema: "schema", engine: "engine"))
        #expect(document.byteCount == 10)
        #expect(try ledger.arrival(arrival.id) == arrival)
        #expect(try ledger.document(document.id) == document)
        #expect(try ledger.key(of: arrival) == document.key)
    }

    @Test(arguments: [
        "it's \"quoted\" `too`.pdf", "line\nbreak\ttab\u{1}\u{7F}.pdf", "日本語/é.pdf", "e\u{301}.pdf", "%_?*'); --", " ",
        "🎉",
    ])
    func anyNameIsKeptByteForByte(_ name: String) throws {
        let arrival = try fixture.close(name, content: "c0", inbox: "/srv/" + name)
        let again = try Ledger(readingFrom: fixture.path).arrival(arrival.id)
        #expect(Array(again.path.utf8) == Array(name.utf8))
        #expect(Array(again.inbox.utf8) == Array("/srv/\(name)".utf8))
        #expect(try ledger.arrivals(naming: "/srv/done/" + name).map(\.id) == [arrival.id])
        #expect(try ledger.arrivals(matching: ArrivalFilter(inbox: "/srv/" + name), limit: 9).map(\.id) == [arrival.id])
    }

    @Test func namesThatOnlyLookAlikeAreDifferent() throws {
        let composed = try fixture.capture("\u{E9}.pdf", content: "c0", inbox: "/\u{E9}").0
        try fixture.capture("e\u{301}.pdf", content: "c0", inbox: "/e\u{301}")
        #expect(try ledger.arrivals(matching: ArrivalFilter(inbox: "/\u{E9}"), limit: 9).map(\.id) == [composed.id])
    }

    @Test func sameBytesUnderTwoNamesAreOneDocument() throws {
        let (first, document) = try fixture.capture("a.pdf", content: "same")
        let (second, shared) = try fixture.capture("b.pdf", content: "same", inbox: "/other")
        #expect(shared.id == document.id)
        #expect(try ledger.arrivals(of: document.id).map(\.id) == [first.id, second.id])
        try fixture.settle(document.id)
        try fixture.deliver(first)
        try fixture.deliver(second)
        let (_, known) = try fixture.capture("c.pdf", content: "same")
        #expect(known.state == .extracted)
        #expect(known.hasOutcome)
        #expect(try ledger.counts().inferences == 1)
    }

    @Test func otherBytesSchemaOrEngineAreOtherDocuments() throws {
        let keys = [("x", "s", "e"), ("y", "s", "e"), ("x", "t", "e"), ("x", "s", "f")].map {
            DocumentKey(sha256: $0.0, schema: $0.1, engine: $0.2)
        }
        let entries = try ledger.capture(
            keys.map { key in
                var new = LedgerFixture.new("same name", content: "")
                new.content?.key = key
                return new
            })
        #expect(Set(entries.compactMap { $0.1?.id }).count == 4)
        #expect(entries.map { $0.1?.key } == keys)
    }

    @Test func aDocumentThatFailedStaysFailed() throws {
        try fixture.close("a.pdf", content: "bad", .failure(LedgerFixture.failure))
        let (arrival, document) = try fixture.capture("b.pdf", content: "bad")
        #expect(document.state == .failed)
        #expect(arrival.hasFailed)
        #expect(try ledger.outcome(of: arrival) == .failure(LedgerFixture.failure))
        try fixture.deliver(arrival)
        #expect(try ledger.arrival(arrival.id).state == .failed)
        #expect(try ledger.counts().inferences == 1)
    }

    @Test func aRefusedFileIsDeliveredAsAFailureWithoutADocument() throws {
        let new = NewArrival(inbox: "/in", path: "x", identity: nil, refusal: LedgerFixture.failure)
        let (arrival, document) = try #require(try ledger.capture([new]).first)
        #expect(document == nil)
        #expect(arrival.document == nil)
        #expect(arrival.identity == nil)
        #expect(arrival.hasFailed)
        #expect(try ledger.outcome(of: arrival) == .failure(LedgerFixture.failure))
        #expect(try ledger.key(of: arrival) == nil)
        try fixture.deliver(arrival)
        #expect(try ledger.arrival(arrival.id).state == .failed)
        #expect(try ledger.counts().failures == ["encrypted": 1])
    }

    @Test func aBatchIsWrittenWholeOrNotAtAll() throws {
        let neither = NewArrival(inbox: "/in", path: "x", identity: nil)
        let batch = (0..<10).map { LedgerFixture.new("\($0)", content: "\($0)") } + [neither]
        let error = #expect(throws: LedgerError.self) { try ledger.capture(batch) }
        #expect(error?.isMisuse == true)
        #expect(try ledger.counts() == LedgerCounts())
    }

    @Test func aBatchIsOneCommit() throws {
        let before = ledger.statistics
        let entries = try ledger.capture((0..<500).map { LedgerFixture.new("\($0)", content: "\($0 / 2)") })
        #expect(entries.map(\.0.path) == (0..<500).map(String.init))
        #expect(ledger.statistics.commits == before.commits + 1)
        #expect(ledger.statistics.calls == before.calls + 1)
        #expect(ledger.statistics.seconds > before.seconds)
        #expect(try ledger.counts().documents == [.waiting: 250])
    }

    @Test func anArrivalCanBeReadForAnotherPurposeUntilItsOutcomeIsKnown() throws {
        let (first, old) = try fixture.capture("a.pdf", content: "c0")
        let (second, _) = try fixture.capture("b.pdf", content: "c0")
        let key = DocumentKey(sha256: "c0", schema: "other", engine: "engine")
        let new = try ledger.rekey(arrival: first.id, to: key)
        #expect(new.key == key)
        #expect(new.state == .waiting)
        #expect(new.byteCount == 10)
        #expect(try ledger.arrivals(of: old.id).map(\.id) == [second.id])
        #expect(try ledger.rekey(arrival: second.id, to: key).id == new.id)
        #expect(try ledger.counts().documents == [.waiting: 1], "nobody waits for the old one")
        try fixture.settle(new.id)
        let kept = try ledger.rekey(arrival: first.id, to: old.key)
        #expect(kept.id == new.id)
        #expect(kept.state == .extracted)
    }
}
