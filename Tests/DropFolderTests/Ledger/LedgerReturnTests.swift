import DropFolder
import Testing

struct LedgerReturnTests {
    private let fixture: LedgerFixture
    private var ledger: Ledger { fixture.ledger }

    init() throws { fixture = try LedgerFixture() }

    private func failed(_ path: String, content: String) throws -> Arrival {
        try fixture.close(path, content: content, .failure(LedgerFixture.failure))
    }

    @Test func aFailedDocumentIsReadAgain() throws {
        let arrival = try failed("a.pdf", content: "c0")
        let returning = try ledger.startReturn([arrival.id])
        #expect(returning.map(\.state) == [.returning])
        #expect(returning.first?.names == LedgerFixture.names("a.pdf"))
        #expect(try ledger.unfinished().map(\.id) == [arrival.id])
        let document = try #require(arrival.document)
        #expect(try ledger.document(document).state == .waiting)
        #expect(try ledger.outcome(of: document) == nil)
        try ledger.finishReturn(arrival.id)
        #expect(try ledger.arrival(arrival.id).state == .returned)
        #expect(try ledger.unfinished().isEmpty)

        let second = try fixture.close("a.pdf", content: "c0")
        #expect(second.document == document)
        #expect(second.state == .done)
        #expect(try ledger.document(document).starts == 2)
        #expect(try ledger.counts().arrivals == [.returned: 1, .done: 1])
    }

    @Test func otherArrivalsOfTheDocumentKeepTheFailureTheyWereClosedWith() throws {
        let first = try failed("a.pdf", content: "c0")
        let second = try failed("b.pdf", content: "c0")
        try ledger.startReturn([first.id])
        try ledger.finishReturn(first.id)
        try fixture.close("a.pdf", content: "c0")
        #expect(try ledger.arrival(second.id).state == .failed)
        #expect(try ledger.outcome(of: second) == .failure(LedgerFixture.failure))
        #expect(try ledger.failures(limit: 9).map(\.arrival.id) == [second.id])
        // The record is there by now: returning needs no inference.
        try ledger.startReturn([second.id])
        try ledger.finishReturn(second.id)
        #expect(try fixture.capture("b.pdf", content: "c0").1.state == .extracted)
    }

    @Test func aDeliveryUnderWayIsNotDisturbed() throws {
        let first = try failed("a.pdf", content: "c0")
        let (second, _) = try fixture.capture("b.pdf", content: "c0")
        try ledger.startReturn([first.id])
        try fixture.deliver(second)
        #expect(try ledger.arrival(second.id).state == .failed)
    }

    @Test func allAreReturnedOrNone() throws {
        let arrival = try failed("a.pdf", content: "c0")
        let done = try fixture.close("b.pdf", content: "c1")
        expectMisuse { try ledger.startReturn([arrival.id, done.id]) }
        #expect(try ledger.arrival(arrival.id).state == .failed)
        #expect(try ledger.document(try #require(arrival.document)).state == .failed)
    }

    @Test func aRefusedFileCanBeReturned() throws {
        let new = NewArrival(
            inbox: "/srv/inbox", path: "x", identity: LedgerFixture.identity(1), refusal: LedgerFixture.failure)
        let arrival = try #require(try ledger.capture([new]).first).0
        try fixture.deliver(arrival, sourceLeft: true)
        #expect(try ledger.leftSources(inbox: "/srv/inbox").count == 1)
        try ledger.startReturn([arrival.id])
        try ledger.finishReturn(arrival.id)
        #expect(try ledger.leftSources(inbox: "/srv/inbox").isEmpty)
        #expect(try ledger.counts().failures.isEmpty)
    }
}
