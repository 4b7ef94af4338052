import DropFolder
import Extraction
import Files
import Foundation
import TestEngine
import TestSupport
import Testing

@Suite("Which document is read when, and for what")
struct DropFolderChoiceTests {
    @Test("A document in one inbox does not wait for all of another")
    func fairness() async throws {
        let bench = try DropFolderBench()
        var configuration = bench.configuration
        var other = configuration.inboxes[0]
        other.name = "other"
        other.path = bench.root.path + "/other"
        configuration.inboxes.append(other)
        let gate = Gate()
        var behaviour = bench.behaviour
        behaviour.failure = { _ in
            gate.wait()
            return nil
        }
        for number in 1...100 { try bench.drop("\(number).png", SmallDocuments.png(number)) }
        try await bench.watching(configuration, behaviour: behaviour) { daemon in
            try await eventually("the first inbox has all it may have in work") { daemon.queues.inWork == 64 }
            try bench.drop("late.png", SmallDocuments.png(1000), in: other.path)
            try await eventually("the late one is taken") { daemon.queues.inWork == 65 }
            gate.open()
            try await eventually("all are done") { bench.closed == 101 }
        }
        let order = bench.events.all.compactMap { event in
            if case .started(let note) = event { note.path } else { nil }
        }
        let place = try #require(order.firstIndex(of: "late.png"))
        #expect(place < 20)
        try bench.expectAllClosed(done: 101, configuration)
    }

    @Test("A subfolder selects its schema")
    func subfolder() async throws {
        let bench = try DropFolderBench()
        let flexible = Array(
            #"{"type":"object","properties":{"sha256":{"type":"string"},"pages":{"type":"number"}}}"#.utf8)
        var reading = bench.configuration.inboxes[0].reading
        reading.schema = try bench.root.write("other.json", flexible)
        var configuration = bench.configuration
        configuration.inboxes[0].subfolders = [SubfolderConfiguration(path: "notes", reading: reading)]
        for name in ["a.png", "notes/b.png", "notes/deep/c.png", "notes-2/d.png"] {
            // The same bytes: read once for each schema.
            try bench.drop(name, SmallDocuments.png(1))
        }
        try await bench.drain(configuration)
        let ledger = try bench.ledger()
        var schemas: [String: String?] = [:]
        for arrival in try ledger.arrivals(limit: 9) { schemas[arrival.path] = try ledger.key(of: arrival)?.schema }
        #expect(schemas["notes/b.png"] == schemas["notes/deep/c.png"])
        #expect(schemas["a.png"] == schemas["notes-2/d.png"])
        #expect(schemas["a.png"] != schemas["notes/b.png"])
        #expect(bench.inferences.count == 2)
        try bench.expectAllClosed(done: 4, configuration)
    }

    @Test("Documents that wait when the schema changes are read for the new one")
    func schemaChanged() async throws {
        let bench = try DropFolderBench()
        var behaviour = bench.behaviour
        behaviour.failure = { _ in ExtractionError.modelNotFound(name: "gone", places: []) }
        var impatient = bench.configuration
        impatient.engineRetry.failures = 1
        for number in 1...3 { try bench.drop("\(number).png", SmallDocuments.png(number)) }
        try await bench.drain(impatient, behaviour: behaviour)
        let before = try bench.ledger()
        let old = try before.arrivals(limit: 9).map { try before.key(of: $0)?.schema }

        let changed = InstantEngine.schema.replacing("\"integer\"", with: "\"number\"")
        try bench.root.write("schema.json", Array(changed.utf8))
        try await bench.drain()
        let after = try bench.ledger()
        let new = try after.arrivals(limit: 9).map { try after.key(of: $0)?.schema }
        #expect(Set(old).count == 1)
        #expect(Set(new).count == 1)
        #expect(Set(old).isDisjoint(with: new))
        try bench.expectAllClosed(done: 3)
    }

    @Test("A document larger than the whole budget of memory is read all the same, and so are those behind it")
    func memoryBudget() async throws {
        let bench = try DropFolderBench()
        var configuration = bench.configuration
        configuration.queue.pages = 2
        configuration.queue.megabytes = 1
        configuration.queue.documents = 3
        configuration.limits.pages = 10_000
        let large = SmallDocuments.pdf(1, pageCount: 6_000)
        #expect(large.count > 1 << 20)
        try bench.drop("large.pdf", large)
        for number in 2...12 { try bench.drop("\(number).pdf", SmallDocuments.pdf(number, pageCount: 6)) }
        try await bench.drain(configuration)
        try bench.expectAllClosed(done: 12, configuration)
    }
}
