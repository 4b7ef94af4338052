import JSONSchema
import Testing

@Suite struct ViolationTests {
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

    @Test func referencesAreStepsOfTheWay() throws {
        let options = SchemaOptions(baseURI: "file:///main.json") { uri in
            uri == "file:///other.json" ? Array(#"{"items":{"maximum":3}}"#.utf8) : nil
        }
        let schema = try json(##"{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"b":{"$ref":"other.json"}}}}}"##)
        let violations = try SchemaValidator(schema: schema, options: options).validate(json(#"{"b":[1,4]}"#))
        #expect(violations.map(\.instancePointer.description) == ["/b/1"])
        #expect(violations.map(\.schemaPointer.description) == ["/$ref/properties/b/$ref/items/maximum"])
        #expect(violations.map(\.schemaLocation) == ["file:///other.json#/items/maximum"])
        #expect(violations.first?.description == "/b/1: the number 4 must be at most 3")
    }

    @Test func theClosestAlternativeIsExplained() throws {
        let schema = try json(
            #"{"oneOf":[{"type":"null"},{"type":"object","properties":{"a":{"type":"integer"}},"required":["a","b"]}]}"#
        )
        let violation = try SchemaValidator(schema: schema).validate(json("1.5")).first
        #expect(violation?.message.contains("none of the 2 alternatives; of the closest,") == true)
        #expect(violation?.schemaPointer.description == "/oneOf")
    }

    /// Each keyword says in one line what is wrong.
    @Test(arguments: [
        (#"{"additionalProperties":false}"#, #"{"a":1}"#, #"/a: the property "a" is not declared"#),
        (#"{"unevaluatedProperties":false}"#, #"{"a":1}"#, #"/a: the property "a" is not declared"#),
        (#"{"properties":{"a":false}}"#, #"{"a":1}"#, "/a: no value is allowed here"),
        (#"{"multipleOf":0.01}"#, "1.999", "the document: the number 1.999 must be a multiple of 0.01"),
        (#"{"exclusiveMinimum":2}"#, "2", "the document: the number 2 must be greater than 2"),
        (#"{"pattern":"^a$"}"#, "\"b\"", "the document: the string does not match the pattern ^a$"),
        (#"{"uniqueItems":true}"#, "[1,2,1]", "the document: the elements 0 and 2 are equal: all must be different"),
        (#"{"not":{}}"#, "1", "the document: the value fits the schema that it must not fit"),
        (#"{"oneOf":[true,true]}"#, "1", "the document: the value fits more than one of the 2 alternatives"),
        (
            #"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#,
            #"the document: the property "b" is missing, which "a" requires"#
        ),
        (#"{"enum":[1,"a"]}"#, "2", #"the document: the value must be one of 1, "a""#),
    ])
    func messagesSayWhatIsWrong(_ schema: String, instance: String, message: String) throws {
        let violations = try SchemaValidator(schema: json(schema)).validate(json(instance))
        #expect(violations.map(\.description) == [message])
    }

    @Test func violationsAreCapped() throws {
        let validator = try SchemaValidator(schema: ["items": ["type": "string"]])
        let instance = JSONValue.array(Array(repeating: 1, count: 5000))
        #expect(validator.validate(instance).count == SchemaValidator.maximumViolations)
    }
}
