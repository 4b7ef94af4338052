import JSONSchema
import Testing

/// A schema with instances that satisfy it and instances that do not, all as JSON text.
struct ValidationCase: Sendable, CustomTestStringConvertible {
    let schema: String
    let valid: [String]
    let invalid: [String]
    var testDescription: String { schema }

    /// Both ways of asking must give the verdict.
    func check(_ options: SchemaOptions = SchemaOptions()) throws {
        let validator = try SchemaValidator(schema: json(schema), options: options)
        for text in valid {
            #expect(validator.validate(try json(text)) == [], "\(text)")
            #expect(validator.isValid(try json(text)), "\(text)")
        }
        for text in invalid {
            #expect(!validator.validate(try json(text)).isEmpty, "\(text)")
            #expect(!validator.isValid(try json(text)), "\(text)")
        }
    }
}
