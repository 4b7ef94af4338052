import DropFolder
import Extraction
import Files
import Foundation
import TestSupport
import Testing

@Suite("Files that are still being written, or change while they are read")
struct UnfinishedFileTests {
    private static func half(_ bytes: [UInt8]) -> (first: Data, second: Data) {
        (Data(bytes[..<(bytes.count / 2)]), Data(bytes[(bytes.count / 2)...]))
    }

    /// Opens a file to write; processes that other tests start meanwhile do not keep it open.
    private static func open(_ path: String) throws -> FileHandle {
        let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        try #require(descriptor >= 0)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    @Test("A writer that pauses for longer than the quiet time keeps its file until it closes it")
    func slowWriter() async throws {
        let bench = try DropFolderBench()
        let (first, second) = Self.half(SmallDocuments.png(1))
        try await bench.watching { _ in
            let writer = try Self.open(bench.inbox + "/slow.png")
            try writer.write(contentsOf: first)
            // Each of them is taken only after the quiet time of the slow file is over.
            for number in 2...4 {
                try bench.drop("witness-\(number).png", SmallDocuments.png(number))
                try await eventually("the others are not kept waiting") {
                    bench.files(in: bench.done).contains("witness-\(number).png")
                }
            }
            #expect(bench.files(in: bench.inbox) == ["slow.png"])
            try writer.write(contentsOf: second)
            try writer.close()
            try await eventually("the slow file is taken") { bench.files(in: bench.done).contains("slow.png") }
        }
        #expect(try bench.recordedHash("slow.json") == Files.sha256(of: bench.done + "/slow.png"))
        #expect(try Repository.bytes(of: bench.done + "/slow.png") == SmallDocuments.png(1))
        #expect(bench.inferences.count == 4)
        try bench.expectAllClosed(done: 4)
    }

    @Test("A copy that was begun before the service, and keeps an old time, is waited for")
    func startedMidCopy() async throws {
        let bench = try DropFolderBench()
        let (first, second) = Self.half(SmallDocuments.pdf(1, pageCount: 3))
        let path = bench.inbox + "/old.pdf"
        let writer = try Self.open(path)
        try writer.write(contentsOf: first)
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: path)

        try await bench.drain()
        #expect(bench.files(in: bench.inbox) == ["old.pdf"])
        #expect(bench.inferences.isEmpty)

        try writer.write(contentsOf: second)
        try writer.close()
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1e9)], ofItemAtPath: path)
        try await bench.drain()
        #expect(bench.files(in: bench.done) == ["old.pdf"])
        #expect(try bench.json(bench.records + "/old.json")["pages"]?.intValue == 3)
        try bench.expectAllClosed(done: 1)
    }

    enum Overwriting: String, CaseIterable, Sendable {
        case inPlace, byRename, withTheSameTime
    }

    @Test("A file that is overwritten while it is in work: both versions get a record", arguments: Overwriting.allCases)
    func overwrittenInWork(_ kind: Overwriting) async throws {
        let bench = try DropFolderBench()
        let versions = [SmallDocuments.png(101), SmallDocuments.png(102)]
        let path = bench.inbox + "/a.png"
        try bench.drop("a.png", versions[0])
        let gate = Gate()
        var behaviour = bench.behaviour
        behaviour.failure = { _ in
            gate.wait()
            return nil
        }
        try await bench.watching(behaviour: behaviour) { _ in
            try await eventually("it is in work") { gate.wasReached }
            let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            switch kind {
            case .inPlace, .withTheSameTime:
                let writer = try Self.open(path)
                try writer.write(contentsOf: Data(versions[1]))
                try writer.close()
            case .byRename:
                try bench.drop("other.png", versions[1], in: bench.root.path)
                #expect(rename(bench.root.path + "/other.png", path) == 0)
            }
            if kind == .withTheSameTime, let before {
                try FileManager.default.setAttributes([.modificationDate: before], ofItemAtPath: path)
            }
            gate.open()
            try await eventually("both are done") { bench.files(in: bench.done).count == 2 }
        }
        #expect(bench.files(in: bench.done) == ["a-2.png", "a.png"])
        #expect(bench.files(in: bench.records) == ["a-2.json", "a.json"])
        for (name, version) in zip(["a", "a-2"], versions) {
            #expect(try Repository.bytes(of: bench.done + "/\(name).png") == version)
            #expect(try bench.recordedHash(name + ".json") == Files.sha256(of: bench.done + "/\(name).png"))
        }
        #expect(bench.inferences.count == 2)
        #expect(bench.files(in: bench.inbox) == [])
        try bench.expectAllClosed(done: 2)
    }

    @Test("A file that is replaced again and again while it is taken is never read in part")
    func replacedWhileTaken() async throws {
        let bench = try DropFolderBench()
        var configuration = bench.configuration
        configuration.inboxes[0].quietSeconds = 0
        let count = 300
        try await bench.watching(configuration) { _ in
            let writing = Task.detached {
                for number in 1...count {
                    if number.isMultiple(of: 2) {
                        try bench.drop("a.png", SmallDocuments.png(number))
                    } else {
                        try bench.drop("other.png", SmallDocuments.png(number), in: bench.root.path)
                        #expect(rename(bench.root.path + "/other.png", bench.inbox + "/a.png") == 0)
                    }
                }
            }
            try await writing.value
            try await eventually("the last version is done") {
                try bench.files(in: bench.inbox).isEmpty
                    && bench.files(in: bench.done).contains {
                        try Repository.bytes(of: bench.done + "/" + $0) == SmallDocuments.png(count)
                    }
            }
        }
        #expect(bench.files(in: bench.failed) == [])
        let known = Set(try (1...count).map { try Files.sha256(of: bench.root.write("known", SmallDocuments.png($0))) })
        for inference in bench.inferences {
            #expect(known.contains(String(inference.prefix(64))))
        }
        try bench.expectAllClosed(done: bench.files(in: bench.done).count)
    }
}
