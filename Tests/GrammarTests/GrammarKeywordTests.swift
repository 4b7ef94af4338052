import Grammar
import JSONSchema
import Testing

/// A schema with texts that its grammar admits and texts that it does not.
struct GrammarCase: Sendable, CustomTestStringConvertible {
    let schema: String
    let admitted: [String]
    let refused: [String]
    var testDescription: String { schema }
}

@Suite struct GrammarKeywordTests {
    static let cases: [GrammarCase] = [
        .init(
            schema: #"{"type":"string"}"#,
            admitted: [
                "\"\"", "\"a é 日 \u{1F600}\"", #""\"\\/\b\f\n\r\t\u0000\u001f""#, "\"\u{7F}\"",
            ],
            refused: [
                "", "\"", "\"a", "a", "\"\n\"", "\"\u{1F}\"", #""\x""#, #""\u12""#, #""\u12g4""#, "\"\"\"", " \"\"",
                "\"\" ", #""\ud83d""#, #""\ude00""#, #""\ud83d\u0041""#, #""\ud83dx""#, #""\ud83d\ud83d""#, "null",
                // Another spelling of what has one.
                #""\/""#, #""\u00e9""#, #""\u000a""#, #""\u001F""#, #""\ud83d\uDE00""#,
            ]),
        .init(
            schema: #"{"type":"string","minLength":2,"maxLength":3}"#,
            admitted: ["\"ab\"", "\"éé\"", "\"\u{1F600}\u{1F600}\u{1F600}\"", #""\n\u0000""#],
            refused: ["\"\"", "\"a\"", "\"é\"", "\"abcd\"", #""\n""#, #""abc\n""#]),
        .init(schema: #"{"maxLength":0}"#, admitted: ["\"\"", "1", "[true]", #"{"a":{}}"#], refused: ["\"a\""]),
        .init(
            schema: #"{"type":"integer"}"#, admitted: ["0", "-0", "7", "-12", String(repeating: "9", count: 32)],
            refused: ["", "-", "01", "1.0", "1e2", "+1", "1 ", String(repeating: "9", count: 33), "\"1\""]),
        .init(
            schema: #"{"type":"number"}"#,
            admitted: [
                "0", "-0.5", "10.25", "1e5", "1E+05", "0e-0", "3.14e-123", "1." + String(repeating: "3", count: 32),
            ],
            refused: [
                "1.", ".5", "00", "1e", "1e+", "1e1234", "1.2.3", "1e2.5", "--1",
                "1." + String(repeating: "3", count: 33),
            ]),
        .init(
            schema: #"{"type":"boolean"}"#, admitted: ["true", "false"], refused: ["tru", "truee", "True", "null", "0"]),
        .init(schema: #"{"type":"null"}"#, admitted: ["null"], refused: ["nul", "nulll", "0", ""]),
        .init(schema: #"{"type":["integer","null"]}"#, admitted: ["5", "null"], refused: ["5.5", "true", "\"\""]),
        .init(
            schema: #"{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":3}"#,
            admitted: ["[1]", "[1,2]", "[1, 2,3]"],
            refused: ["[]", "[1,2,3,4]", "[1,]", "[,1]", "[ 1]", "[1 ]", "[1,  2]", "[1 ,2]", "[\"a\"]", "[1", "[1]]"]),
        .init(
            schema: #"{"items":{"type":"null"}}"#, admitted: ["[]", "[null]", "[null,null,null,null]"], refused: ["[1]"]
        ),
        .init(schema: #"{"type":"array","maxItems":0}"#, admitted: ["[]"], refused: ["[1]", "[null]"]),
        .init(schema: #"{"type":"array","items":false}"#, admitted: ["[]"], refused: ["[1]", "[[]]"]),
        .init(
            schema:
                #"{"type":"object","properties":{"a":{"type":"integer"},"ab":{"type":"null"},"c":{"type":"boolean"}},"required":["ab"]}"#,
            admitted: [
                #"{"ab":null}"#, #"{"a":1,"ab":null}"#, #"{"a": 1, "ab": null, "c": true}"#, #"{"ab":null,"c":true}"#,
            ],
            refused: [
                "{}", #"{"a":1}"#, #"{"c":true}"#, #"{"ab":null,"a":1}"#, #"{"ab":null,"ab":null}"#,
                #"{"a":1,"c":true}"#,
                #"{"ab":null,}"#, #"{"ab":null,"d":1}"#, #"{"ab":1}"#, #"{ "ab":null}"#, #"{"ab" :null}"#,
                #"{"ab":null }"#,
                #"{"ab":null"c":true}"#, #"{,"ab":null}"#,
            ]),
        .init(
            schema: #"{"properties":{"a":false,"b":{"type":"null"}}}"#, admitted: ["{}", #"{"b":null}"#],
            refused: [#"{"a":1}"#]),
        .init(schema: #"{"additionalProperties":false}"#, admitted: ["{}"], refused: [#"{"a":1}"#]),
        .init(
            schema: #"{"properties":{"a\"/\u00e9\u0001":{"const":1}},"required":["a\"/é\u0001"]}"#,
            admitted: [#"{"a\"/é\u0001":1}"#], refused: [#"{"a\"\/é\u0001":1}"#, "{}"]),
        .init(
            schema: #"{"enum":["red","reddish",1,12,true,null,{"a":[1,2]},[]]}"#,
            admitted: ["\"red\"", "\"reddish\"", "1", "12", "true", "null", #"{"a":[1, 2]}"#, "[]"],
            refused: ["\"re\"", "\"redd\"", "2", "122", "1.0", #"{"a":[1 ,2]}"#, "{}", "false"]),
        .init(
            schema: #"{"type":["string","integer"],"enum":["a","abc",1,1.5,null],"maxLength":2}"#,
            admitted: ["\"a\"", "1"], refused: ["\"abc\"", "1.5", "null"]),
        .init(schema: #"{"const":"x/y","type":"string"}"#, admitted: ["\"x/y\""], refused: [#""x\/y""#, "\"x\""]),
        .init(schema: #"{"const":2,"enum":[1,2,3]}"#, admitted: ["2"], refused: ["1", "3"]),
        .init(
            schema: #"{"type":"array","items":{"enum":[1,12]}}"#, admitted: ["[1,12,1]", "[12]"],
            refused: ["[121]", "[2]", "[1 ,12]"]),
        .init(
            schema:
                #"{"anyOf":[{"type":"string","maxLength":1},{"const":"abc"},{"type":"integer"},{"type":"number"}]}"#,
            admitted: ["\"\"", "\"x\"", "\"a\"", "\"abc\"", "1", "1.5"], refused: ["\"ab\"", "\"abcd\"", "null"]),
        .init(
            schema:
                #"{"anyOf":[{"properties":{"a":{"type":"integer"}},"required":["a"]},{"properties":{"a":{"type":"string"},"b":{"type":"null"}},"required":["a","b"]}]}"#,
            admitted: [#"{"a":1}"#, #"{"a":"x","b":null}"#], refused: [#"{"a":"x"}"#, #"{"a":1,"b":null}"#, "{}"]),
        .init(
            schema: #"{"type":["integer","null"],"anyOf":[{"type":"number"},{"enum":["a",null,2.5]},true]}"#,
            admitted: ["1", "null"], refused: ["1.5", "2.5", "\"a\"", "\"\""]),
        .init(
            schema:
                ##"{"type":"object","properties":{"next":{"$ref":"#"},"v":{"$ref":"#/$defs/a~1b%25"}},"$defs":{"a/b%":{"type":"null"}}}"##,
            admitted: ["{}", #"{"next":{"next":{"v":null}},"v":null}"#], refused: [#"{"next":null}"#, #"{"v":1}"#]),
    ]

    @Test(arguments: cases)
    func textsAreJudged(_ example: GrammarCase) throws {
        let schema = try json(example.schema)
        var options = GrammarOptions()
        options.undeclared = .whereDescribed
        let grammar = try Grammar(schema: schema, options: options)
        let validator = try SchemaValidator(schema: schema)
        for text in example.admitted {
            #expect(accepts(grammar, text), "\(text)")
            #expect(validator.validate(try json(text)) == [], "\(text)")
        }
        for text in example.refused { #expect(!accepts(grammar, text), "\(text)") }
    }

    @Test func whitespaceIsAnOption() throws {
        let schema = try json(
            #"{"type":"object","properties":{"a":{"type":"array","items":{"type":"null"}},"b":{"type":"null"}}}"#)
        let compact = try Grammar(schema: schema, options: GrammarOptions(whitespace: .none))
        #expect(accepts(compact, #"{"a":[null,null],"b":null}"#))
        for text in [#"{"a": [],"b":null}"#, #"{"a":[], "b":null}"#, #"{"a":[null, null]}"#] {
            #expect(!accepts(compact, text))
            #expect(accepts(try Grammar(schema: schema), text))
        }
    }

    @Test func numbersAreBoundedByOptions() throws {
        let options = GrammarOptions(maximumIntegerDigits: 2, maximumFractionDigits: 1, maximumExponentDigits: 0)
        let grammar = try Grammar(schema: ["type": "number"], options: options)
        for text in ["99", "-99.9", "0.1"] { #expect(accepts(grammar, text)) }
        for text in ["100", "0.11", "1e1"] { #expect(!accepts(grammar, text)) }
        let whole = try Grammar(schema: ["type": "number"], options: GrammarOptions(maximumFractionDigits: 0))
        #expect(!accepts(whole, "1.5"))
        #expect(accepts(whole, "15e2"))
    }

    @Test func depthIsBounded() throws {
        let schema = try json(
            ##"{"type":"object","properties":{"n":{"$ref":"#"},"a":{"type":"array","items":{"$ref":"#"}}}}"##)
        let grammar = try Grammar(schema: schema, options: GrammarOptions(maximumDepth: 3))
        for text in [#"{"n":{"n":{}}}"#, #"{"a":[{},{}]}"#, #"{"n":{"a":[]}}"#] { #expect(accepts(grammar, text)) }
        for text in [#"{"n":{"n":{"n":{}}}}"#, #"{"n":{"a":[{}]}}"#, #"{"a":[{"a":[]}]}"#] {
            #expect(!accepts(grammar, text))
        }
        #expect(throws: GrammarError.self) { try Grammar(schema: schema, options: GrammarOptions(maximumDepth: 0)) }
    }

    @Test func keysAreComparedByCodePoints() throws {
        let schema = try json(
            "{\"type\":\"object\",\"properties\":{\"\u{E9}\":{\"type\":\"null\"},\"e\u{301}\":{\"type\":\"boolean\"}}}")
        let grammar = try Grammar(schema: schema)
        #expect(accepts(grammar, "{\"\u{E9}\":null,\"e\u{301}\":true}"))
        #expect(!accepts(grammar, "{\"\u{E9}\":true}"))
    }

    @Test func oneOfManyOptionalKeysIsFound() throws {
        var properties = JSONObject()
        for index in 0..<300 { properties["field_\(index)"] = ["type": "null"] }
        let grammar = try Grammar(
            schema: ["type": "object", "properties": .object(properties), "additionalProperties": false])
        #expect(accepts(grammar, #"{"field_7":null,"field_299":null}"#))
        #expect(!accepts(grammar, #"{"field_299":null,"field_7":null}"#))
        #expect(!accepts(grammar, #"{"field_300":null}"#))
    }

    @Test func extremelyAmbiguousSchemasStaySound() throws {
        let alternatives = (0..<12).map { index -> JSONValue in
            ["type": "object", "properties": ["n": ["$ref": "#"], "x": ["const": .number(JSONNumber(index))]]]
        }
        let schema: JSONValue = ["anyOf": .array(alternatives)]
        let grammar = try Grammar(schema: schema)
        let validator = try SchemaValidator(schema: schema)
        let text = String(repeating: #"{"n":"#, count: 6) + "{}" + String(repeating: "}", count: 6)
        #expect(accepts(grammar, text))
        #expect(validator.validate(try json(text)) == [])
        #expect(!accepts(grammar, #"{"x":12}"#))
    }
}
