import DropFolder
import Files
import Foundation
import TestSupport
import Testing

@Suite("Names that are out of the ordinary")
struct OutputNameTests {
    @Test("Every name that the system takes is taken, and told apart by its bytes")
    func names() async throws {
        let bench = try DropFolderBench()
        let names = [
            "caf\u{E9}.png", "cafe\u{301}.png", "two\nlines.png", "quo\"te,comma.png", "-rf.png", "no suffix",
            "trailing.",
            "\u{1F9FE} receipt.png", "a.json", "a.error.json", "spaces  and\ttabs.png",
            String(repeating: "x", count: 251) + ".png", String(repeating: "\u{E9}", count: 125) + ".png",
            "b." + String(repeating: "y", count: 250), "deep/er/and/deeper/c.png",
        ]
        for (number, name) in names.enumerated() { try bench.drop(name, SmallDocuments.png(number)) }
        try await bench.drain()
        // And all again, with other bytes: every name gets a number.
        for (number, name) in names.enumerated() { try bench.drop(name, SmallDocuments.png(100 + number)) }
        try await bench.drain()

        #expect(bench.files(in: bench.inbox) == [])
        #expect(bench.files(in: bench.records).count == 2 * names.count)
        let present = bench.files(in: bench.done).map { Array($0.utf8) }
        for name in names { #expect(present.contains(Array(name.utf8)), "\(name)") }
        try bench.expectAllClosed(done: 2 * names.count)
    }

    @Test("A name that is not UTF-8 is never touched, and the audit tells of it")
    func notUTF8() async throws {
        let bench = try DropFolderBench()
        let path: [CChar] =
            bench.inbox.utf8.map { CChar(bitPattern: $0) } + [0x2F, CChar(bitPattern: 0xE9), 0x2E, 0x70, 0]
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        #expect(descriptor >= 0)
        close(descriptor)
        try bench.drop("good.png", SmallDocuments.png(1))
        try await bench.drain()
        #expect(bench.files(in: bench.done) == ["good.png"])
        #expect(access(path, F_OK) == 0)
        #expect(try bench.audit().gaps.map(\.kind) == [.inbox])
    }

    @Test("Names that exist are never overwritten, whoever made them")
    func strangers() async throws {
        let bench = try DropFolderBench()
        var kept: [String] = []
        for folder in [bench.records, bench.done, bench.failed] {
            for name in ["a.json", "a.png", "a.error.json"] {
                try bench.drop(name, Array("mine".utf8), in: folder)
                kept.append(folder + "/" + name)
            }
        }
        try bench.drop("a.png", SmallDocuments.png(1))
        try await bench.drain()
        for path in kept { #expect(try Repository.bytes(of: path) == Array("mine".utf8)) }
        #expect(bench.files(in: bench.done).contains("a-2.png"))
        #expect(bench.files(in: bench.records).contains("a-2.json"))
        let report = try bench.audit()
        #expect(report.gaps == [])
        #expect(report.strangers == kept.count)
    }

    @Test("A name that someone takes after it was promised: another is found, and nothing is lost")
    func takenMeanwhile() async throws {
        let bench = try DropFolderBench()
        try bench.drop("a.png", SmallDocuments.png(1))
        let daemon = try bench.process(["--drain", "--die-at", "delivered:1"])
        try await eventually("it dies") { !daemon.isRunning }
        try bench.drop("a.png", Array("mine".utf8), in: bench.done)
        try await bench.drain()
        #expect(try Repository.bytes(of: bench.done + "/a.png") == Array("mine".utf8))
        #expect(try Repository.bytes(of: bench.done + "/a-2.png") == SmallDocuments.png(1))
        #expect(bench.files(in: bench.inbox) == [])
        let report = try bench.audit()
        #expect(report.gaps == [])
        #expect(report.done == 1)
        #expect(report.strangers == 1)
    }

    @Test("Folders that are not there yet are made, also within each other")
    func missingFolders() async throws {
        let bench = try DropFolderBench()
        var configuration = bench.configuration
        configuration.inboxes[0].records = bench.root.path + "/not/there/records"
        configuration.inboxes[0].done = bench.root.path + "/not/there/either/done"
        configuration.inboxes[0].jsonl = bench.root.path + "/nor/this/all.jsonl"
        try bench.drop("deep/a.png", SmallDocuments.png(1))
        try await bench.drain(configuration)
        #expect(bench.files(in: configuration.inboxes[0].records) == ["deep/a.json"])
        #expect(bench.files(in: configuration.inboxes[0].done) == ["deep/a.png"])
        try bench.expectAllClosed(done: 1, configuration)
    }
}
