import JSONSchema
import TestSupport
import Testing

@Suite("gleaner schema check")
struct SchemaCheckTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func check(_ schema: String, _ arguments: String...) async throws -> GleanerCommand {
        let file = try folder.write("schema.json", Array(schema.utf8))
        return try await GleanerCommand.run(["schema", "check", file] + arguments)
    }

    private func report(_ schema: String, _ arguments: String...) async throws -> JSONValue {
        let file = try folder.write("schema.json", Array(schema.utf8))
        let command = try await GleanerCommand.run(["schema", "check", file, "--json"] + arguments)
        #expect(command.outputLines.count == 1)
        return try JSONValue(parsing: Array(command.output.utf8))
    }

    /// What holds a keyword at a place.
    private func holder(_ keyword: String, at pointer: String = "", in report: JSONValue) -> String? {
        report["keywords"]?.arrayValue?
            .first { $0["keyword"]?.stringValue == keyword && $0["pointer"]?.stringValue == pointer }?["held_by"]?
            .stringValue
    }

    @Test("a good schema: draft, shortest value, keywords")
    func good() async throws {
        let command = try await check(
            #"{"type":"object","properties":{"n":{"type":"integer","minimum":100}},"required":["n"]}"#)
        #expect(command.code == 0, "\(command.errors)")
        #expect(command.errors.isEmpty)
        #expect(command.output.contains("draft 2020-12"))
        #expect(command.output.contains(#"9 bytes: {"n":100}"#))
        #expect(command.output.contains("minimum"))
        #expect(!command.output.contains("\u{1B}"), "no colours but on a terminal")
    }

    @Test("the schema that ships is good, and its shortest value is valid")
    func shipped() async throws {
        let path = Repository.path("schemas/receipt.json")
        let command = try await GleanerCommand.run("schema", "check", path, "--json")
        #expect(command.code == 0, "\(command.errors)")
        let report = try JSONValue(parsing: Array(command.output.utf8))
        #expect(report["compiled"] == true)
        #expect(report["shortest_violation"]?.isNull == true)
        let shortest = try folder.write("shortest.json", try #require(report["shortest"]).serialized())
        #expect(try await GleanerCommand.run("schema", "validate", path, shortest).code == 0)
    }

    @Test("what masks hold, what state at run time does, and what restricts nothing")
    func holders() async throws {
        let schema = #"""
            {"type":"object","title":"t","properties":{
              "a":{"type":"array","items":{"type":"integer"},"uniqueItems":true,"contains":{"const":1},"maxItems":3},
              "f":{"type":"string","format":"colour"},"d":{"type":"string","format":"date"}},
             "additionalProperties":false,"maxProperties":2}
            """#
        let report = try await report(schema)
        #expect(holder("type", in: report) == "masks")
        #expect(holder("properties", in: report) == "masks")
        #expect(holder("additionalProperties", in: report) == "masks")
        #expect(holder("maxProperties", in: report) == "state")
        #expect(holder("uniqueItems", at: "/properties/a", in: report) == "state")
        #expect(holder("contains", at: "/properties/a", in: report) == "state")
        #expect(holder("maxItems", at: "/properties/a", in: report) == "masks")
        #expect(holder("format", at: "/properties/d", in: report) == "masks")
        #expect(holder("format", at: "/properties/f", in: report) == "nothing")
        #expect(holder("title", in: report) == nil)
        #expect(holder("properties", in: try await self.report(schema, "--order", "any")) == "state")
        let annotated = try await self.report(schema, "--formats", "annotate")
        #expect(holder("format", at: "/properties/d", in: annotated) == "nothing")
    }

    @Test("older drafts are told, and their keywords keep their names")
    func drafts() async throws {
        let named = try await report(
            #"{"$schema":"http://json-schema.org/draft-07/schema#","dependencies":{"a":["b"]},"items":[true]}"#)
        #expect(named["draft"]?.stringValue == "http://json-schema.org/draft-07/schema")
        #expect(holder("dependencies", in: named) == "state")
        #expect(holder("items", in: named) == "masks")
        let chosen = try await report(#"{"minimum":1,"exclusiveMinimum":true}"#, "--draft", "4")
        #expect(chosen["draft"]?.stringValue == "http://json-schema.org/draft-04/schema")
        #expect(holder("minimum", in: chosen) == "masks")
        #expect(chosen["shortest"]?.isNull == true || chosen["shortest_bytes"]?.intValue == 1)
    }

    @Test("a refusal has keyword, place and exit code; --lenient leaves it to the validator")
    func refusal() async throws {
        let schema = #"{"properties":{"a":{"not":{"uniqueItems":true}}}}"#
        let refused = try await check(schema)
        #expect(refused.code == 87)
        #expect(refused.output.isEmpty)
        #expect(refused.errorLines.count == 1)
        #expect(refused.errors.contains("uniqueItems") && refused.errors.contains("/properties/a/not"))
        let report = try await report(schema)
        #expect(report["compiled"] == false)
        #expect(report["refused"]?[0]?["keyword"]?.stringValue == "uniqueItems")
        #expect(report["refused"]?[0]?["pointer"]?.stringValue == "/properties/a/not")
        let lenient = try await check(schema, "--lenient")
        #expect(lenient.code == 0, "\(lenient.errors)")
        #expect(lenient.output.contains("the validator alone"))
    }

    @Test("all that is refused is named, not the first alone")
    func refusals() async throws {
        let command = try await check(
            #"{"properties":{"a":{"not":{"uniqueItems":true}},"b":{"type":"string","pattern":"^(a)\\1$"}}}"#)
        #expect(command.code == 87)
        #expect(command.errorLines.count == 2, "\(command.errors)")
        #expect(command.errors.contains("/properties/b"))
    }

    @Test("a keyword that no draft knows is refused, or restricts nothing with --lenient")
    func unknownKeyword() async throws {
        #expect(try await check(#"{"maxLenght":3}"#).code == 87)
        let lenient = try await report(#"{"maxLenght":3}"#, "--lenient")
        #expect(holder("maxLenght", in: lenient) == "nothing")
    }

    @Test("a schema that nothing satisfies is refused")
    func contradiction() async throws {
        let command = try await check(#"{"type":"string","minLength":4,"maxLength":3}"#)
        #expect(command.code == 87)
        #expect(command.errors.contains("satisfied by no finite value"))
    }

    @Test("references lead into a folder, and nowhere else")
    func references() async throws {
        try folder.write("part.json", Array(#"{"const":"here"}"#.utf8))
        let schema = #"{"$ref":"https://example.org/schemas/part.json"}"#
        #expect(try await check(schema).code == 87)
        let found = try await report(
            schema, "--local-references", folder.path, "--base", "https://example.org/schemas/")
        #expect(found["shortest"]?.stringValue == "here")
        let outside = try await check(
            #"{"$ref":"https://example.org/schemas/..%2Fpart.json"}"#, "--local-references", folder.path + "/absent",
            "--base", "https://example.org/schemas/")
        #expect(outside.code == 87)
        #expect(try await report(#"{"$ref":"part.json"}"#, "--local-references", folder.path)["compiled"] == true)
    }

    @Test("several files, of which a bad one does not stop the others")
    func several() async throws {
        let good = try folder.write("good.json", Array("true".utf8))
        let bad = try folder.write("bad.json", Array("{".utf8))
        let command = try await GleanerCommand.run("schema", "check", folder.path + "/absent.json", bad, good)
        #expect(command.code == 66)
        #expect(command.errorLines.count == 2)
        #expect(command.errors.contains("line 1"))
        #expect(command.output.contains("good.json"))
        #expect(try await GleanerCommand.run("schema", "check", bad).code == 86)
        #expect(try await GleanerCommand.run("schema", "check", folder.path).code == 80)
        #expect(try await GleanerCommand.run("schema", "check").code == 64)
    }
}
