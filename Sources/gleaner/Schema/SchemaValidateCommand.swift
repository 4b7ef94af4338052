import ArgumentParser
import Extraction
import JSONSchema
import PageImages

/// `gleaner schema validate`: the validator that checks every record, on its own.
struct SchemaValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check JSON documents against a schema.",
        discussion: """
            It is the validator that checks records before they are given out; it shares no code with the grammar. Every violation \
            is named: the value, the keyword, and what is wrong. Keywords that no draft knows restrict nothing. The exit code is 0 \
            when every document is valid, 65 when one is not, and that of docs/exit-codes.md when a file cannot be read.

            EXAMPLES
              gleaner schema validate schemas/receipt.json samples/receipt.json
              gleaner extract receipt.pdf --schema receipt.json | gleaner schema validate receipt.json -
              gleaner schema validate event.json events/*.json --json | jq '.violations[].message'
            """)

    @Argument(help: "The schema.", completion: .file(extensions: ["json"]))
    var schema: String

    @Argument(help: "JSON documents; - is standard input.", completion: .file(extensions: ["json"]))
    var instances: [String]

    @OptionGroup var reading: SchemaReadingOptions

    @Flag(help: "Print one JSON object for each document.")
    var json = false

    func validate() throws {
        guard !instances.isEmpty else { throw ValidationError("Name at least one document to check.") }
        guard ([schema] + instances).filter({ $0 == "-" }).count < 2 else {
            throw ValidationError("Standard input can be read only once.")
        }
    }

    func run() throws {
        var failures = FailureLog()
        do {
            let document = try SchemaDocument(schema)
            let validator: SchemaValidator
            do {
                validator = try SchemaValidator(
                    schema: document.value, options: reading.schemaOptions(refusesUnknown: false))
            } catch {
                throw ExtractionError.schemaRefused(file: document.name, reason: error.message)
            }
            var areAllValid = true
            for instance in instances {
                do throws(FileFailure) {
                    let result = InstanceCheck(try Self.value(instance), name: instance, validator)
                    print(json ? String(decoding: result.value.serialized(), as: UTF8.self) : result.text)
                    if !result.violations.isEmpty { areAllValid = false }
                } catch {
                    failures.report(error.message, error.code)
                }
            }
            if !areAllValid, failures.exitCode == nil { throw ExitCode.damagedDocument }
        } catch let error as ExtractionError {
            failures.report(error)
        } catch let error as FileFailure {
            failures.report(error.message, error.code)
        }
        if let code = failures.exitCode { throw code }
    }

    private static func value(_ path: String) throws(FileFailure) -> JSONValue {
        let bytes = try InputFile.read(path)
        do throws(JSONParseError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw FileFailure(message: "\(path): not JSON: \(error)", code: .damagedDocument)
        }
    }
}

/// What the validator says of one document.
private struct InstanceCheck {
    let name: String
    let violations: [SchemaViolation]

    init(_ value: JSONValue, name: String, _ validator: SchemaValidator) {
        self.name = name == "-" ? "standard input" : name
        violations = validator.validate(value)
    }

    var value: JSONValue {
        [
            "file": .string(name), "valid": .bool(violations.isEmpty),
            "violations": .array(
                violations.map { violation in
                    [
                        "instance": .string(violation.instancePointer.description),
                        "schema": .string(violation.schemaPointer.description),
                        "location": .string(violation.schemaLocation),
                        "message": .string(violation.message),
                    ]
                }),
        ]
    }

    var text: String {
        if violations.isEmpty { return "\(name): valid".onOneLine }
        let count = violations.count == 1 ? "1 violation" : "\(violations.count) violations"
        let lines = violations.map { "  \($0) (\($0.schemaLocation))".onOneLine }
        return (["\(name): not valid, \(count)".onOneLine] + lines).joined(separator: "\n")
    }
}
