import Grammar
import JSONSchema
import Testing

@Suite struct GrammarRefusalTests {
    @Test(arguments: [
        (#"{"type":"object","propertis":{}}"#, "propertis", ""),
        (#"{"type":"object","properties":{"a":{"patern":"x"}}}"#, "patern", "/properties/a"),
        (#"{"type":"string","minLength":-1}"#, "minLength", ""),
        (#"{"type":"string","maxLength":"2"}"#, "maxLength", ""),
        (#"{"type":"object","required":"a"}"#, "required", ""),
        (#"{"properties":{"a":{"type":"null"}},"required":["a","a"]}"#, "required", ""),
        (#"{"type":"text"}"#, "type", ""), (#"{"type":[]}"#, "type", ""), (#"{"anyOf":[]}"#, "anyOf", ""),
        (##"{"type":"array","items":{"$ref":"#/$defs/none"}}"##, "$ref", "/items"),
        (##"{"$ref":"x.json"}"##, "$ref", ""),
        (#"{"properties":{"a":{"pattern":"(a)\\1"}}}"#, "pattern", "/properties/a"),
        (#"{"items":{"not":{"uniqueItems":true}}}"#, "uniqueItems", "/items/not"),
        (#"{"not":{"type":"string","format":"email"}}"#, "format", "/not"),
        (#"{"type":"number","multipleOf":0.123456789}"#, "multipleOf", ""),
        // Nothing satisfies these, or they lead nowhere.
        (##"{"$ref":"#"}"##, "", ""), (##"{"anyOf":[{"type":"null"},{"$ref":"#"}]}"##, "", ""), ("false", "", ""),
        (#"{"items":{"type":"null"},"type":"array","minItems":2,"maxItems":1}"#, "", ""),
        (#"{"enum":["a"],"type":"integer"}"#, "", ""), (#"{"const":1,"type":"string"}"#, "", ""),
        (#"{"type":"array","items":{"type":"null"},"minItems":1e12}"#, "", ""),
        (##"{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}"##, "", ""),
        (#"{"type":"integer","minimum":1,"exclusiveMaximum":1}"#, "", ""),
        (#"{"type":"string","pattern":"^a$","minLength":2}"#, "", ""), ("1", "", ""),
    ])
    func schemasAreRefusedByKeywordAndPlace(_ schema: String, keyword: String, pointer: String) throws {
        let error = #expect(throws: GrammarError.self) { try Grammar(schema: json(schema)) }
        #expect(error?.keyword == keyword, "\(error?.description ?? "")")
        #expect(error?.pointer.description == pointer, "\(error?.description ?? "")")
    }

    @Test func hugeSchemasAreRefusedOrCompiledInBoundedTime() throws {
        // A shortest value of 2^60 bytes.
        var definitions = JSONObject()
        for index in 0..<60 {
            definitions["d\(index)"] = [
                "type": "array", "minItems": 2, "items": ["$ref": .string("#/$defs/d\(index + 1)")],
            ]
        }
        definitions["d60"] = ["type": "null"]
        #expect(throws: GrammarError.self) {
            try Grammar(schema: ["$ref": "#/$defs/d0", "$defs": .object(definitions)])
        }
        // 2^60 ways to the same value.
        definitions = JSONObject()
        for index in 0..<60 {
            let next: JSONValue = ["$ref": .string("#/$defs/d\(index + 1)")]
            definitions["d\(index)"] = [
                "anyOf": [["type": "array", "items": next], ["type": "array", "items": next]]
            ]
        }
        definitions["d60"] = ["type": "null"]
        let grammar = try Grammar(schema: ["$ref": "#/$defs/d0", "$defs": .object(definitions)])
        #expect(accepts(grammar, String(repeating: "[", count: 30) + String(repeating: "]", count: 30)))
        // A chain of references that recursion could not follow.
        for index in 0..<50_000 { definitions["d\(index)"] = ["$ref": .string("#/$defs/d\(index + 1)")] }
        #expect(throws: GrammarError.self) {
            try Grammar(schema: ["$ref": "#/$defs/d0", "$defs": .object(definitions)])
        }
    }

    @Test(arguments: [
        #"{"type":"string","minLength":9223372036854775807}"#,
        #"{"type":"array","items":{"type":"string","minLength":4},"minItems":1317624576693539401}"#,
        #"{"type":"array","items":{"type":"null"},"minItems":9223372036854775807}"#,
    ])
    func lengthsBeyondAllMemoryAreRefused(_ schema: String) throws {
        #expect(throws: GrammarError.self) { try Grammar(schema: json(schema)) }
    }

    @Test func tokensOutOfPlaceAreRefusedAndChangeNothing() throws {
        let grammar = try Grammar(schema: ["type": "boolean"])
        var matcher = GrammarMatcher(grammar: grammar, vocabulary: Vocabularies.bytes)
        func token(_ character: Unicode.Scalar) -> Int { Vocabularies.controlTokens + Int(character.value) }
        for wrong in [-1, 0, 1, Vocabularies.bytes.count, token("x")] {
            #expect(throws: GrammarError.self) { try matcher.accept(wrong) }
        }
        for character in "true".unicodeScalars { try matcher.accept(token(character)) }
        #expect(matcher.isComplete)
        #expect(throws: GrammarError.self) { try matcher.accept(token(" ")) }
        #expect(matcher.isComplete)
    }
}
