import JSONSchema
import Testing

@Suite struct ValueKeywordTests {
    static let general: [ValidationCase] = [
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
            schema: #"{"enum":["a",1,null,{"x":[1,2.0]}]}"#, valid: ["\"a\"", "1.0", "null", #"{"x":[1e0,2]}"#],
            invalid: ["\"b\"", "2", "false", #"{"x":[2,1]}"#]),
        .init(schema: #"{"enum":[0]}"#, valid: ["0", "-0.0"], invalid: ["false", "\"0\"", "1e-300"]),
        .init(schema: #"{"enum":[]}"#, valid: [], invalid: ["0", "null"]),
        .init(schema: #"{"enum":[0,1,2,3,4,5,6,7,8,[9]]}"#, valid: ["8.0", "[9]"], invalid: ["9", "\"8\""]),
        .init(schema: #"{"const":{"a":1,"b":2}}"#, valid: [#"{"b":2,"a":1}"#], invalid: [#"{"a":1}"#]),
        .init(schema: #"{"const":9007199254740993}"#, valid: ["9007199254740993"], invalid: ["9007199254740992"]),
        .init(
            schema:
                #"{"title":"t","description":"d","default":1,"examples":[1],"$comment":"c","deprecated":true,"readOnly":true,"writeOnly":true,"contentEncoding":"base64","contentSchema":false,"x-any":{"pattern":1},"other":{"pattern":1}}"#,
            valid: ["1", "{}", "\"?\""], invalid: []),
    ]

    static let numbers: [ValidationCase] = [
        .init(schema: #"{"minimum":1.1}"#, valid: ["1.1", "1.10", "2e400", "\"0\""], invalid: ["1.09999", "-2"]),
        .init(schema: #"{"maximum":-1}"#, valid: ["-1", "-1.5", "-1e400"], invalid: ["-0.9999999999999999999", "0"]),
        .init(schema: #"{"exclusiveMinimum":0}"#, valid: ["1e-400", "1"], invalid: ["0", "-0.0", "-1e-400"]),
        .init(
            schema: #"{"exclusiveMaximum":100000000000000000000000000000001}"#,
            valid: ["100000000000000000000000000000000", "1e32"],
            invalid: ["100000000000000000000000000000001", "1e33"]),
        .init(
            schema: #"{"minimum":9007199254740993}"#, valid: ["9007199254740993"], invalid: ["9007199254740992"]),
        .init(schema: #"{"multipleOf":0.01}"#, valid: ["19.99", "0", "-4.02", "1e300"], invalid: ["19.999", "1e-3"]),
        .init(schema: #"{"multipleOf":0.0001}"#, valid: ["0.0075"], invalid: ["0.00751"]),
        .init(schema: #"{"multipleOf":1.5}"#, valid: ["4.5", "3e5"], invalid: ["35", "4e5"]),
        .init(schema: #"{"multipleOf":3}"#, valid: ["3", "12e7", "0.0"], invalid: ["1e400", "4"]),
        .init(schema: #"{"multipleOf":1e-400}"#, valid: ["1", "3e-400"], invalid: ["1e-401"]),
        .init(schema: #"{"multipleOf":1024}"#, valid: ["1e10", "1e11", "1e999999999999"], invalid: ["1e9"]),
        .init(
            schema: #"{"multipleOf":123456789012345678901}"#,
            valid: ["15241578753238836750437433565526596567801", "246913578024691357802e3", "0"],
            invalid: ["15241578753238836750437433565526596567802", "123456789012345678900"]),
    ]

    static let strings: [ValidationCase] = [
        .init(
            schema: #"{"minLength":2,"maxLength":3.0}"#,
            valid: ["\"ab\"", "\"\u{1F600}\u{1F600}\"", "\"e\u{301}\"", "5"],
            invalid: ["\"a\"", "\"abcd\"", "\"\u{1F600}\"", "\"e\u{301}e\u{301}\""]),
        .init(schema: #"{"minLength":1e30}"#, valid: ["1"], invalid: ["\"abc\""]),
        .init(schema: #"{"pattern":"b+"}"#, valid: ["\"abbc\"", "1"], invalid: ["\"ac\"", "\"\""]),
    ]

    static let combinations: [ValidationCase] = [
        .init(
            schema: #"{"anyOf":[{"type":"integer"},{"minLength":2}]}"#, valid: ["1", "\"ab\"", "1.5"],
            invalid: ["\"a\""]),
        .init(
            // Alternatives of alternatives: a type that fails stays failed whatever the inner alternatives say.
            schema: #"{"anyOf":[{"anyOf":[{"type":"string","anyOf":[true]},{"type":"null"}]},{"const":1}]}"#,
            valid: ["\"a\"", "null", "1"], invalid: ["2", "[]", "true"]),
        .init(schema: #"{"allOf":[{"minimum":1},{"maximum":3}]}"#, valid: ["1", "3", "\"\""], invalid: ["0", "4"]),
        .init(schema: #"{"oneOf":[{"minimum":1},{"maximum":3}]}"#, valid: ["0", "4"], invalid: ["1", "3", "null"]),
        .init(schema: #"{"not":{"type":"string"}}"#, valid: ["1"], invalid: ["\"a\""]),
        .init(
            schema: #"{"if":{"minimum":10},"then":{"multipleOf":10},"else":{"multipleOf":3}}"#,
            valid: ["20", "9", "0"], invalid: ["15", "5"]),
        .init(schema: #"{"if":true,"else":false}"#, valid: ["1"], invalid: []),
        .init(schema: #"{"then":false,"else":false}"#, valid: ["1"], invalid: []),
    ]

    @Test(arguments: general + numbers + strings + combinations)
    func instancesAreJudged(_ example: ValidationCase) throws { try example.check() }
}
