import JSONSchema
import Testing

@testable import Grammar

/// Keywords of all drafts come out in the shape of draft 2020-12.
struct SchemaTableTests {
    /// A schema with the `$schema` of a draft.
    private func table(_ dialect: SchemaDialect, _ members: [(String, JSONValue)]) throws -> SchemaTable {
        var object = JSONObject()
        object["$schema"] = .string(dialect.uri)
        for (key, value) in members { object[key] = value }
        return try SchemaTable(.object(object))
    }

    @Test func booleanSchemas() throws {
        #expect(try SchemaTable(true).nodes[0].isFalse == false)
        #expect(try SchemaTable(false).nodes[0].isFalse)
        #expect(try SchemaTable(true).nodes[0].types == .all)
    }

    @Test func valuesAreRead() throws {
        let table = try SchemaTable([
            "type": ["integer", "string"], "enum": [1, "a"], "const": nil, "minimum": 1, "maximum": 2.5,
            "exclusiveMinimum": 0, "exclusiveMaximum": 3, "multipleOf": 0.5, "minLength": 2.0, "maxLength": 1e30,
            "pattern": "^a", "format": "date", "x-order": "any",
        ])
        let node = table.nodes[0]
        #expect(node.types == [.integer, .string])
        #expect(node.enumeration == [1, "a"])
        #expect(node.constant == JSONValue.null)
        #expect(node.minimum?.lexeme == "1")
        #expect(node.maximum?.lexeme == "2.5")
        #expect(node.exclusiveMinimum == JSONNumber(0))
        #expect(node.exclusiveMaximum == JSONNumber(3))
        #expect(node.multipleOf?.lexeme == "0.5")
        #expect(node.minLength == 2)
        #expect(node.maxLength == Int.max)
        #expect(node.pattern == "^a")
        #expect(node.format == "date")
        #expect(node.order == .any)
        #expect(table.ignored.isEmpty)
    }

    @Test func typesAreASet() throws {
        #expect(TypeSet.number.contains(.integer))
        #expect(!TypeSet.integer.contains(.number))
        #expect(try SchemaTable(["type": ["number", "integer"]]).nodes[0].types == .number)
    }

    @Test func subschemasHaveTheirPointers() throws {
        let table = try SchemaTable([
            "properties": ["b": ["type": "null"], "a/~": false], "patternProperties": ["^x": true],
            "prefixItems": [true, ["items": ["not": false]]], "dependentSchemas": ["b": ["minProperties": 2]],
            "dependentRequired": ["b": ["c", "d"]], "required": ["b"],
        ])
        let root = table.nodes[0]
        #expect(root.properties.map(\.name) == ["b", "a/~"])
        #expect(table.nodes[Int(root.properties[0].node)].types == .null)
        #expect(table.pointer(of: root.properties[1].node).description == "/properties/a~1~0")
        #expect(root.patternProperties.map(\.pattern) == ["^x"])
        let items = table.nodes[Int(root.prefixItems[1])].items
        let not = table.nodes[Int(items)].not
        #expect(table.pointer(of: not).description == "/prefixItems/1/items/not")
        #expect(table.nodes[Int(not)].isFalse)
        #expect(table.nodes[Int(root.dependentSchemas[0].node)].minProperties == 2)
        #expect(root.dependentRequired[0].requires == ["c", "d"])
        #expect(root.required == ["b"])
        #expect(root.items == -1)
    }

    @Test func onlyWhatIsReachedIsRead() throws {
        let table = try SchemaTable([
            "$ref": "#/$defs/a", "$defs": ["a": ["type": "null"], "b": ["type": "nonsense"]],
        ])
        #expect(table.nodes.count == 2)
        #expect(table.nodes[0].reference == 1)
    }

    @Test func exclusiveBoundsOfDraft4() throws {
        let exclusive = try table(
            .draft4, [("minimum", 1), ("exclusiveMinimum", true), ("maximum", 2), ("exclusiveMaximum", false)])
        #expect(exclusive.nodes[0].exclusiveMinimum == JSONNumber(1))
        #expect(exclusive.nodes[0].minimum == nil)
        #expect(exclusive.nodes[0].maximum == JSONNumber(2))
        #expect(exclusive.nodes[0].exclusiveMaximum == nil)
    }

    @Test(arguments: [SchemaDialect.draft4, .draft6, .draft7, .draft2019])
    func listsInItems(dialect: SchemaDialect) throws {
        let tuple = try table(
            dialect, [("additionalItems", false), ("items", [["type": "null"], ["type": "string"]])])
        #expect(tuple.nodes[0].prefixItems.map { tuple.nodes[Int($0)].types } == [.null, .string])
        #expect(tuple.nodes[Int(tuple.nodes[0].items)].isFalse)
        let list = try table(dialect, [("additionalItems", false), ("items", ["type": "null"])])
        #expect(list.nodes[0].prefixItems.isEmpty)
        #expect(list.nodes[Int(list.nodes[0].items)].types == .null)
        #expect(list.ignored.map(\.keyword) == ["additionalItems"])
    }

    @Test(arguments: SchemaDialect.allCases)
    func dependenciesAreSplit(dialect: SchemaDialect) throws {
        let table = try table(dialect, [("dependencies", ["a": ["b"], "c": ["required": ["d"]]])])
        #expect(table.nodes[0].dependentRequired.map(\.name) == ["a"])
        #expect(table.nodes[0].dependentRequired[0].requires == ["b"])
        #expect(table.nodes[0].dependentSchemas.map(\.name) == ["c"])
        #expect(table.pointer(of: table.nodes[0].dependentSchemas[0].node).description == "/dependencies/c")
    }

    @Test func neighboursOfAReferenceCountFromDraft2019() throws {
        let members: [(String, JSONValue)] = [
            ("$ref", "#/definitions/a"), ("minimum", 5), ("definitions", ["a": ["type": "integer"]]),
        ]
        let old = try table(.draft7, members)
        #expect(old.nodes[0].minimum == nil)
        #expect(old.nodes[0].reference == 1)
        #expect(old.ignored.map(\.keyword) == ["minimum"])
        #expect(try table(.draft2019, members).nodes[0].minimum == JSONNumber(5))
    }

    @Test func containsEvaluatesInDraft2020Only() throws {
        #expect(try table(.draft2020, [("contains", true)]).nodes[0].containsEvaluates)
        #expect(try !table(.draft2019, [("contains", true)]).nodes[0].containsEvaluates)
    }

    @Test func keywordsOfOtherDraftsAreUnknown() throws {
        #expect(try table(.draft7, [("prefixItems", [false])]).nodes[0].prefixItems.isEmpty)
        #expect(try table(.draft6, [("if", false)]).nodes[0].ifSchema == -1)
        #expect(try table(.draft4, [("const", 1)]).nodes[0].constant == nil)
        #expect(try table(.draft2020, [("additionalItems", false)]).nodes[0].items == -1)
    }

    @Test func keywordsWithoutTheirPartnerAreListed() throws {
        let table = try SchemaTable([
            "then": false, "else": false, "minContains": 2, "maxContains": 1, "contentEncoding": "base64", "title": "t",
            "nullable": true, "x-note": 1,
        ])
        #expect(table.nodes[0].thenSchema == -1)
        #expect(table.nodes[0].minContains == nil)
        #expect(
            Set(table.ignored.map(\.keyword))
                == ["then", "else", "minContains", "maxContains", "contentEncoding", "nullable"])
        let conditional = try SchemaTable(["then": false, "if": ["type": "null"]])
        #expect(conditional.nodes[Int(conditional.nodes[0].thenSchema)].isFalse)
        #expect(conditional.nodes[0].elseSchema == -1)
    }

    @Test func aMetaschemaSwitchesVocabulariesOff() throws {
        let options = SchemaTableOptions(resolver: { uri in
            guard uri == "https://example.com/meta" else { return nil }
            return [
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$vocabulary": [
                    "https://json-schema.org/draft/2020-12/vocab/core": true,
                    "https://json-schema.org/draft/2020-12/vocab/applicator": true,
                    "https://example.com/vocab": false,
                ],
            ]
        })
        let schema: JSONValue = ["$schema": "https://example.com/meta", "minimum": 1, "items": ["maximum": 2]]
        let table = try SchemaTable(schema, options: options)
        #expect(table.nodes.count == 2)
        #expect(table.nodes.allSatisfy { $0.minimum == nil && $0.maximum == nil })
        #expect(table.ignored.map(\.keyword) == ["minimum", "maximum"])
        #expect(throws: GrammarError.self) { try SchemaTable(schema) }
    }
}
