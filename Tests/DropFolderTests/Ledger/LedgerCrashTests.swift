import DropFolder
import Foundation
import TestSupport
import Testing

struct LedgerCrashTests {
    /// Works through documents until it is killed at a random moment, and says on its standard output what it was promised.
    @Test(arguments: 0..<8) func killedAtAnyMomentNothingThatWasPromisedIsLost(_ round: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/ledger.sqlite"
        let result = try await #require(
            processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]
        ) { [path = path as String] in
            Thread.detachNewThread {
                usleep(.random(in: 1000...120_000))
                kill(getpid(), SIGKILL)
            }
            func promise(_ word: String, _ id: Int64) {
                let line = Array("\n\(word) \(id)\n".utf8)
                write(STDOUT_FILENO, line, line.count)
            }
            let ledger = try Ledger(path: path)
            for number in 0... {
                let new = [0, 1].map { LedgerFixture.new("\(number)-\($0)", content: "\(number)") }
                for (arrival, document) in try ledger.capture(new) {
                    promise("captured", arrival.id)
                    guard let document else { continue }
                    if !document.hasOutcome, try !ledger.document(document.id).hasOutcome {
                        try ledger.begin(document: document.id)
                        let fails = number % 3 == 0
                        try ledger.settle(
                            document: document.id,
                            fails ? .failure(LedgerFixture.failure) : .record(LedgerFixture.record))
                        promise("settled", document.id)
                    }
                    try ledger.reserve([(arrival.id, LedgerFixture.names(arrival.path))])
                    promise("reserved", arrival.id)
                    try ledger.delivered([arrival.id])
                    try ledger.close([(arrival.id, false)])
                    promise("closed", arrival.id)
                }
            }
        }
        try checkPromises(String(decoding: result.standardOutputContent, as: UTF8.self), path)
    }

    private func checkPromises(_ output: String, _ path: String) throws {
        let ledger = try Ledger(path: path)
        #expect(try ledger.integrityProblems().isEmpty)
        try ledger.recoverInterrupted()
        for line in output.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let id = Int64(words[1]) else { continue }
            switch words[0] {
            case "captured": _ = try ledger.arrival(id)
            case "settled": #expect(try ledger.outcome(of: id) != nil)
            case "reserved": #expect(try ledger.arrival(id).names != nil)
            case "closed": #expect(try ledger.arrival(id).closedAt != nil)
            default: continue
            }
        }
        try finish(ledger)
    }

    /// What is left can be worked off.
    private func finish(_ ledger: Ledger) throws {
        for arrival in try ledger.unfinished() {
            if let id = arrival.document, try !ledger.document(id).hasOutcome {
                try ledger.begin(document: id)
                try ledger.settle(document: id, .record(LedgerFixture.record))
            }
            if [.captured, .reserved].contains(arrival.state) {
                try ledger.reserve([(arrival.id, LedgerFixture.names(arrival.path))])
                try ledger.delivered([arrival.id])
            }
            try ledger.close([(arrival.id, false)])
        }
        let counts = try ledger.counts()
        #expect(counts.unfinished == 0)
        #expect(counts.documents[.waiting] == nil && counts.documents[.working] == nil)
    }

    /// The files as a power cut would leave them after each step.
    @Test func aCopyTakenAfterAnyStepIsConsistent() throws {
        let fixture = try LedgerFixture()
        let ledger = fixture.ledger
        var copies: [(copy: Ledger, arrivals: [Arrival], folder: TemporaryFolder)] = []
        func copy() throws {
            let folder = try TemporaryFolder()
            for suffix in ["", "-wal", "-shm"] {
                try folder.write("ledger.sqlite" + suffix, Repository.bytes(of: fixture.path + suffix))
            }
            copies.append((try Ledger(path: folder.path + "/ledger.sqlite"), try ledger.arrivals(limit: 99), folder))
        }
        for path in ["a", "b"] {
            let (arrival, document) = try fixture.capture(path, content: "same")
            try copy()
            if !document.hasOutcome {
                try ledger.begin(document: document.id)
                try copy()
                try ledger.settle(document: document.id, .failure(LedgerFixture.failure))
                try copy()
            }
            try ledger.reserve([(arrival.id, LedgerFixture.names(path))])
            try copy()
            try ledger.delivered([arrival.id])
            try copy()
            try ledger.close([(arrival.id, false)])
            try copy()
        }
        #expect(copies.count == 10)
        for (copy, arrivals, _) in copies {
            #expect(try copy.integrityProblems().isEmpty)
            #expect(try copy.arrivals(limit: 99) == arrivals)
            #expect(copy.id == ledger.id)
        }
    }
}
