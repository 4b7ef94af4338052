import JSONSchema
import Testing

/// Whatever the schema and the value, an answer comes, and it is never a wrong yes.
@Suite struct BoundsTests {
    @Test(arguments: [
        ##"{"$ref":"#"}"##, ##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##,
        ##"{"$dynamicAnchor":"a","not":{"not":{"$dynamicRef":"#a"}}}"##,
        ##"{"if":{"$ref":"#"},"then":true,"else":true}"##,
        ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"allOf":[{"$ref":"#/$defs/a"}]}}}"##,
        ##"{"oneOf":[{"$ref":"#"},true]}"##, ##"{"dependentSchemas":{"a":{"$ref":"#"}}}"##,
    ])
    func circlesEnd(_ schema: String) throws {
        let validator = try SchemaValidator(schema: json(schema))
        let instance = try json(#"{"a":1}"#)
        let violations = validator.validate(instance)
        #expect(violations.contains { $0.message.contains("leads back to itself") })
        #expect(!validator.isValid(instance))
    }

    @Test func longChainsOfReferencesEnd() throws {
        var definitions = JSONObject()
        for index in 0..<50_000 { definitions["d\(index)"] = ["$ref": .string("#/$defs/d\(index + 1)")] }
        definitions["d50000"] = ["type": "string"]
        let validator = try SchemaValidator(schema: ["$ref": "#/$defs/d0", "$defs": .object(definitions)])
        #expect(validator.validate("a").map(\.message).contains { $0.contains("nested too deeply") })
        let short = try SchemaValidator(schema: ["$ref": "#/$defs/d49000", "$defs": .object(definitions)])
        #expect(short.isValid("a"))
        #expect(!short.isValid(1))
    }

    @Test func nestedAlternativesTakeBoundedTime() throws {
        // Each level doubles the work: without a bound this would take 2^60 steps.
        let schema = try json(##"{"type":"array","items":{"anyOf":[{"$ref":"#"},{"$ref":"#"},{"type":"null"}]}}"##)
        var instance: JSONValue = 1
        for _ in 0..<60 { instance = [instance] }
        var options = SchemaOptions()
        options.maximumSteps = 100_000
        let validator = try SchemaValidator(schema: schema, options: options)
        #expect(validator.validate(instance).contains { $0.message.contains("too many steps") })
        #expect(!validator.isValid(instance))
        // Giving up inside a `not` is no success either.
        #expect(try !SchemaValidator(schema: ["not": schema], options: options).isValid(instance))
    }

    @Test func deepValuesAndSchemasAreHandled() throws {
        let limits = JSONLimits(maximumDepth: 1024)
        func nested(_ open: String, _ core: String, _ close: String, _ depth: Int) throws -> JSONValue {
            let text = String(repeating: open, count: depth) + core + String(repeating: close, count: depth)
            return try JSONValue(parsing: Array(text.utf8), limits: limits)
        }
        let validator = try SchemaValidator(
            schema: json(##"{"items":{"$ref":"#"},"properties":{"a":{"$ref":"#"}},"type":["array","object"]}"##))
        #expect(validator.isValid(try nested("[", "[]", "]", 1000)))
        #expect(!validator.isValid(try nested("{\"a\":", "1", "}", 1000)))
        let deep = try SchemaValidator(schema: nested("{\"items\":", "{\"type\":\"null\"}", "}", 400))
        #expect(deep.isValid(try nested("[", "null", "]", 400)))
        #expect(!deep.isValid(try nested("[", "1", "]", 400)))
        #expect(throws: SchemaError.self) { try SchemaValidator(schema: nested("{\"items\":", "{}", "}", 1000)) }
    }

    @Test func hugeNumbersAreHandled() throws {
        let digits = String(repeating: "7", count: 200_000)
        let validator = try SchemaValidator(schema: json(#"{"multipleOf":\#(digits),"minimum":0}"#))
        #expect(validator.validate(try json(digits + "1")).contains { $0.message.contains("too many steps") })
        #expect(try SchemaValidator(schema: json(#"{"multipleOf":7,"maximum":1e999999999999}"#)).isValid(json(digits)))
    }

    @Test func manyElementsAreHandled() throws {
        let elements = JSONValue.array((0..<200_000).map { .number(JSONNumber($0)) })
        let validator = try SchemaValidator(schema: ["uniqueItems": true, "items": ["type": "integer"]])
        #expect(validator.isValid(elements))
    }
}
