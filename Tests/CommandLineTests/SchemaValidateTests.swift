import JSONSchema
import TestSupport
import Testing

@Suite("gleaner schema validate")
struct SchemaValidateTests {
    private let folder: TemporaryFolder
    private let schema: String

    init() throws {
        folder = try TemporaryFolder()
        schema = try folder.write(
            "schema.json",
            Array(
                #"""
                {"type":"object","properties":{"total":{"$ref":"#/$defs/amount"},"day":{"format":"date"}},
                 "required":["total","day"],"$defs":{"amount":{"type":"number","minimum":0}}}
                """#.utf8))
    }

    private func validate(_ instance: String, _ arguments: String...) async throws -> GleanerCommand {
        let file = try folder.write("record.json", Array(instance.utf8))
        return try await GleanerCommand.run(["schema", "validate", schema, file] + arguments)
    }

    @Test("a valid document")
    func valid() async throws {
        let command = try await validate(#"{"total":1.50,"day":"2024-02-29"}"#)
        #expect(command.code == 0)
        #expect(command.output == "\(folder.path)/record.json: valid\n")
        #expect(command.errors.isEmpty)
    }

    @Test("every violation is named with both places")
    func violations() async throws {
        let instance = #"{"total":-1,"day":"2023-02-29"}"#
        let command = try await validate(instance)
        #expect(command.code == 65)
        #expect(command.output.contains("not valid, 2 violations"))
        #expect(command.outputLines.count == 3)
        #expect(command.output.contains("/total") && command.output.contains("#/$defs/amount/minimum"))
        let json = try await validate(instance, "--json")
        #expect(json.code == 65)
        let report = try JSONValue(parsing: Array(json.output.utf8))
        #expect(report["valid"] == false)
        let first = try #require(report["violations"]?[0])
        #expect(first["instance"]?.stringValue == "/total")
        #expect(first["schema"]?.stringValue == "/properties/total/$ref/minimum")
        #expect(first["location"]?.stringValue?.hasSuffix("#/$defs/amount/minimum") == true)
        #expect(first["message"]?.stringValue?.isEmpty == false)
    }

    @Test("formats restrict unless they are annotations")
    func formats() async throws {
        let command = try await validate(#"{"total":1,"day":"today"}"#, "--formats", "annotate")
        #expect(command.code == 0)
        #expect(try await validate(#"{"total":1,"day":"today"}"#).code == 65)
    }

    @Test("standard input, and several documents with one that is no JSON")
    func several() async throws {
        let piped = try await GleanerCommand.run(
            ["schema", "validate", schema, "-"], input: #"{"total":0,"day":"2024-01-01"}"#)
        #expect(piped.code == 0)
        #expect(piped.output == "standard input: valid\n")
        let good = try folder.write("good.json", Array(#"{"total":0,"day":"2024-01-01"}"#.utf8))
        let broken = try folder.write("broken.json", Array(#"{"total":0,"total":1}"#.utf8))
        let command = try await GleanerCommand.run("schema", "validate", schema, broken, good)
        #expect(command.code == 65)
        #expect(command.outputLines.count == 1)
        #expect(command.errorLines.count == 1)
        #expect(command.errors.contains("broken.json"))
    }

    @Test("schemas that cannot be used, and wrong usage")
    func refusals() async throws {
        let bad = try folder.write("bad.json", Array(#"{"type":"text"}"#.utf8))
        let command = try await GleanerCommand.run("schema", "validate", bad, schema)
        #expect(command.code == 87)
        #expect(command.errors.contains("type") && command.output.isEmpty)
        #expect(try await GleanerCommand.run("schema", "validate", schema).code == 64)
        #expect(try await GleanerCommand.run("schema", "validate", "-", "-").code == 64)
        #expect(try await GleanerCommand.run("schema", "validate", schema, folder.path + "/absent.json").code == 66)
    }
}
