import Foundation
import JSONSchema
import TestSupport
import Testing

@Suite("gleaner drain, status, retry, audit, config")
struct DrainCommandTests {
    @Test("a drain gives each document its record or its error, and audit and status agree")
    func drain() async throws {
        let fixture = try DropFolderFixture()
        try fixture.drop("rgb8.png", "two-pages.pdf", "encrypted.pdf")
        let drain = try await fixture.run("drain")
        #expect(drain.code == 65, "\(drain.errors)")
        #expect(drain.output.isEmpty)
        #expect(drain.errorLines.count == 3, "one log line for each document: \(drain.errors)")
        #expect(try fixture.json("records/rgb8.json")["word"]?.stringValue != nil)
        #expect(try fixture.json("records/two-pages.json")["word"]?.stringValue != nil)
        #expect(try fixture.json("failed/encrypted.error.json")["code"] == "encrypted")
        #expect(fixture.exists("done/rgb8.png") && fixture.exists("done/two-pages.pdf"))
        #expect(fixture.exists("failed/encrypted.pdf"))

        let audit = try await fixture.run("audit")
        #expect(audit.code == 0, "\(audit.output)")
        #expect(audit.outputLines.last == "no gaps")

        let status = try await fixture.run("status", "--json")
        #expect(status.code == 0)
        let value = try JSONValue(parsing: Array(status.output.utf8))
        #expect(value["inboxes"]?[0]?["done"]?.intValue == 2)
        #expect(value["inboxes"]?[0]?["failed"]?.intValue == 1)
        #expect(value["pages"]?.intValue == 3)
        #expect(value["failures"]?[0]?["code"] == "encrypted")
        #expect(value["process"] == .null)
        let table = try await fixture.run("status")
        #expect(table.output.contains("encrypted.pdf"))
    }

    @Test("a failed document goes back to its inbox by its id, and is read again")
    func retry() async throws {
        let fixture = try DropFolderFixture()
        try fixture.drop("encrypted.pdf")
        _ = try await fixture.run("drain")
        let retry = try await fixture.run("retry", "1")
        #expect(retry.code == 0, "\(retry.errors)")
        #expect(retry.output == "1  \(fixture.inbox)/encrypted.pdf\n")
        #expect(fixture.exists("inbox/encrypted.pdf") && !fixture.exists("failed/encrypted.error.json"))
        let again = try await fixture.run("drain")
        #expect(again.code == 65)
        #expect(try fixture.json("failed/encrypted.error.json")["id"]?.intValue == 2)
        #expect(try await fixture.run("audit").code == 0)
        // What is not there, or has not failed, is said and changes nothing.
        #expect(try await fixture.run("retry", "99").code == 66)
        #expect(try await fixture.run("retry", "1").code == 64)
        #expect(try await fixture.run("retry").code == 64)
        #expect(try await fixture.run("retry", "--all").outputLines.count == 1)
    }

    @Test("an audit names a document whose bytes have changed, and leaves with 65")
    func gap() async throws {
        let fixture = try DropFolderFixture()
        try fixture.drop("rgb8.png")
        _ = try await fixture.run("drain")
        try fixture.folder.write("done/rgb8.png", [1, 2, 3])
        let audit = try await fixture.run("audit")
        #expect(audit.code == 65)
        #expect(audit.output.contains("GAP  1  \(fixture.folder.path)/done/rgb8.png"))
        let json = try JSONValue(parsing: Array(try await fixture.run("audit", "--json").output.utf8))
        #expect(json["gaps"]?[0]?["kind"] == "source")
    }

    @Test("encrypted documents are read with a file of passwords, blank pages are left out and told of")
    func passwordsAndBlankPages() async throws {
        let fixture = try DropFolderFixture("    blank_pages: skip\npasswords: passwords")
        #expect(try await fixture.run("config", "check").code == 66, "the file of passwords is not there")
        try fixture.folder.write("passwords", Array("reader\n".utf8))
        try fixture.drop("encrypted.pdf")
        try fixture.folder.write("inbox/letter.pdf", SmallDocuments.pdf(1, pageCount: 3, blank: [2]))
        let drain = try await fixture.run("drain")
        #expect(drain.code == 0, "\(drain.errors)")
        #expect(fixture.exists("records/encrypted.pdf.json") || fixture.exists("records/encrypted.json"))
        #expect(drain.errors.contains("letter.pdf: blank pages were left out: 2"))
        #expect(try await fixture.run("audit").code == 0, "the page that was left out is no gap")
    }

    @Test("a configuration is checked as a whole; each mistake has its line")
    func config() async throws {
        let fixture = try DropFolderFixture()
        let good = try await fixture.run("config", "check")
        #expect(good.code == 0, "\(good.errors)")
        #expect(good.output == "\(fixture.configuration): good, 1 inbox\n")
        #expect(!fixture.exists("state") && !fixture.exists("records"), "a check creates nothing")

        try fixture.write("threads: many\nmodle: mini")
        let bad = try await fixture.run("config", "check")
        #expect(bad.code == 78)
        #expect(bad.errorLines.count == 2, "\(bad.errors)")
        #expect(bad.errors.contains("gleaner.yaml:11:") && bad.errors.contains("gleaner.yaml:12:"))
        #expect(bad.errors.contains("model"), "the key that was meant is named")

        try fixture.write("", schema: "missing.json")
        #expect(try await fixture.run("config", "check").code == 66)
        #expect(try await GleanerCommand.run("watch", "--config", "/nonexistent.yaml").code == 78)
    }

    @Test("a ledger that is not there is said to be missing")
    func noLedger() async throws {
        let fixture = try DropFolderFixture()
        for command in ["status", "audit"] {
            let result = try await fixture.run(command)
            #expect(result.code == 66, "\(command)")
            #expect(result.errors.contains("there is no ledger yet"), "\(result.errors)")
        }
    }

    @Test("the reference of the configuration is the page in docs")
    func reference() async throws {
        let reference = try await GleanerCommand.run("config", "reference")
        #expect(Array(reference.output.utf8) == (try Repository.bytes(of: Repository.path("docs/configuration.md"))))
    }
}
