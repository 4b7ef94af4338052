import JSONSchema
import Testing

@Suite struct ContainerKeywordTests {
    static let arrays: [ValidationCase] = [
        .init(
            schema: #"{"items":{"type":"integer"},"minItems":1,"maxItems":2}"#, valid: ["[1]", "[1,2]", "{}"],
            invalid: ["[]", "[1,2,3]", "[\"a\"]", "[1,null]"]),
        .init(
            schema: #"{"prefixItems":[{"type":"string"},{"type":"null"}],"items":{"type":"integer"}}"#,
            valid: ["[]", "[\"a\"]", "[\"a\",null,1,2]"], invalid: ["[1]", "[\"a\",1]", "[\"a\",null,\"b\"]"]),
        .init(schema: #"{"prefixItems":[true],"items":false}"#, valid: ["[]", "[1]"], invalid: ["[1,2]"]),
        .init(
            schema: #"{"uniqueItems":true}"#, valid: ["[]", "[1,\"1\",true,[1],{\"a\":1}]", "[0,false]"],
            invalid: ["[1,1.0]", #"[{"a":1,"b":2},{"b":2,"a":1}]"#, "[[],[]]"]),
        .init(schema: #"{"uniqueItems":false}"#, valid: ["[1,1]"], invalid: []),
        .init(schema: #"{"contains":{"minimum":5}}"#, valid: ["[1,5]", "{}"], invalid: ["[]", "[1,2]"]),
        .init(
            schema: #"{"contains":{"const":1},"minContains":2,"maxContains":3}"#, valid: ["[1,0,1]", "[1,1,1]"],
            invalid: ["[1]", "[1,1,1,1]"]),
        .init(schema: #"{"contains":false,"minContains":0}"#, valid: ["[]", "[1]"], invalid: []),
        .init(schema: #"{"minContains":2}"#, valid: ["[]"], invalid: []),
    ]

    static let objects: [ValidationCase] = [
        .init(
            schema: #"{"properties":{"a":{"type":"string"}},"required":["a"]}"#,
            valid: [#"{"a":"x"}"#, #"{"a":"x","b":1}"#, "1"], invalid: ["{}", #"{"a":1}"#]),
        .init(schema: #"{"required":["a"]}"#, valid: [#"{"a":null}"#], invalid: [#"{"b":1}"#]),
        .init(
            schema: #"{"properties":{"a":true},"additionalProperties":false}"#, valid: ["{}", #"{"a":1}"#, "[1]"],
            invalid: [#"{"b":1}"#, #"{"a":1,"b":2}"#]),
        .init(schema: #"{"properties":{"a":false}}"#, valid: ["{}", #"{"b":1}"#], invalid: [#"{"a":1}"#]),
        .init(
            schema:
                #"{"properties":{"a":{}},"patternProperties":{"^x":{"type":"null"}},"additionalProperties":{"type":"integer"}}"#,
            valid: [#"{"a":"?","x1":null,"b":1}"#], invalid: [#"{"x1":1}"#, #"{"b":"1"}"#]),
        .init(
            schema: #"{"patternProperties":{"a":{"minimum":1},"b$":{"maximum":3}}}"#, valid: [#"{"ab":2,"c":9}"#],
            invalid: [#"{"ab":0}"#, #"{"ab":4}"#]),
        .init(
            schema: #"{"propertyNames":{"maxLength":2,"pattern":"^[a-z]"}}"#, valid: ["{}", #"{"ab":1}"#, "[]"],
            invalid: [#"{"abc":1}"#, #"{"1":1}"#]),
        .init(
            schema: #"{"minProperties":1,"maxProperties":2}"#, valid: [#"{"a":1}"#, "[]"],
            invalid: ["{}", #"{"a":1,"b":2,"c":3}"#]),
        .init(
            schema: #"{"dependentRequired":{"a":["b","c"]}}"#, valid: ["{}", #"{"a":1,"b":2,"c":3}"#, #"{"b":1}"#],
            invalid: [#"{"a":1,"b":2}"#]),
        .init(
            schema: #"{"dependentSchemas":{"a":{"maxProperties":1}}}"#, valid: [#"{"a":1}"#, #"{"b":1,"c":2}"#],
            invalid: [#"{"a":1,"b":2}"#]),
        .init(
            schema: #"{"dependencies":{"a":["b"],"c":{"maxProperties":1}}}"#, valid: [#"{"a":1,"b":2}"#, #"{"c":1}"#],
            invalid: [#"{"a":1}"#, #"{"c":1,"d":2}"#]),
    ]

    static let unevaluated: [ValidationCase] = [
        .init(
            schema:
                #"{"properties":{"a":true},"anyOf":[{"properties":{"b":{"type":"null"}},"required":["b"]},{"required":["c"]}],"unevaluatedProperties":false}"#,
            valid: [#"{"a":1,"b":null}"#], invalid: [#"{"a":1,"b":null,"c":1}"#, #"{"a":1,"c":1}"#, #"{"d":1}"#]),
        .init(
            schema: #"{"allOf":[{"properties":{"a":true}},{"unevaluatedProperties":false}]}"#, valid: ["{}"],
            invalid: [#"{"a":1}"#]),
        .init(
            schema:
                #"{"if":{"properties":{"k":{"const":1}},"required":["k"]},"then":{"properties":{"x":true}},"else":{"patternProperties":{"^y":true}},"unevaluatedProperties":{"type":"null"}}"#,
            valid: [#"{"k":1,"x":1}"#, #"{"y":1,"k":null}"#, #"{"k":1,"y":null}"#],
            invalid: [#"{"k":1,"y":1}"#, #"{"k":2,"y":1}"#]),
        .init(
            schema:
                ##"{"$ref":"#/$defs/a","unevaluatedProperties":false,"$defs":{"a":{"additionalProperties":true}}}"##,
            valid: [#"{"a":1}"#], invalid: []),
        .init(
            schema: #"{"not":{"not":{"properties":{"a":true}}},"unevaluatedProperties":false}"#, valid: ["{}"],
            invalid: [#"{"a":1}"#]),
        .init(
            schema:
                #"{"oneOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":true},"required":["b"]}],"dependentSchemas":{"b":{"properties":{"c":true}}},"unevaluatedProperties":false}"#,
            valid: [#"{"a":1}"#, #"{"b":1,"c":1}"#], invalid: [#"{"a":1,"c":1}"#, #"{"a":1,"b":1}"#]),
        .init(
            schema: #"{"prefixItems":[true],"contains":{"type":"string"},"unevaluatedItems":{"type":"null"}}"#,
            valid: [#"[1,"a",null]"#], invalid: [#"[1,"a",2]"#]),
        .init(
            schema:
                #"{"anyOf":[{"prefixItems":[{"const":1}]},{"prefixItems":[true,{"const":2}]}],"unevaluatedItems":false}"#,
            valid: ["[1]", "[3,2]", "[1,2]"], invalid: ["[1,3]", "[1,2,3]"]),
        .init(
            schema: #"{"items":{"type":"integer"},"unevaluatedItems":false}"#, valid: ["[1,2]"], invalid: ["[\"a\"]"]),
    ]

    @Test(arguments: arrays + objects + unevaluated)
    func instancesAreJudged(_ example: ValidationCase) throws { try example.check() }
}
