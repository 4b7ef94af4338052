import JSONSchema
import Testing

@testable import Grammar

/// What is malformed is refused with its keyword and place, and nothing takes unbounded time or memory.
struct SchemaTableErrorTests {
    private func refusal(_ schema: JSONValue, _ options: SchemaTableOptions = SchemaTableOptions()) -> GrammarError? {
        do {
            _ = try SchemaTable(schema, options: options)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            ("type", 1), ("type", "float"), ("type", []), ("type", ["null", "null"]), ("enum", 1), ("minimum", "1"),
            ("exclusiveMaximum", true), ("multipleOf", 0), ("multipleOf", -1), ("multipleOf", 0e9), ("minLength", -1),
            ("maxLength", 1.5), ("maxLength", "1"), ("pattern", 1), ("format", 1), ("prefixItems", 1),
            ("items", [true]),
            ("items", 1), ("contains", nil), ("minItems", -1.0), ("maxItems", [:]), ("uniqueItems", 1),
            ("properties", []),
            ("properties", ["a": 1]), ("patternProperties", 1), ("additionalProperties", "no"), ("required", true),
            ("required", [1]), ("required", ["a", "a"]), ("dependentRequired", ["a": "b"]),
            ("dependentSchemas", ["a": []]),
            ("dependencies", ["a": "b"]), ("propertyNames", 1), ("allOf", []), ("anyOf", []), ("oneOf", [1]),
            ("not", 1),
            ("if", 1), ("then", 1), ("$ref", 1), ("$ref", "#/nowhere"), ("$ref", "#nowhere"), ("$ref", "#/a~2"),
            ("$ref", "#/%2"), ("$ref", "#/required"), ("$ref", "elsewhere.json"), ("$dynamicRef", "#nowhere"),
            ("$defs", []), ("$id", 1), ("$anchor", "1a"), ("$anchor", ""), ("$dynamicAnchor", 1), ("x-order", "random"),
            ("minContains", 0.5),
        ] as [(String, JSONValue)])
    func malformedKeywordsAreNamed(keyword: String, value: JSONValue) throws {
        var object = JSONObject()
        object[keyword] = value
        if keyword != "required" { object["required"] = ["x"] }
        let error = try #require(refusal(["properties": ["a/b": .object(object)]]))
        #expect(error.keyword == keyword)
        #expect(error.pointer.description == "/properties/a~1b")
        #expect(error.message.hasPrefix("keyword `\(keyword)` at /properties/a~1b "))
    }

    @Test func theRootMustBeASchema() throws {
        #expect(try #require(refusal("a")).pointer == .root)
        #expect(
            try #require(refusal([true])).message
                == "the schema at the root is an array: a schema is an object, true or false")
    }

    @Test func keywordsOfOlderDrafts() {
        let draft4: JSONValue = ["$schema": "http://json-schema.org/draft-04/schema#", "exclusiveMinimum": 1]
        #expect(refusal(draft4)?.keyword == "exclusiveMinimum")
        let draft2019: JSONValue = ["$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveRef": "#/a"]
        #expect(refusal(draft2019)?.keyword == "$recursiveRef")
        #expect(refusal(["$schema": "https://example.com/unknown"])?.keyword == "$schema")
        #expect(refusal(["$id": "https://example.com/a#b"])?.keyword == "$id")
    }

    @Test func unknownKeywordsAreRefusedOnDemand() {
        let options = SchemaTableOptions(refusesUnknownKeywords: true)
        #expect(refusal(["items": ["minlength": 1]], options)?.keyword == "minlength")
        #expect(refusal(["x-note": 1, "title": "t", "default": 1, "$comment": "c"], options) == nil)
        #expect(refusal(["items": ["minlength": 1]]) == nil)
    }

    @Test func namesThatTwoSchemasHave() {
        let anchors: JSONValue = ["a": ["$anchor": "x"], "b": ["$anchor": "x"]]
        #expect(refusal(["$ref": "#x", "$defs": anchors])?.keyword == "$ref")
        let identifiers: JSONValue = ["a": ["$id": "urn:x:y"], "b": ["$id": "urn:x:y"]]
        #expect(refusal(["$ref": "urn:x:y", "$defs": identifiers])?.keyword == "$ref")
        #expect(refusal(["$ref": "#/$defs/a", "$defs": identifiers]) == nil)
    }

    @Test func errorsNameTheOtherDocument() throws {
        struct Broken: Error {}
        let options = SchemaTableOptions(resolver: { uri in
            if uri == "urn:x:broken" { throw Broken() }
            return ["not": ["minimum": "1"]]
        })
        let inside = try #require(refusal(["$ref": "urn:x:other"], options))
        #expect(inside.message == "keyword `minimum` at /not of urn:x:other must be a number, not a string")
        #expect(refusal(["$ref": "urn:x:broken"], options)?.message.contains("could not be read") == true)
    }

    @Test func endlessChainsOfDocumentsEnd() {
        let options = SchemaTableOptions(resolver: { uri in ["$ref": .string(uri + "x")] })
        #expect(refusal(["$ref": "urn:x:a"], options)?.message.contains("one document too many") == true)
        #expect(
            refusal(["$ref": .string("urn:x:" + String(repeating: "a", count: 5000))], options)?.keyword == "$ref")
    }

    @Test func deepSchemasAreRead() throws {
        var schema: JSONValue = true
        for _ in 0..<1000 { schema = ["items": schema] }
        #expect(try SchemaTable(schema).nodes.count == 1001)
        let reference = "#" + String(repeating: "/items", count: 1000)
        #expect(try SchemaTable(["$ref": .string(reference), "items": schema]).nodes.count > 1000)
    }

    @Test func tooManySchemasAreRefused() throws {
        let list: [JSONValue] = Array(repeating: true, count: SchemaTable.maximumNodes)
        #expect(try #require(refusal(["anyOf": .array(list)])).message.contains("200000 is the limit"))
        #expect(try SchemaTable(["anyOf": .array(list.dropLast())]).nodes.count == SchemaTable.maximumNodes)
    }
}
