import DropFolder
import Files
import Foundation
import JSONSchema
import TestSupport
import Testing

@Suite("Records as lines of JSONL and CSV")
struct LineDeliveryTests {
    private static func lines(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
    }

    private static func files(of jsonl: String) throws -> Set<String> {
        Set(try lines(jsonl).map { try JSONValue(parsing: Array($0.utf8))["file"]?.stringValue ?? "" })
    }

    private static func configuration(_ bench: DropFolderBench) -> DropFolderConfiguration {
        var configuration = bench.configuration
        configuration.inboxes[0].jsonl = bench.root.path + "/all.jsonl"
        configuration.inboxes[0].csv = bench.root.path + "/all.csv"
        return configuration
    }

    @Test("One whole line for each record, also when the files are rotated in between")
    func rotation() async throws {
        let bench = try DropFolderBench()
        let configuration = Self.configuration(bench)
        try await bench.watching(configuration) { _ in
            for round in 1...3 {
                for number in 1...10 {
                    try bench.drop("\(round)-\(number).png", SmallDocuments.png(100 * round + number))
                }
                // The same bytes again: a line of their own.
                try bench.drop("\(round)-again.png", SmallDocuments.png(100 * round + 1))
                try await eventually("they are done") { bench.closed == 11 * round }
                guard round < 3 else { continue }
                for name in ["all.jsonl", "all.csv"] {
                    #expect(rename(bench.root.path + "/" + name, bench.root.path + "/\(name).\(round)") == 0)
                }
            }
        }
        for name in ["all.jsonl.1", "all.jsonl.2", "all.jsonl"] {
            #expect(try Self.lines(bench.root.path + "/" + name).count == 11)
            #expect(try Self.files(of: bench.root.path + "/" + name).count == 11)
        }
        for name in ["all.csv.1", "all.csv.2", "all.csv"] {
            let lines = try Self.lines(bench.root.path + "/" + name)
            #expect(lines.first == "id,file,sha256,pages")
            #expect(lines.count == 12)
        }
        try bench.expectAllClosed(done: 33, configuration)
    }

    @Test(
        "A rotation between a crash and the next start brings no line twice",
        arguments: ["reserved", "linesWritten", "delivered"])
    func rotationAfterCrash(_ point: String) async throws {
        let bench = try DropFolderBench()
        let configuration = Self.configuration(bench)
        try bench.drop("a.png", SmallDocuments.png(1))
        let lines = "jsonl: \(bench.root.path)/all.jsonl\n    csv: \(bench.root.path)/all.csv"
        let daemon = try bench.process(["--drain", "--die-at", point + ":1"], inboxSettings: lines)
        try await eventually("it dies") { !daemon.isRunning }
        #expect(daemon.exitCode == 128 + SIGKILL)
        if point != "reserved" { #expect(rename(bench.root.path + "/all.csv", bench.root.path + "/all.csv.1") == 0) }
        try bench.drop("b.png", SmallDocuments.png(2))
        try await bench.drain(configuration)

        #expect(try Self.lines(bench.root.path + "/all.jsonl").count == 2)
        let csv = ["all.csv", "all.csv.1"].flatMap { (try? Self.lines(bench.root.path + "/" + $0)) ?? [] }
        #expect(csv.filter { !$0.hasPrefix("id,") }.count == 2)
        try bench.expectAllClosed(done: 2, configuration)
    }

    @Test("A line that others left torn does not spoil the next one")
    func tornByOthers() async throws {
        let bench = try DropFolderBench()
        let configuration = Self.configuration(bench)
        try bench.root.write("all.jsonl", Array("{\"half\":".utf8))
        try bench.drop("a.png", SmallDocuments.png(1))
        try await bench.drain(configuration)
        let lines = try Self.lines(bench.root.path + "/all.jsonl")
        #expect(lines.count == 2)
        #expect(try JSONValue(parsing: Array((lines.last ?? "").utf8))["file"]?.stringValue == "a.png")
        #expect(try bench.audit(configuration).gaps.map(\.kind) == [.line])
    }
}
