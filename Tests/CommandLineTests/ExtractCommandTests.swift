import Foundation
import JSONSchema
import TestSupport
import Testing

@Suite("gleaner extract")
struct ExtractCommandTests {
    private let folder: TemporaryFolder
    private let model: ReferenceModelFolder
    private let schema: String

    init() throws {
        folder = try TemporaryFolder()
        model = try ReferenceModelFolder()
        schema = try folder.write("schema.json", wordSchema)
    }

    private func extract(_ arguments: String...) async throws -> GleanerCommand {
        try await GleanerCommand.run(["extract", "--schema", schema] + arguments, model: model.path)
    }

    private func json(_ text: some StringProtocol) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    @Test("the sample is read without error by the model that ships")
    func sample() async throws {
        let command = try await GleanerCommand.run(
            "extract", Repository.path("samples/receipt.pdf"), "--schema", Repository.path("schemas/receipt.json"))
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.errors.isEmpty)
        let expected = try JSONValue(parsing: Repository.bytes(of: Repository.path("samples/receipt.json")))
        #expect(try json(command.output) == expected)
    }

    @Test(
        "PDF, PNG and JPEG each give a record on standard output, and nothing else",
        arguments: [
            "two-pages.pdf", "rgb8.png", "ycbcr.jpg",
        ])
    func kinds(_ name: String) async throws {
        let command = try await extract(fixture(name))
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.errors.isEmpty)
        let record = try json(command.output)
        #expect(record["word"]?.stringValue.map { $0.unicodeScalars.count <= 4 } == true)
    }

    @Test("--json prints one line with record, model, hash, pages, tokens and seconds")
    func report() async throws {
        let command = try await extract(fixture("two-pages.pdf"), "--json", "--pages", "2", "--max-tokens", "40")
        #expect(command.outputLines.count == 1)
        let report = try json(command.output)
        #expect(report["file"]?.stringValue == fixture("two-pages.pdf"))
        #expect(report["record"]?["word"]?.stringValue != nil)
        #expect(report["model"]?.stringValue == model.path.split(separator: "/").last.map(String.init))
        #expect(report["schema_sha256"]?.stringValue?.utf8.count == 64)
        #expect(report["page_count"]?.intValue == 2)
        #expect(report["pages"] == [2])
        #expect(report["tokens"]?["budget"]?.intValue == 40)
        let generated = try #require(report["tokens"]?["generated"]?.intValue)
        #expect((1...40).contains(generated))
        let image = try #require(report["tokens"]?["image"]?.intValue)
        #expect(try #require(report["tokens"]?["prompt"]?.intValue) > image && image > 0)
        let total = try #require(report["seconds"]?["total"]?.doubleValue)
        #expect(total > 0)
        for stage in ["open", "render", "encode", "prefill", "decode"] {
            #expect(try #require(report["seconds"]?[stage]?.doubleValue) <= total)
        }
    }

    @Test("all pages go into one context")
    func pages() async throws {
        func imageTokens(_ arguments: String...) async throws -> Int {
            let command = try await GleanerCommand.run(
                ["extract", "--schema", schema, "--json", fixture("two-pages.pdf")] + arguments, model: model.path)
            return try #require(try json(command.output)["tokens"]?["image"]?.intValue)
        }
        let first = try await imageTokens("--pages", "1")
        let second = try await imageTokens("--pages", "2")
        #expect(try await imageTokens() == first + second)
    }

    @Test("--skip-blank leaves blank pages out and says which, on standard error and in the report")
    func blankPages() async throws {
        let document = try folder.write("blank.pdf", SmallDocuments.pdf(1, pageCount: 3, blank: [2]))
        let command = try await extract(document, "--json", "--skip-blank")
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.errorLines.count == 1)
        #expect(command.errors.contains("left out: 2"))
        let report = try json(command.output)
        #expect(report["pages"] == [1, 3])
        #expect(report["skipped_pages"] == [2])
        let kept = try await extract(document, "--json")
        #expect(kept.errors.isEmpty)
        #expect(try json(kept.output)["pages"] == [1, 2, 3])
    }

    @Test("an encrypted PDF is read with its password, from the command line or a file")
    func passwords() async throws {
        #expect(try await extract(fixture("encrypted.pdf")).code == 83)
        #expect(try await extract(fixture("encrypted.pdf"), "--password", "reader").code == 0)
        let file = try folder.write("passwords", Array("wrong\nreader".utf8))
        #expect(try await extract(fixture("encrypted.pdf"), "--passwords", file).code == 0)
    }

    @Test("several documents give one line each, and a bad one does not stop the others")
    func several() async throws {
        let command = try await extract(fixture("rgb8.png"), fixture("truncated.pdf"), fixture("ycbcr.jpg"))
        #expect(command.code == 65)
        #expect(command.outputLines.count == 2)
        for line in command.outputLines { #expect(try json(line)["word"] != nil) }
        #expect(command.errorLines.count == 1)
        #expect(command.errors.contains("truncated.pdf"))
    }

    @Test("--output writes the file whole and leaves nothing beside it")
    func output() async throws {
        let file = folder.path + "/record.json"
        try folder.write("record.json", Array("old".utf8))
        let command = try await extract(fixture("rgb8.png"), "--output", file)
        #expect(command.code == 0)
        #expect(command.output.isEmpty)
        #expect(try JSONValue(parsing: Repository.bytes(of: file))["word"] != nil)
        #expect(folder.contents == ["record.json", "schema.json"])
        let nowhere = try await extract(fixture("rgb8.png"), "--output", folder.path + "/absent/record.json")
        #expect(nowhere.code == 73)
        #expect(nowhere.errors.contains("--output"))
        let device = try await extract(fixture("rgb8.png"), "--output", "/dev/null")
        #expect(device.code == 0)
        #expect(
            try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType != .typeRegular)
        let link = folder.path + "/link.json"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "record.json")
        #expect(try await extract(fixture("ycbcr.jpg"), "--output", link).code == 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "record.json")
        let full = try await extract(fixture("rgb8.png"), "--output", "/dev/full")
        #expect(full.code == 73)
        #expect(folder.contents == ["link.json", "record.json", "schema.json"])
    }

    @Test("a record that its budget ended is said to be so, on standard error")
    func endedByBudget() async throws {
        // Of some 2,000 tokens that may follow in a string one ends it: the model never takes it in time.
        let schema = try folder.write("long.json", Array(#"{"type":"string","minLength":1}"#.utf8))
        let command = try await GleanerCommand.run(
            "extract", "--schema", schema, fixture("rgb8.png"), "--json", "--max-tokens", "5", model: model.path)
        #expect(command.code == 0)
        #expect(try json(command.output)["ended_by_budget"] == true)
        #expect(command.errorLines.count == 1)
        #expect(command.errors.contains("--max-tokens"))
    }

    @Test("the same seed gives the same record, another seed another")
    func seeds() async throws {
        func record(_ seed: String) async throws -> String {
            try await extract(fixture("rgb8.png"), "--temperature", "1", "--seed", seed).output
        }
        let first = try await record("1")
        #expect(try await record("1") == first)
        var others: Set<String> = []
        for seed in ["2", "3", "4"] { others.insert(try await record(seed)) }
        #expect(others != [first])
    }

    @Test("help has examples")
    func help() async throws {
        let command = try await GleanerCommand.run("extract", "--help")
        #expect(command.code == 0)
        #expect(command.output.contains("EXAMPLES"))
    }
}
