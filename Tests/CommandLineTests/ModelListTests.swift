import Foundation
import JSONSchema
import Subprocess
import TestSupport
import Testing

@Suite("gleaner model list and path")
struct ModelListTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs `gleaner model` with the folders of the XDG base directories within the temporary one.
    private func run(_ arguments: String...) async throws -> GleanerCommand {
        let result = try await Subprocess.run(
            .path(.init(GleanerCommand.executable)), arguments: .init(["model"] + arguments),
            environment: .inherit.updating([
                "XDG_DATA_HOME": folder.path + "/home", "XDG_DATA_DIRS": folder.path + "/a:" + folder.path + "/b",
            ]),
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        return GleanerCommand(
            code: GleanerCommand.code(result.terminationStatus), output: result.standardOutput,
            errors: result.standardError)
    }

    private func install(_ files: [String: String], as model: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder.path + "/" + model, withIntermediateDirectories: true)
        for (name, source) in files {
            try FileManager.default.copyItem(
                atPath: Repository.reference(source), toPath: folder.path + "/" + model + "/" + name)
        }
    }

    /// What the list says about models within the temporary folder.
    private func listed() async throws -> [JSONValue] {
        let command = try await run("list", "--json")
        #expect(command.code == 0, "\(command.errors)")
        let list = try #require(try JSONValue(parsing: Array(command.output.utf8)).arrayValue)
        return list.filter { $0["path"]?.stringValue?.hasPrefix(folder.path) == true }
    }

    @Test("the places, in the order of the search")
    func places() async throws {
        let command = try await run("path")
        #expect(command.code == 0)
        let places = command.outputLines.map(String.init)
        let expected = ["/home", "/a", "/b"].map { folder.path + $0 + "/gleaner/models" } + ["/var/lib/gleaner/models"]
        #expect(places.suffix(4) == expected)
        let json = try JSONValue(parsing: Array(try await run("path", "--json").output.utf8))
        #expect(json.arrayValue?.compactMap(\.stringValue) == places)
    }

    @Test("an installed model goes by its name where a path would do")
    func names() async throws {
        try install(["t.gguf": "gguf/text-q8_0.gguf", "m.gguf": "gguf/mmproj-f16.gguf"], as: "a/gleaner/models/tiny")
        let report = try JSONValue(parsing: Array(try await run("inspect", "tiny", "--json").output.utf8))
        #expect(report["parameters"]?.intValue == 858_912)
        #expect(try await run("verify", "tiny").outputLines.count == 2)
        let written = folder.path + "/small.gguf"
        let command = try await run("quantize", "tiny", written, "--type", "q8_0")
        #expect(command.code == 0, "\(command.errors)")
        #expect(FileManager.default.fileExists(atPath: written))
    }

    @Test("models of every format with type and size; a second one of a name is shadowed; damaged ones are marked")
    func list() async throws {
        let gguf = ["t.gguf": "gguf/text-q8_0.gguf", "m.gguf": "gguf/mmproj-f16.gguf"]
        try install(gguf, as: "home/gleaner/models/one")
        try install(
            [
                "config.json": "model/hf-f32/config.json", "model.safetensors": "model/hf-f32/model.safetensors",
                "tekken.json": "tokenizer/tekken_v11_tiny.json",
            ],
            as: "a/gleaner/models/two")
        try install(gguf, as: "b/gleaner/models/one")
        try install(["single.gguf": "gguf/text-q4_0.gguf"], as: "b/gleaner/models")
        try install([:], as: "b/gleaner/models/nothing")
        try folder.write("b/gleaner/models/bad.gguf", Array("GGUF".utf8))

        let models = try await listed()
        #expect(models.compactMap { $0["name"]?.stringValue } == ["one", "two", "bad.gguf", "one", "single.gguf"])
        #expect(models.map { $0["format"]?.stringValue } == ["GGUF", "Hugging Face", nil, "GGUF", "GGUF"])
        #expect(models.map { $0["type"]?.stringValue } == ["Q8_0", "F32", nil, "Q8_0", "Q4_0"])
        #expect(models.map { $0["fault"]?.isNull == true } == [true, true, false, true, true])
        let first = folder.path + "/home/gleaner/models/one"
        #expect(models.map { $0["shadowed_by"]?.stringValue } == [nil, nil, nil, first, nil])
        let size = try gguf.values.reduce(0) { try $0 + Repository.bytes(of: Repository.reference($1)).count }
        #expect(models[0]["bytes"]?.intValue == size)

        let table = try await run("list").output
        #expect(table.contains("shadowed by \(first)") && table.contains("single.gguf"))
        #expect(!table.contains("\u{1B}"), "no colours but on a terminal")
    }
}
