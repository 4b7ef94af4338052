import DropFolder
import Extraction
import Files
import Foundation
import TestSupport
import Testing

@Suite("What an audit finds")
struct AuditTests {
    /// What is done to a drop folder behind its back.
    enum Damage: String, CaseIterable, Sendable {
        case recordRemoved, recordChanged, recordBroken, sourceRemoved, sourceChanged, failedSourceRemoved,
            errorRemoved, errorChanged
        case lineTorn, lineTwice, lineChanged, copyRemoved

        var kind: AuditReport.Gap.Kind {
            switch self {
            case .recordRemoved, .recordChanged, .recordBroken, .errorRemoved, .errorChanged: .record
            case .sourceRemoved, .sourceChanged, .failedSourceRemoved: .source
            case .lineTorn, .lineTwice, .lineChanged: .line
            case .copyRemoved: .pending
            }
        }

        /// Whether someone may just have fetched the file.
        var isTaken: Bool {
            switch self {
            case .recordRemoved, .sourceRemoved, .failedSourceRemoved, .errorRemoved: true
            default: false
            }
        }

        func apply(_ bench: DropFolderBench) throws {
            let line = bench.root.path + "/all.jsonl"
            switch self {
            case .recordRemoved: try Files.remove(bench.records + "/1.json")
            case .recordChanged:
                try Self.edit(bench.records + "/1.json") { $0.replacing("\"pages\": 1", with: "\"pages\": 2") }
            case .recordBroken: try Self.edit(bench.records + "/1.json") { $0 + "}" }
            case .sourceRemoved: try Files.remove(bench.done + "/1.png")
            case .sourceChanged:
                let file = try #require(FileHandle(forUpdatingAtPath: bench.done + "/1.png"))
                try file.seek(toOffset: 60)
                try file.write(contentsOf: Data([7]))
                try file.close()
            case .failedSourceRemoved: try Files.remove(bench.failed + "/bad.png")
            case .errorRemoved: try Files.remove(bench.failed + "/bad.error.json")
            case .errorChanged:
                try Self.edit(bench.failed + "/bad.error.json") { $0.replacing("unknown-content", with: "encrypted") }
            case .lineTorn: try Self.edit(line) { String($0.dropLast(9)) }
            case .lineTwice: try Self.edit(line) { $0 + ($0.split(separator: "\n").last ?? "") + "\n" }
            case .lineChanged: try Self.edit(line) { $0.replacing("1.png", with: "7.png") }
            case .copyRemoved:
                for name in try Files.names(in: bench.state + "/spool") {
                    try Files.remove(bench.state + "/spool/" + name)
                }
            }
        }

        private static func edit(_ path: String, _ change: (String) -> String) throws {
            let before = try String(contentsOfFile: path, encoding: .utf8)
            let after = change(before)
            #expect(after != before)
            try after.write(toFile: path, atomically: false, encoding: .utf8)
        }
    }

    @Test("Every kind of damage is named, with the file", arguments: Damage.allCases)
    func finds(_ damage: Damage) async throws {
        let bench = try DropFolderBench()
        var configuration = bench.configuration
        configuration.inboxes[0].jsonl = bench.root.path + "/all.jsonl"
        for number in 1...3 { try bench.drop("\(number).png", SmallDocuments.png(number)) }
        try bench.drop("bad.png", Array("no document".utf8))
        try await bench.drain(configuration)
        // One more that waits for an engine.
        var behaviour = bench.behaviour
        behaviour.failure = { _ in ExtractionError.modelNotFound(name: "gone", places: []) }
        var impatient = configuration
        impatient.engineRetry.failures = 1
        try bench.drop("waiting.png", SmallDocuments.png(4))
        try await bench.drain(impatient, behaviour: behaviour)
        let before = try bench.audit(configuration)
        #expect(before.gaps == [])
        #expect(before.done == 3 && before.failed == 1 && before.inWork == 1)

        try damage.apply(bench)
        let gaps = try bench.audit(configuration).gaps
        #expect(Set(gaps.map(\.kind)) == [damage.kind])
        #expect(gaps.allSatisfy { $0.path.hasPrefix(bench.root.path) && !$0.message.isEmpty })
        let tolerant = try Audit(configuration, ledger: bench.ledger(), toleratesTaken: true).run()
        #expect(tolerant.isClean == damage.isTaken)
    }

    @Test("A document whose safe copy is gone is taken from its source again, or fails")
    func copyLost() async throws {
        let bench = try DropFolderBench()
        var behaviour = bench.behaviour
        behaviour.failure = { _ in ExtractionError.modelNotFound(name: "gone", places: []) }
        var impatient = bench.configuration
        impatient.engineRetry.failures = 1
        for number in 1...2 { try bench.drop("\(number).png", SmallDocuments.png(number)) }
        try await bench.drain(impatient, behaviour: behaviour)
        try Damage.copyRemoved.apply(bench)
        try Files.remove(bench.inbox + "/2.png")
        try await bench.drain()
        #expect(bench.files(in: bench.done) == ["1.png"])
        #expect(try bench.errorCode("2.error.json") == "copy-lost")
        // Its bytes are gone, and that is said.
        let report = try bench.audit()
        #expect(report.done == 1 && report.failed == 1 && report.inWork == 0)
        #expect(report.gaps.map(\.kind) == [.source])
    }
}
