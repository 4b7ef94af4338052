import JSONSchema
import Testing

@Suite struct ReferenceTests {
    static let cases: [ValidationCase] = [
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
            schema: ##"{"$ref":"#x","$defs":{"a":{"$anchor":"x","type":"null"}}}"##, valid: ["null"], invalid: ["1"]),
        .init(
            schema:
                #"{"$id":"http://a/b/c","items":{"$ref":"d"},"$defs":{"x":{"$id":"d","$ref":"e"},"y":{"$id":"/b/e","type":"null"}}}"#,
            valid: ["[null]"], invalid: ["[1]"]),
        .init(
            // The pointer starts at the resource, not at the document.
            schema:
                ##"{"$defs":{"a":{"$id":"urn:x:y","$ref":"#/$defs/b","$defs":{"b":{"type":"null"}}}},"$ref":"urn:x:y"}"##,
            valid: ["null"], invalid: ["1"]),
        .init(
            schema: ##"{"$ref":"#/other/0","other":[{"type":"null"}]}"##, valid: ["null"], invalid: ["1"]),
        .init(
            schema:
                ##"{"$id":"http://a/strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false,"$defs":{"tree":{"$id":"tree","$dynamicAnchor":"node","properties":{"data":true,"child":{"$dynamicRef":"#node"}}}}}"##,
            valid: [#"{"child":{"data":1}}"#], invalid: [#"{"child":{"daat":1}}"#, #"{"daat":1}"#]),
        .init(
            schema: #"{"$ref":"https://json-schema.org/draft/2020-12/schema"}"#,
            valid: ["true", #"{"minLength":1}"#, #"{"items":{"properties":{}}}"#],
            invalid: ["1", #"{"minLength":-1}"#, #"{"items":{"properties":[]}}"#, #"{"$defs":{"a":{"type":"x"}}}"#]),
        .init(
            schema: #"{"$ref":"https://json-schema.org/draft/2019-09/schema"}"#, valid: [#"{"items":[true]}"#],
            invalid: [#"{"items":{"properties":[]}}"#]),
        .init(
            schema: ##"{"$ref":"http://json-schema.org/draft-07/schema#"}"##, valid: [#"{"if":true}"#],
            invalid: [#"{"if":1}"#]),
        .init(
            schema: ##"{"$ref":"http://json-schema.org/draft-06/schema#"}"##, valid: [#"{"contains":true}"#],
            invalid: [#"{"contains":1}"#]),
        .init(
            schema: ##"{"$ref":"http://json-schema.org/draft-04/schema#"}"##, valid: [#"{"minimum":1}"#],
            invalid: [#"{"items":true}"#, #"{"exclusiveMinimum":true}"#]),
    ]

    @Test(arguments: cases)
    func instancesAreJudged(_ example: ValidationCase) throws { try example.check() }

    @Test func documentsReferToEachOther() throws {
        let files = [
            "file:///s/person.json":
                ##"{"properties":{"address":{"$ref":"parts/address.json#zip"},"boss":{"$ref":"person.json"}}}"##,
            "file:///s/parts/address.json":
                ##"{"$defs":{"z":{"$anchor":"zip","$ref":"#/$defs/d"},"d":{"pattern":"^\\d{5}$"}}}"##,
        ]
        let options = SchemaOptions(baseURI: "file:///s/main.json") { files[$0].map { Array($0.utf8) } }
        try ValidationCase(
            schema: #"{"$ref":"./parts/../person.json"}"#, valid: [#"{"boss":{"address":"12345"}}"#],
            invalid: [#"{"boss":{"boss":{"address":"1234"}}}"#]
        ).check(options)
    }

    @Test func metaschemasChooseVocabularies() throws {
        func options(_ vocabularies: String) -> SchemaOptions {
            SchemaOptions { uri in
                uri == "file:///meta"
                    ? Array(
                        #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$vocabulary":{\#(vocabularies)}}"#
                            .utf8)
                    : nil
            }
        }
        let prefix = "https://json-schema.org/draft/2020-12/vocab/"
        let example = ValidationCase(
            schema: #"{"$schema":"file:///meta","properties":{"a":{"minimum":3,"format":"ipv4"}}}"#,
            valid: [#"{"a":1}"#], invalid: [#"{"a":"x"}"#])
        try example.check(
            options(#""\#(prefix)core":true,"\#(prefix)applicator":true,"\#(prefix)format-assertion":true"#))
        #expect(throws: SchemaError.self) { try example.check(options(#""urn:unknown":true"#)) }
    }
}
