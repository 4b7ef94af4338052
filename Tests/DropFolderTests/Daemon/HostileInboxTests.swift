import DropFolder
import Foundation
import TestSupport
import Testing

@Suite("Whoever drops files must not lead the service elsewhere, nor stop it")
struct HostileInboxTests {
    private let bench: DropFolderBench

    init() throws { bench = try DropFolderBench() }

    private func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    @Test("a retry does not follow a link that took the place of a folder in the inbox")
    func retryThroughLink() async throws {
        let elsewhere = bench.root.path + "/elsewhere"
        try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
        try bench.drop("sub/bad.pdf", Array("no PDF at all".utf8))
        try await bench.drain()
        #expect(bench.files(in: bench.failed) == ["sub/bad.error.json", "sub/bad.pdf"])
        try FileManager.default.removeItem(atPath: bench.inbox + "/sub")
        try link(bench.inbox + "/sub", to: elsewhere)
        let ledger = try Ledger(path: DropFolderDaemon.ledgerPath(bench.configuration))
        #expect(throws: RetryError.self) { try Retry(ledger: ledger).send(1) }
        #expect(try ledger.arrival(1).state == .failed, "nothing was begun")
        #expect(bench.files(in: elsewhere).isEmpty)
        #expect(bench.files(in: bench.failed).contains("sub/bad.pdf"), "it stays where it was")
    }

    @Test("a folder that becomes a link while its document is read is left alone; the copy is delivered")
    func linkWhileInWork() async throws {
        let elsewhere = bench.root.path + "/elsewhere"
        try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
        try bench.drop("a.png", SmallDocuments.png(1), in: elsewhere)
        var behaviour = bench.behaviour
        let inbox = bench.inbox
        behaviour.failure = { _ in
            // The same file under the same path, by way of a link.
            rename(inbox + "/sub", inbox + "/.away")
            symlink(elsewhere, inbox + "/sub")
            return nil
        }
        try bench.drop("sub/a.png", SmallDocuments.png(1))
        try await bench.drain(behaviour: behaviour)
        #expect(bench.files(in: elsewhere) == ["a.png"])
        #expect(bench.files(in: bench.done) == ["sub/a.png"])
        #expect(bench.files(in: bench.records) == ["sub/a.json"])
    }

    @Test("a name that the service uses for itself does not keep a document from being delivered")
    func plantedName() async throws {
        try FileManager.default.createDirectory(atPath: bench.inbox + "/.gleaner-1", withIntermediateDirectories: true)
        try bench.drop("a.png", SmallDocuments.png(1))
        try await bench.drain()
        #expect(bench.files(in: bench.records) == ["a.json"])
        #expect(bench.files(in: bench.done) == ["a.png"])
    }

    @Test("a file and later a folder of the same name both find their places")
    func fileThenFolder() async throws {
        try bench.drop("invoices", SmallDocuments.png(1))
        try bench.drop("x.json/b.png", SmallDocuments.png(3))
        try await bench.drain()
        try FileManager.default.removeItem(atPath: bench.inbox + "/x.json")
        try bench.drop("invoices/a.png", SmallDocuments.png(2))
        try bench.drop("x.png", SmallDocuments.png(4))
        try await bench.drain()
        #expect(bench.files(in: bench.done) == ["invoices", "invoices-2/a.png", "x-2.png", "x.json/b.png"])
        #expect(bench.files(in: bench.records) == ["invoices-2/a.json", "invoices.json", "x-2.json", "x.json/b.json"])
        #expect(try bench.audit().gaps == [])
    }
}
