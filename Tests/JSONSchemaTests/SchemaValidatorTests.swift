import JSONSchema
import Testing

/// A schema with instances that satisfy it and instances that do not.
struct ValidationCase: Sendable, CustomTestStringConvertible {
    let schema: String
    let valid: [String]
    let invalid: [String]
    var testDescription: String { schema }
}

@Suite struct SchemaValidatorTests {
    static let cases: [ValidationCase] = [
        .init(schema: "true", valid: ["1", "{}"], invalid: []),
        .init(schema: "false", valid: [], invalid: ["1", "null"]),
        .init(schema: "{}", valid: ["1", "[]"], invalid: []),
        .init(
            schema: #"{"type":"integer"}"#, valid: ["1", "1.0", "-1e2", "1e400"],
            invalid: ["1.5", "1e-1", "\"1\"", "true"]),
        .init(schema: #"{"type":"number"}"#, valid: ["1", "1.5"], invalid: ["\"1\"", "null", "false"]),
        .init(schema: #"{"type":["string","null"]}"#, valid: ["\"a\"", "null"], invalid: ["1", "[]", "{}"]),
        .init(schema: #"{"type":"boolean"}"#, valid: ["true", "false"], invalid: ["0", "\"true\""]),
        .init(
            schema: #"{"properties":{"a":{"type":"string"}},"required":["a"]}"#,
            valid: [#"{"a":"x"}"#, #"{"a":"x","b":1}"#, "1"], invalid: ["{}", #"{"a":1}"#]),
        .init(schema: #"{"required":["a"]}"#, valid: [#"{"a":null}"#], invalid: [#"{"b":1}"#]),
        .init(
            schema: #"{"properties":{"a":true},"additionalProperties":false}"#, valid: ["{}", #"{"a":1}"#, "[1]"],
            invalid: [#"{"b":1}"#, #"{"a":1,"b":2}"#]),
        .init(schema: #"{"properties":{"a":false}}"#, valid: ["{}", #"{"b":1}"#], invalid: [#"{"a":1}"#]),
        .init(
            schema: #"{"items":{"type":"integer"},"minItems":1,"maxItems":2}"#, valid: ["[1]", "[1,2]", "{}"],
            invalid: ["[]", "[1,2,3]", "[\"a\"]", "[1,null]"]),
        .init(
            schema: #"{"minLength":2,"maxLength":3.0}"#,
            valid: ["\"ab\"", "\"\u{1F600}\u{1F600}\"", "\"e\u{301}\"", "5"],
            invalid: ["\"a\"", "\"abcd\"", "\"\u{1F600}\"", "\"e\u{301}e\u{301}\""]),
        .init(
            schema: #"{"enum":["a",1,null,{"x":[1,2.0]}]}"#, valid: ["\"a\"", "1.0", "null", #"{"x":[1e0,2]}"#],
            invalid: ["\"b\"", "2", "false", #"{"x":[2,1]}"#]),
        .init(schema: #"{"enum":[0]}"#, valid: ["0", "-0.0"], invalid: ["false", "\"0\"", "1e-300"]),
        .init(schema: #"{"const":{"a":1,"b":2}}"#, valid: [#"{"b":2,"a":1}"#], invalid: [#"{"a":1}"#]),
        .init(schema: #"{"const":9007199254740993}"#, valid: ["9007199254740993"], invalid: ["9007199254740992"]),
        .init(
            schema: #"{"anyOf":[{"type":"integer"},{"minLength":2}]}"#, valid: ["1", "\"ab\"", "1.5"],
            invalid: ["\"a\""]),
        .init(
            schema: ##"{"$ref":"#/$defs/a~1b%25","maxLength":3,"$defs":{"a/b%":{"type":"string"}}}"##,
            valid: ["\"abc\""], invalid: ["1", "\"abcd\""]),
        .init(
            schema: ##"{"type":"object","properties":{"next":{"$ref":"#"}},"additionalProperties":false}"##,
            valid: [#"{"next":{"next":{}}}"#], invalid: [#"{"next":{"next":1}}"#, #"{"next":{"other":{}}}"#]),
        .init(
            schema:
                ##"{"definitions":{"n":{"type":"integer"}},"items":{"anyOf":[{"$ref":"#/definitions/n"},{"$ref":"#"}],"type":["integer","array"]}}"##,
            valid: ["[1,[2,[3]]]"], invalid: ["[[\"a\"]]", "[null]"]),
        .init(
            // Alternatives of alternatives: a type that fails stays failed whatever the inner alternatives say.
            schema: #"{"anyOf":[{"anyOf":[{"type":"string","anyOf":[true]},{"type":"null"}]},{"const":1}]}"#,
            valid: ["\"a\"", "null", "1"], invalid: ["2", "[]", "true"]),
        .init(
            schema:
                #"{"$schema":"s","$id":"i","title":"t","description":"d","default":1,"examples":[1],"$comment":"c","deprecated":true,"readOnly":true,"writeOnly":true,"x-any":{"pattern":1}}"#,
            valid: ["1", "{}"], invalid: []),
    ]

    @Test(arguments: cases)
    func instancesAreJudged(_ example: ValidationCase) throws {
        let validator = try SchemaValidator(schema: json(example.schema))
        for text in example.valid { #expect(validator.validate(try json(text)) == [], "\(text)") }
        for text in example.invalid { #expect(!validator.validate(try json(text)).isEmpty, "\(text)") }
    }

    @Test(arguments: [
        (#"{"properties":{"date":{"pattern":"x"}}}"#, "pattern", "/properties/date"),
        (#"{"allOf":[true]}"#, "allOf", ""), (#"{"oneOf":[true]}"#, "oneOf", ""), (#"{"format":"date"}"#, "format", ""),
        (#"{"items":{"minimum":1}}"#, "minimum", "/items"), (#"{"uniqueItems":true}"#, "uniqueItems", ""),
        (#"{"patternProperties":{}}"#, "patternProperties", ""), (#"{"prefixItems":[true]}"#, "prefixItems", ""),
        (#"{"propertis":{}}"#, "propertis", ""), (#"{"$defs":{"u":{"not":true}}}"#, "not", "/$defs/u"),
        (#"{"additionalProperties":{"type":"string"}}"#, "additionalProperties", ""),
        (#"{"items":[true]}"#, "items", ""), (#"{"minLength":-1}"#, "minLength", ""),
        (#"{"maxItems":1.5}"#, "maxItems", ""), (#"{"minItems":2,"maxItems":1}"#, "maxItems", ""),
        (#"{"minLength":2,"maxLength":1}"#, "maxLength", ""), (#"{"required":"a"}"#, "required", ""),
        (#"{"required":["a","a"]}"#, "required", ""), (#"{"required":[1]}"#, "required", ""),
        (#"{"properties":{},"required":["a"],"additionalProperties":false}"#, "required", ""),
        (#"{"type":"text"}"#, "type", ""), (#"{"type":[]}"#, "type", ""), (#"{"type":3}"#, "type", ""),
        (#"{"enum":[]}"#, "enum", ""), (#"{"enum":{}}"#, "enum", ""), (#"{"anyOf":[]}"#, "anyOf", ""),
        (#"{"properties":[]}"#, "properties", ""), (#"{"anyOf":[{"$id":"x"}]}"#, "$id", "/anyOf/0"),
        (##"{"$ref":"#/nowhere"}"##, "$ref", ""), (#"{"$ref":"other.json"}"#, "$ref", ""), (#"{"$ref":1}"#, "$ref", ""),
        (##"{"$ref":"#"}"##, "$ref", ""), (##"{"anyOf":[{"$ref":"#"}]}"##, "anyOf", ""),
        (##"{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##, "$ref", "/$defs/a"),
        ("3", "", ""), (#"{"properties":{"a":"string"}}"#, "", "/properties/a"),
    ])
    func schemasAreRefusedByKeywordAndPlace(_ schema: String, keyword: String, pointer: String) throws {
        let error = #expect(throws: SchemaError.self) { try SchemaValidator(schema: json(schema)) }
        // Two definitions that refer to each other are one loop: either may be named.
        let isLoop = schema.contains("$defs/b")
        #expect(error?.keyword == keyword)
        #expect(isLoop || error?.pointer.description == pointer)
        #expect(keyword.isEmpty || error?.message.contains(keyword) == true)
    }

    @Test func violationsNamePlaces() throws {
        let validator = try SchemaValidator(
            schema: json(
                #"{"properties":{"lines":{"items":{"properties":{"n/a":{"type":"integer"}},"required":["n/a"]}}}}"#))
        let violations = validator.validate(try json(#"{"lines":[{"n/a":1},{"n/a":"x"},{}]}"#))
        #expect(violations.map(\.instancePointer.description) == ["/lines/1/n~1a", "/lines/2"])
        #expect(
            violations.map(\.schemaPointer.description) == [
                "/properties/lines/items/properties/n~1a/type", "/properties/lines/items/required",
            ])
        #expect(violations[0].description == "/lines/1/n~1a: a string stands where integer is required")
    }

    @Test func longChainsOfReferencesAreRefused() throws {
        var definitions = JSONObject()
        for index in 0..<50_000 { definitions["d\(index)"] = ["$ref": .string("#/$defs/d\(index + 1)")] }
        definitions["d50000"] = ["type": "string"]
        let error = #expect(throws: SchemaError.self) {
            try SchemaValidator(schema: ["$ref": "#/$defs/d0", "$defs": .object(definitions)])
        }
        #expect(error?.keyword == "$ref")
    }

    @Test func nestedAlternativesTakeBoundedTime() throws {
        // Each level doubles the work: without a bound this would take 2^60 steps.
        let schema = try json(##"{"type":"array","items":{"anyOf":[{"$ref":"#"},{"$ref":"#"},{"type":"null"}]}}"##)
        var instance: JSONValue = 1
        for _ in 0..<60 { instance = [instance] }
        #expect(try !SchemaValidator(schema: schema).validate(instance).isEmpty)
    }

    @Test func violationsAreCapped() throws {
        let validator = try SchemaValidator(schema: ["items": ["type": "string"]])
        let instance = JSONValue.array(Array(repeating: 1, count: 5000))
        #expect(validator.validate(instance).count == SchemaValidator.maximumViolations)
    }
}
