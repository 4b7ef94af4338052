import JSONSchema
import Testing

@Suite struct SchemaRefusalTests {
    @Test(arguments: [
        (#"{"items":[true]}"#, "items", ""), (#"{"minLength":-1}"#, "minLength", ""),
        (#"{"maxItems":1.5}"#, "maxItems", ""), (#"{"required":"a"}"#, "required", ""),
        (#"{"required":["a","a"]}"#, "required", ""), (#"{"required":[1]}"#, "required", ""),
        (#"{"type":"text"}"#, "type", ""), (#"{"type":[]}"#, "type", ""), (#"{"type":3}"#, "type", ""),
        (#"{"enum":{}}"#, "enum", ""), (#"{"anyOf":[]}"#, "anyOf", ""), (#"{"allOf":{}}"#, "allOf", ""),
        (#"{"properties":[]}"#, "properties", ""), (#"{"multipleOf":0}"#, "multipleOf", ""),
        (#"{"multipleOf":-1}"#, "multipleOf", ""), (#"{"minimum":"1"}"#, "minimum", ""),
        (#"{"uniqueItems":1}"#, "uniqueItems", ""), (#"{"dependentRequired":{"a":"b"}}"#, "dependentRequired", ""),
        (#"{"format":1}"#, "format", ""), (#"{"not":1}"#, "", "/not"), (#"{"if":[]}"#, "", "/if"),
        (#"{"$id":1}"#, "$id", ""), (##"{"$id":"a#b"}"##, "$id", ""), (#"{"$anchor":1}"#, "$anchor", ""),
        (#"{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}"#, "$anchor", "/$defs/b"),
        (#"{"$defs":{"a":{"$id":"x"},"b":{"$id":"x"}}}"#, "$id", "/$defs/b"),
        (##"{"$ref":"#/nowhere"}"##, "$ref", ""), (##"{"$ref":"#nowhere"}"##, "$ref", ""),
        (#"{"$ref":"other.json"}"#, "$ref", ""), (#"{"$ref":1}"#, "$ref", ""), (##"{"$ref":"#/%zz"}"##, "$ref", ""),
        (##"{"items":{"$dynamicRef":"#none"}}"##, "$dynamicRef", "/items"),
        (#"{"$schema":"https://example.com/unknown"}"#, "$schema", ""), (#"{"$schema":1}"#, "$schema", ""),
        (#"{"properties":{"a":{"pattern":"("}}}"#, "pattern", "/properties/a"),
        (#"{"pattern":"(a)\\1"}"#, "pattern", ""), (#"{"pattern":"a{60000}"}"#, "pattern", ""),
        (#"{"patternProperties":{"[":true}}"#, "patternProperties", ""),
        ("3", "", ""), (#"{"properties":{"a":"string"}}"#, "", "/properties/a"),
    ])
    func schemasAreRefusedByKeywordAndPlace(_ schema: String, keyword: String, pointer: String) throws {
        let error = #expect(throws: SchemaError.self) { try SchemaValidator(schema: json(schema)) }
        #expect(error?.keyword == keyword, "\(error?.description ?? "")")
        #expect(error?.pointer.description == pointer, "\(error?.description ?? "")")
        #expect(keyword.isEmpty || error?.message.contains(keyword) == true)
    }

    @Test func unknownKeywordsAreNotedOrRefused() throws {
        let schema = try json(
            #"{"properties":{"a":{"maxLenght":3,"x-b":1,"format":"date"}},"$defs":{"c":{"format":"d"}}}"#)
        let validator = try SchemaValidator(schema: schema)
        #expect(validator.unenforced.map(\.keyword) == ["maxLenght", "format", "format"])
        #expect(validator.unenforced.map(\.pointer.description) == ["/properties/a", "/properties/a", "/$defs/c"])
        let asserting = try SchemaValidator(schema: schema, options: SchemaOptions(assertsFormats: true))
        #expect(asserting.unenforced.map(\.keyword) == ["maxLenght", "format"])
        let error = #expect(throws: SchemaError.self) {
            try SchemaValidator(schema: schema, options: SchemaOptions(refusesUnknownKeywords: true))
        }
        #expect(error?.keyword == "maxLenght")
        #expect(error?.pointer.description == "/properties/a")
    }

    @Test func whatTheResolverDoesNotGiveIsNamed() throws {
        struct Unreadable: Error {}
        let options = SchemaOptions { uri in
            switch uri {
            case "file:///broken": Array("{".utf8)
            case "file:///throws": throw Unreadable()
            case "file:///bad": Array(#"{"items":{"minItems":-1}}"#.utf8)
            default: nil
            }
        }
        for name in ["broken", "throws", "absent"] {
            let error = #expect(throws: SchemaError.self) {
                try SchemaValidator(schema: ["items": ["$ref": .string("file:///\(name)")]], options: options)
            }
            #expect(error?.keyword == "$ref")
            #expect(error?.pointer.description == "/items")
            #expect(error?.message.contains("file:///\(name)") == true)
        }
        let error = #expect(throws: SchemaError.self) {
            try SchemaValidator(schema: ["$ref": "file:///bad"], options: options)
        }
        #expect(error?.document == "file:///bad")
        #expect(error?.pointer.description == "/items")
        #expect(error?.keyword == "minItems")
    }
}
