import JSONSchema
import Testing

@Suite struct DraftTests {
    static let draft4: [ValidationCase] = [
        .init(schema: #"{"type":"integer"}"#, valid: ["1", "-3"], invalid: ["1.0", "1e2", "1.5"]),
        .init(
            schema: #"{"minimum":1,"exclusiveMinimum":true,"maximum":3,"exclusiveMaximum":false}"#,
            valid: ["2", "3", "1.1"], invalid: ["1", "3.1"]),
        .init(schema: #"{"exclusiveMinimum":true}"#, valid: ["0"], invalid: []),
        .init(
            schema: ##"{"id":"http://a/b","items":{"$ref":"c"},"definitions":{"x":{"id":"c","type":"null"}}}"##,
            valid: ["[null]"], invalid: ["[1]"]),
        .init(
            schema: ##"{"allOf":[{"$ref":"#x"}],"definitions":{"a":{"id":"#x","type":"null"}}}"##, valid: ["null"],
            invalid: ["1"]),
        // Keywords of later drafts are unknown.
        .init(
            schema: #"{"const":1,"contains":false,"propertyNames":false,"if":true,"then":false,"$id":1}"#,
            valid: ["2", "[]", #"{"a":1}"#], invalid: []),
        .init(
            schema: #"{"items":[{"type":"null"}],"additionalItems":{"type":"integer"}}"#, valid: ["[null,1]", "[]"],
            invalid: ["[1]", "[null,null]"]),
    ]

    static let draft7: [ValidationCase] = [
        .init(schema: #"{"type":"integer"}"#, valid: ["1.0"], invalid: ["1.5"]),
        // A reference makes its schema ignore what stands beside it, identifiers too.
        .init(
            schema: ##"{"$ref":"#/definitions/a","maxLength":1,"definitions":{"a":{"type":"string"}}}"##,
            valid: ["\"abc\""], invalid: ["1"]),
        .init(
            schema:
                ##"{"$id":"http://a/b","definitions":{"x":{"$id":"http://a/c/","type":"null"},"d":{"$id":"http://a/d","type":"integer"}},"items":{"$id":"http://a/c/","$ref":"d"}}"##,
            valid: ["[1]"], invalid: ["[null]"]),
        .init(
            schema: ##"{"allOf":[{"$ref":"#x"}],"definitions":{"a":{"$id":"#x","type":"null"}}}"##, valid: ["null"],
            invalid: ["1"]),
        .init(
            schema: #"{"items":[true],"additionalItems":false}"#, valid: ["[1]"], invalid: ["[1,2]"]),
        .init(schema: #"{"items":[],"additionalItems":false}"#, valid: ["[]"], invalid: ["[1]"]),
        .init(schema: #"{"additionalItems":false}"#, valid: ["[1]"], invalid: []),
        .init(schema: #"{"if":{"const":1},"then":false}"#, valid: ["2"], invalid: ["1"]),
        .init(
            schema: #"{"dependentRequired":{"a":["b"]},"prefixItems":[false],"unevaluatedItems":false}"#,
            valid: [#"{"a":1}"#, "[1]"], invalid: []),
        .init(schema: #"{"contains":{"const":1},"minContains":2}"#, valid: ["[1]"], invalid: ["[2]"]),
    ]

    static let draft2019: [ValidationCase] = [
        .init(
            schema:
                ##"{"$id":"http://a/strict","$recursiveAnchor":true,"$ref":"tree","unevaluatedProperties":false,"$defs":{"tree":{"$id":"tree","$recursiveAnchor":true,"properties":{"data":true,"child":{"$recursiveRef":"#"}}}}}"##,
            valid: [#"{"child":{"data":1}}"#], invalid: [#"{"child":{"daat":1}}"#]),
        .init(
            schema:
                ##"{"$id":"http://a/loose","$ref":"tree","$defs":{"tree":{"$id":"tree","properties":{"child":{"$recursiveRef":"#"}},"maxProperties":1}}}"##,
            valid: [#"{"child":{"child":{}}}"#], invalid: [#"{"child":{"a":1,"b":2}}"#]),
        // What `contains` has seen does not count as evaluated in this draft.
        .init(
            schema: #"{"items":[true],"contains":{"const":2},"unevaluatedItems":{"type":"null"}}"#,
            valid: ["[2,null]"], invalid: ["[1,2]"]),
        .init(
            schema: #"{"items":[true],"additionalItems":{"type":"null"},"unevaluatedItems":false}"#,
            valid: ["[1,null]"], invalid: ["[1,2]"]),
        .init(
            schema: ##"{"$ref":"#/$defs/a","maxLength":1,"$defs":{"a":true}}"##, valid: ["\"a\""], invalid: ["\"ab\""]),
    ]

    @Test(arguments: draft4)
    func draft4IsFollowed(_ example: ValidationCase) throws { try check(example, .draft4) }

    @Test(arguments: draft7)
    func draft7IsFollowed(_ example: ValidationCase) throws { try check(example, .draft7) }

    @Test(arguments: draft2019)
    func draft2019IsFollowed(_ example: ValidationCase) throws { try check(example, .draft2019) }

    /// The draft is named by the option, and by `$schema` in two spellings.
    private func check(_ example: ValidationCase, _ dialect: SchemaDialect) throws {
        try example.check(SchemaOptions(dialect: dialect))
        for uri in [dialect.uri, dialect.uri + "#"] {
            let schema = #"{"$schema":"\#(uri)","# + example.schema.dropFirst()
            try ValidationCase(schema: schema, valid: example.valid, invalid: example.invalid).check()
        }
    }

    @Test func everyMetaschemaSatisfiesItself() throws {
        for dialect in SchemaDialect.allCases {
            let reference: JSONValue = ["$ref": .string(dialect.uri)]
            let validator = try SchemaValidator(schema: reference)
            #expect(validator.unenforced.isEmpty)
            #expect(validator.validate(["$schema": .string(dialect.uri), "properties": ["a": ["type": "null"]]]) == [])
            #expect(!validator.isValid(["properties": ["a": ["type": "nul"]]]))
        }
    }

    @Test func draftsMayBeMixed() throws {
        let options = SchemaOptions { uri in
            uri == "file:///old"
                ? Array(##"{"$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"null"}]}"##.utf8)
                : nil
        }
        try ValidationCase(
            schema: #"{"$ref":"file:///old","prefixItems":[true,{"type":"integer"}]}"#, valid: ["[null,1]"],
            invalid: ["[1]", "[null,null]"]
        ).check(options)
    }
}
