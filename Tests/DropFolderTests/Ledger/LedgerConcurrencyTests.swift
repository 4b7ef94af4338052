import DropFolder
import Foundation
import Testing

struct LedgerConcurrencyTests {
    private let fixture: LedgerFixture
    private var ledger: Ledger { fixture.ledger }

    init() throws { fixture = try LedgerFixture() }

    @Test func severalThreadsSeeOneDocumentForTheSameBytes() throws {
        let fixture = fixture
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<25 {
                #expect(throws: Never.self) { try fixture.capture("\(thread)-\(number)", content: "\(number)") }
            }
        }
        #expect(try ledger.counts().arrivals == [.captured: 100])
        #expect(try ledger.counts().documents == [.waiting: 25])
        #expect(ledger.statistics.calls >= 100)
    }

    @Test func aReaderSeesWhatIsWrittenMeanwhile() throws {
        let reader = try Ledger(readingFrom: fixture.path)
        #expect(try reader.unfinished().isEmpty)
        try fixture.capture("a", content: "a")
        #expect(try reader.unfinished().map(\.path) == ["a"])
        let error = #expect(throws: LedgerError.self) { try reader.begin(document: 1) }
        #expect(error == .readOnly(path: fixture.path))
        #expect(try reader.counts().documents == [.waiting: 1], "it reads on")
    }

    @Test func anotherProcessCanReadAndRetryAtTheSameTime() async throws {
        let failed = try fixture.close("a", content: "a", .failure(LedgerFixture.failure))
        let path = fixture.path
        await #expect(processExitsWith: .success) { [path = path as String] in
            let reader = try Ledger(readingFrom: path)
            let other = try Ledger(path: path, creating: false)
            let failures = try reader.failures(limit: 9)
            for entry in try other.startReturn(failures.map(\.arrival.id)) { try other.finishReturn(entry.id) }
            guard try reader.counts().arrivals == [.returned: 1] else { exit(1) }
        }
        #expect(try ledger.arrival(failed.id).state == .returned)
        #expect(try fixture.close("a", content: "a").state == .done)
    }

    @Test func twoWritersTakeTurns() throws {
        let path = fixture.path
        DispatchQueue.concurrentPerform(iterations: 2) { writer in
            #expect(throws: Never.self) {
                let own = try Ledger(path: path)
                for number in 0..<50 {
                    _ = try own.capture([LedgerFixture.new("\(writer)-\(number)", content: "\(number)")])
                }
            }
        }
        #expect(try ledger.counts().arrivals == [.captured: 100])
        #expect(try ledger.counts().documents == [.waiting: 50])
    }
}
