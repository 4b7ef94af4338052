import DropFolder
import Testing

struct LedgerDocumentTests {
    private let fixture: LedgerFixture
    private var ledger: Ledger { fixture.ledger }

    init() throws { fixture = try LedgerFixture() }

    @Test func aRecordIsKeptWhole() throws {
        let (arrival, document) = try fixture.capture("a.pdf", content: "c0")
        #expect(try ledger.outcome(of: document.id) == nil)
        let record = ExtractedRecord(
            record: Array("{\"a\":\"é\u{0}\"}".utf8), report: [], pageCount: 5, pages: [2, 4], endedByBudget: true)
        try fixture.settle(document.id, .record(record))
        #expect(try ledger.outcome(of: document.id) == .record(record))
        #expect(try ledger.outcome(of: arrival) == .record(record))
        let settled = try ledger.document(document.id)
        #expect(settled.state == .extracted)
        #expect(settled.pageCount == 5)
    }

    @Test func aFailureIsKeptWhole() throws {
        let (arrival, document) = try fixture.capture("a.pdf", content: "c0")
        try fixture.settle(document.id, .failure(LedgerFixture.failure))
        #expect(try ledger.outcome(of: document.id) == .failure(LedgerFixture.failure))
        #expect(try ledger.outcome(of: arrival) == .failure(LedgerFixture.failure))
        #expect(try ledger.document(document.id).state == .failed)
        #expect(try ledger.arrival(arrival.id).hasFailed)
    }

    @Test func faultsOfTheEngineAreCountedApart() throws {
        let (_, document) = try fixture.capture("a.pdf", content: "c0")
        try ledger.begin(document: document.id)
        #expect(try ledger.postpone(document: document.id, engineFailed: true).engineFailures == 1)
        try ledger.begin(document: document.id)
        let postponed = try ledger.postpone(document: document.id, engineFailed: false)
        #expect(postponed.state == .waiting)
        #expect(postponed.starts == 2)
        #expect(postponed.engineFailures == 1)
        #expect(postponed.interruptions == 0)
        try fixture.settle(document.id)
        #expect(try ledger.document(document.id).engineFailures == 0)
    }

    @Test func whatWasInWorkWhenTheProcessEndedWaitsAgain() throws {
        let (_, working) = try fixture.capture("a.pdf", content: "c0")
        let (_, waiting) = try fixture.capture("b.pdf", content: "c1")
        try ledger.begin(document: working.id)
        let reopened = try Ledger(path: fixture.path)
        #expect(try reopened.recoverInterrupted().map(\.id) == [working.id])
        #expect(try reopened.document(working.id).state == .waiting)
        #expect(try reopened.document(working.id).interruptions == 1)
        #expect(try reopened.document(waiting.id).interruptions == 0)
        #expect(try reopened.recoverInterrupted().isEmpty)
        #expect(try reopened.begin(document: working.id).interruptions == 1)
    }

    @Test func stepsOutOfOrderAreRefusedAndWriteNothing() throws {
        let (_, document) = try fixture.capture("a.pdf", content: "c0")
        let steps: [(Ledger) throws -> Void] = [
            { try $0.settle(document: document.id, .record(LedgerFixture.record)) },
            { try $0.postpone(document: document.id, engineFailed: true) },
            { try $0.begin(document: 999) },
        ]
        for step in steps { expectMisuse { try step(ledger) } }
        #expect(try ledger.document(document.id) == document)
        #expect(try ledger.outcome(of: document.id) == nil)
        try fixture.settle(document.id)
        expectMisuse { try ledger.begin(document: document.id) }
        expectMisuse { try ledger.settle(document: document.id, .failure(LedgerFixture.failure)) }
        #expect(try ledger.outcome(of: document.id) == .record(LedgerFixture.record))
        #expect(try ledger.counts().inferences == 1)
    }

    @Test func bytesThatWereLostFailBeforeTheEngineSawThem() throws {
        let (_, document) = try fixture.capture("a.pdf", content: "c0")
        try ledger.settle(document: document.id, .failure(LedgerFixture.failure))
        #expect(try ledger.document(document.id).state == .failed)
        #expect(try ledger.counts().inferences == 0)
    }
}

/// A defect of the caller: told as such, not as a fault of the machine.
func expectMisuse(_ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) {
    let error = #expect(throws: LedgerError.self, sourceLocation: sourceLocation) { try body() }
    #expect(error?.isMisuse == true, sourceLocation: sourceLocation)
    #expect(error?.isMachineFault == false, sourceLocation: sourceLocation)
}
