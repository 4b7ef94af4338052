import JSONSchema
import Testing

@testable import Grammar

struct SchemaReferenceTests {
    /// Where the reference of the root leads to.
    private func target(_ schema: JSONValue, _ options: SchemaTableOptions = SchemaTableOptions()) throws -> String {
        let table = try SchemaTable(schema, options: options)
        let node = try #require(table.nodes.first).reference
        try #require(node >= 0)
        return table.document(of: node) + "#" + table.pointer(of: node).description
    }

    @Test(arguments: [
        ("#", "#"), ("#/$defs/a", "#/$defs/a"), ("#/$defs/a%25b~1c~0d", "#/$defs/a%b~1c~0d"), ("#named", "#/$defs/n"),
        ("#/$defs/list/allOf/1", "#/$defs/list/allOf/1"), ("https://example.com/other", "#/$defs/o"),
        ("other", "#/$defs/o"), ("./x/../other#/$defs/inner", "#/$defs/o/$defs/inner"),
        ("other#inside", "#/$defs/o/$defs/inner"), ("urn:isbn:1#/not", "#/$defs/u/not"),
        ("#/$defs/o/$defs/inner", "#/$defs/o/$defs/inner"), ("#/unknown/0/deep", "#/unknown/0/deep"),
        ("#/examples/0", "#/examples/0"),
    ])
    func referencesWithinTheDocument(reference: String, expected: String) throws {
        let schema: JSONValue = [
            "$id": "https://example.com/root", "$ref": .string(reference), "unknown": [["deep": ["type": "null"]]],
            "examples": [["type": "string"]],
            "$defs": [
                "a": true, "a%b/c~d": true, "n": ["$anchor": "named"], "list": ["allOf": [true, false]],
                "o": ["$id": "other", "$defs": ["inner": ["$anchor": "inside"]]],
                "u": ["$id": "urn:isbn:1", "not": true],
            ],
        ]
        #expect(try target(schema) == expected)
    }

    @Test func aPointerIsRelativeToItsResource() throws {
        let table = try SchemaTable([
            "$id": "https://example.com/root",
            "properties": ["a": ["$id": "nested/", "$ref": "#/$defs/b", "$defs": ["b": ["$ref": "../root"]]]],
        ])
        let a = table.nodes[Int(table.nodes[0].properties[0].node)]
        #expect(table.pointer(of: a.reference).description == "/properties/a/$defs/b")
        #expect(table.nodes[Int(a.reference)].reference == 0)
        #expect(table.resources.map(\.baseURI) == ["https://example.com/root", "https://example.com/nested/"])
        #expect(table.nodes[Int(a.reference)].resource == 1)
    }

    @Test func eachSchemaIsOneNode() throws {
        let table = try SchemaTable([
            "properties": ["a": ["$ref": "#/properties/b/items"], "b": ["items": ["$ref": "#/properties/a"]]]
        ])
        #expect(table.nodes.count == 4)
        let (a, b) = (table.nodes[0].properties[0].node, table.nodes[0].properties[1].node)
        #expect(table.nodes[Int(a)].reference == table.nodes[Int(b)].items)
        #expect(table.nodes[Int(table.nodes[Int(b)].items)].reference == a)
    }

    @Test func manySchemasAreFoundAgain() throws {
        var definitions = JSONObject()
        for index in 0..<50 { definitions["d\(index)"] = ["items": ["$ref": .string("#/$defs/d\((index + 7) % 50)")]] }
        let table = try SchemaTable(["$ref": "#/$defs/d0", "$defs": .object(definitions)])
        #expect(table.nodes.count == 101)
    }

    @Test func identifiersOfOlderDrafts() throws {
        let draft4: JSONValue = [
            "$schema": "http://json-schema.org/draft-04/schema#", "id": "http://example.com/root",
            "allOf": [["$ref": "#name"], ["$ref": "part#/not"]],
            "definitions": ["a": ["id": "#name"], "b": ["id": "part", "not": ["$id": "ignored"]]],
        ]
        let table = try SchemaTable(draft4)
        let references = table.nodes[0].allOf.map { table.pointer(of: table.nodes[Int($0)].reference).description }
        #expect(references == ["/definitions/a", "/definitions/b/not"])
        // Beside a reference an identifier is ignored up to draft 7.
        let draft7: JSONValue = [
            "$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://example.com/a/",
            "items": ["$id": "b/", "$ref": "#/definitions/c"], "definitions": ["c": true],
        ]
        #expect(try SchemaTable(draft7).resources.count == 1)
    }

    @Test func identifiersInValuesAreNone() throws {
        let schema: JSONValue = [
            "$ref": "https://example.com/a",
            "enum": [["$id": "https://example.com/a"]], "default": ["$id": "https://example.com/a"],
            "unknown": ["$id": "https://example.com/a"], "$defs": ["real": ["$id": "https://example.com/a"]],
        ]
        #expect(try target(schema) == "#/$defs/real")
    }

    @Test func otherDocumentsComeFromTheResolver() throws {
        let options = SchemaTableOptions(
            baseURI: "file:///schemas/main.json",
            resolver: { uri in
                switch uri {
                case "file:///schemas/part.json":
                    ["$id": "https://example.com/part", "$defs": ["x": ["$ref": "next.json"]]]
                case "https://example.com/next.json":
                    ["$schema": "http://json-schema.org/draft-04/schema", "minimum": 1, "exclusiveMinimum": true]
                default: nil
                }
            })
        let table = try SchemaTable(["$ref": "part.json#/$defs/x"], options: options)
        let x = table.nodes[Int(table.nodes[0].reference)]
        let next = table.nodes[Int(x.reference)]
        #expect(next.exclusiveMinimum == JSONNumber(1))
        #expect(table.document(of: x.reference) == "https://example.com/next.json")
        #expect(table.resources[Int(next.resource)].dialect == .draft4)
    }

    @Test(arguments: SchemaDialect.allCases)
    func metaschemasAreKnown(dialect: SchemaDialect) throws {
        let table = try SchemaTable(["$ref": .string(dialect.uri + "#")])
        #expect(table.nodes.count > 50)
        #expect(table.document(of: table.nodes[0].reference) == dialect.uri)
    }

    @Test func dynamicReferences() throws {
        let table = try SchemaTable([
            "$id": "https://example.com/root", "$dynamicAnchor": "node",
            "allOf": [["$ref": "tree"], ["$dynamicRef": "#plain"], ["$dynamicRef": "tree#/items"]],
            "$defs": [
                "tree": ["$id": "tree", "$dynamicAnchor": "node", "items": ["$dynamicRef": "#node"]],
                "plain": ["$anchor": "plain"],
            ],
        ])
        let parts = table.nodes[0].allOf.map { table.nodes[Int($0)] }
        let tree = table.nodes[Int(parts[0].reference)]
        let dynamic = try #require(table.nodes[Int(tree.items)].dynamicReference)
        #expect(dynamic.anchor == "node")
        #expect(dynamic.node == parts[0].reference)
        #expect(try #require(parts[1].dynamicReference).anchor == nil)
        #expect(try #require(parts[2].dynamicReference).anchor == nil)
        #expect(table.resources[0].dynamicAnchors.map(\.name) == ["node"])
        #expect(table.resources[0].dynamicAnchors.map(\.node) == [0])
        #expect(table.resources[Int(tree.resource)].dynamicAnchors.map(\.node) == [parts[0].reference])
    }

    @Test func recursiveReferences() throws {
        func reference(isAnchor: JSONValue) throws -> (node: Int32, anchor: String?) {
            let table = try SchemaTable([
                "$schema": "https://json-schema.org/draft/2019-09/schema", "$recursiveAnchor": isAnchor,
                "items": ["$recursiveRef": "#"],
            ])
            return try #require(table.nodes[Int(table.nodes[0].items)].dynamicReference)
        }
        #expect(try reference(isAnchor: true) == (0, SchemaResource.recursiveAnchor))
        #expect(try reference(isAnchor: false) == (0, nil))
    }

    @Test(arguments: [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
        ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../g", "http://a/b/g"),
        ("../..", "http://a/"), ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"),
        ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./g/.", "http://a/b/c/g/"),
        ("g/../h", "http://a/b/c/h"), ("g;x=1/../y", "http://a/b/c/y"), ("g?y/./x", "http://a/b/c/g?y/./x"),
        ("g:h", "g:h"), (";x", "http://a/b/c/;x"),
    ])
    func uriReferencesAreResolvedAsRFC3986Shows(reference: String, expected: String) {
        #expect(URIReference(reference).resolved(against: URIReference("http://a/b/c/d;p?q")) == expected)
    }
}
