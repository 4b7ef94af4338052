import Foundation
import TestSupport
import Testing

/// Bad input: its own exit code, one line that names the file and the fix, nothing on standard output, nothing written.
@Suite("Bad input")
struct BadInputTests {
    private let folder: TemporaryFolder
    private let model: ReferenceModelFolder
    private let schema: String
    private var output: String { folder.path + "/record.json" }

    init() throws {
        folder = try TemporaryFolder()
        model = try ReferenceModelFolder()
        schema = try folder.write("schema.json", wordSchema)
    }

    private func expectRefusal(
        _ command: GleanerCommand, _ code: Int32, naming file: String, saying words: String...,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(command.code == code, "\(command.errors)", sourceLocation: location)
        #expect(command.output.isEmpty, sourceLocation: location)
        #expect(command.errorLines.count == 1, "\(command.errors)", sourceLocation: location)
        #expect(command.errors.contains(file), "\(command.errors)", sourceLocation: location)
        for word in words { #expect(command.errors.contains(word), "\(command.errors)", sourceLocation: location) }
        #expect(!folder.contents.contains { $0.hasPrefix("record.json") }, sourceLocation: location)
    }

    private func extract(_ file: String, _ more: String...) async throws -> GleanerCommand {
        try await GleanerCommand.run(
            ["extract", file, "--schema", schema, "--output", output] + more, model: model.path)
    }

    @Test("a file that is not there")
    func missingFile() async throws {
        let file = folder.path + "/absent.pdf"
        expectRefusal(try await extract(file), 66, naming: file, saying: "check the path")
    }

    @Test("a directory")
    func directory() async throws {
        expectRefusal(try await extract(folder.path), 80, naming: folder.path, saying: "directory")
    }

    @Test("an empty file")
    func emptyFile() async throws {
        let file = try folder.write("empty.pdf", [])
        expectRefusal(try await extract(file), 81, naming: file, saying: "empty")
    }

    @Test("a text file, whatever its name")
    func textFile() async throws {
        let file = try folder.write("letter.pdf", Array("Dear Sir or Madam,\n".utf8))
        expectRefusal(try await extract(file), 82, naming: file, saying: "text")
    }

    @Test("a truncated document", arguments: ["truncated.pdf", "rgb8-truncated.png", "ycbcr-truncated.jpg"])
    func truncated(_ name: String) async throws {
        expectRefusal(try await extract(fixture(name)), 65, naming: fixture(name), saying: "cut short")
    }

    @Test("an encrypted PDF")
    func encrypted() async throws {
        expectRefusal(
            try await extract(fixture("encrypted.pdf")), 83, naming: fixture("encrypted.pdf"), saying: "password")
    }

    @Test("a page that is not there")
    func page() async throws {
        let file = fixture("two-pages.pdf")
        expectRefusal(try await extract(file, "--pages", "2-3"), 85, naming: file, saying: "no page 3", "--pages")
    }

    @Test("a budget that no record fits, and one that the context does not")
    func budget() async throws {
        let file = fixture("rgb8.png")
        expectRefusal(try await extract(file, "--max-tokens", "2"), 84, naming: file, saying: "--max-tokens")
        expectRefusal(try await extract(file, "--max-tokens", "5000"), 84, naming: file, saying: "4096")
    }

    private func extract(schema text: String) async throws -> (GleanerCommand, String) {
        let file = try folder.write("bad.json", Array(text.utf8))
        let command = try await GleanerCommand.run(
            "extract", fixture("rgb8.png"), "--schema", file, "--output", output, model: model.path)
        return (command, file)
    }

    @Test("a schema that is not JSON")
    func schemaNotJSON() async throws {
        let (command, file) = try await extract(schema: "{\"type\": \"object\",\n  properties: {}}")
        expectRefusal(command, 86, naming: file, saying: "line 2")
    }

    @Test("a schema with a keyword that is not supported")
    func schemaKeyword() async throws {
        let (command, file) = try await extract(
            schema: #"{"type":"object","properties":{"d":{"type":"string","pattern":"^(a)\\1$"}}}"#)
        expectRefusal(command, 87, naming: file, saying: "pattern", "/properties/d")
    }

    @Test("what cannot be held while a record is written is left to its check on demand")
    func lenient() async throws {
        let schema = #"{"type":"array","items":{"type":"object"},"uniqueItems":true}"#
        let (strict, file) = try await extract(schema: schema)
        expectRefusal(strict, 87, naming: file, saying: "uniqueItems", "the root")
        let lenient = try await GleanerCommand.run(
            "extract", fixture("rgb8.png"), "--schema", file, "--lenient", model: model.path)
        #expect(lenient.code != 87)
        #expect(lenient.errors.contains("uniqueItems"))
        #expect(lenient.errors.contains("the result is checked for it"))
    }

    @Test("a schema that is not there")
    func schemaMissing() async throws {
        let file = folder.path + "/absent.json"
        let command = try await GleanerCommand.run("extract", fixture("rgb8.png"), "--schema", file, model: model.path)
        expectRefusal(command, 66, naming: file, saying: "--schema")
    }

    private func extract(model folder: String) async throws -> GleanerCommand {
        try await GleanerCommand.run(
            "extract", fixture("rgb8.png"), "--schema", schema, "--output", output, "--model", folder)
    }

    @Test("a model that is not there")
    func modelMissing() async throws {
        expectRefusal(try await extract(model: folder.path + "/absent"), 69, naming: "absent", saying: "--model")
    }

    @Test("a model that lacks a tensor")
    func tensorMissing() async throws {
        let name = "vision_tower.transformer.layers.1.attention.k_proj.weight"
        let broken = try ReferenceModelFolder(header: replacing(name, "renamed"))
        expectRefusal(try await extract(model: broken.path), 88, naming: broken.path, saying: name)
    }

    @Test("a model whose tensors have other shapes than its configuration")
    func tensorShape() async throws {
        let broken = try ReferenceModelFolder(
            config: replacing("\"intermediate_size\": 192", "\"intermediate_size\": 200"))
        expectRefusal(try await extract(model: broken.path), 89, naming: broken.path, saying: "shape", "mlp")
    }

    @Test("a model without its tokenizer")
    func tokenizerMissing() async throws {
        let broken = try ReferenceModelFolder()
        try FileManager.default.removeItem(atPath: broken.path + "/tekken.json")
        expectRefusal(try await extract(model: broken.path), 78, naming: broken.path, saying: "tekken.json")
    }

    @Test("a model whose tokenizer belongs to another")
    func tokenizerOfAnotherModel() async throws {
        let broken = try ReferenceModelFolder(
            config: replacing("\"image_token_index\": 10", "\"image_token_index\": 11"))
        expectRefusal(try await extract(model: broken.path), 78, naming: broken.path, saying: "[IMG]")
    }

    @Test("a model whose weights are no numbers")
    func weightsAreNoNumbers() async throws {
        let broken = try ReferenceModelFolder(data: { $0 = [UInt8](repeating: 0xFF, count: $0.count) })
        expectRefusal(try await extract(model: broken.path), 78, naming: broken.path, saying: "model.safetensors")
    }

    @Test(
        "wrong usage",
        arguments: [["extract"], ["extract", "a.pdf"], ["extract", "a.pdf", "--schema", "b", "--pages", "x"]])
    func usage(_ arguments: [String]) async throws {
        let command = try await GleanerCommand.run(arguments)
        #expect(command.code == 64)
        #expect(command.output.isEmpty)
        #expect(command.errors.contains("Usage: gleaner extract"))
    }
}
