import ArgumentParser
import Extraction
import Grammar
import JSONSchema

/// `gleaner schema check`: what of a schema is held, by what, and what it takes.
struct SchemaCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what of a schema is held while decoding, and what is refused.",
        discussion: """
            A schema is read as `gleaner extract` reads it. For each keyword it is told whether token masks hold it, state at run \
            time, the validator alone, or nothing; docs/structured-output.md explains these. Refusals go to standard error, each \
            with keyword, JSON pointer and remedy. The exit code is 0 when every schema is good, 87 when one is refused, and that \
            of docs/exit-codes.md when a file cannot be read.

            EXAMPLES
              gleaner schema check schemas/invoice.json
              gleaner schema check schemas/*.json --order any
              gleaner schema check event.json --lenient --json | jq '.keywords[] | select(.held_by == "validator")'
            """)

    @Argument(help: "Schemas; - is standard input.", completion: .file(extensions: ["json"]))
    var files: [String]

    @OptionGroup var reading: SchemaReadingOptions

    @Flag(help: "Leave what cannot be held to the validator, with a warning, and pass unknown keywords.")
    var lenient = false

    @Option(
        help: ArgumentHelp("Order of properties where the schema has no x-order: declared or any.", valueName: "order"))
    var order: PropertyOrder = .declared

    @Option(help: "Which properties are generated that the schema does not name.")
    var undeclared: UndeclaredChoice = .whereDescribed

    @Flag(help: "Print one JSON object for each schema.")
    var json = false

    func run() throws {
        var failures = FailureLog()
        var isFirst = true
        for file in files {
            do {
                let document = try SchemaDocument(file)
                let check = SchemaCheck(
                    document, grammar: options, validator: reading.schemaOptions(refusesUnknown: !lenient))
                for refusal in check.refusals {
                    failures.report(ExtractionError.schemaRefused(file: document.name, reason: refusal.message))
                }
                if json {
                    print(String(decoding: check.value.serialized(), as: UTF8.self))
                } else if check.refusals.isEmpty {
                    if !isFirst { print() }
                    print(SchemaCheckTable(check, style: .standardOutput).text)
                    isFirst = false
                }
            } catch let error as ExtractionError {
                failures.report(error)
            } catch let error as FileFailure {
                failures.report(error.message, error.code)
            }
        }
        if let code = failures.exitCode { throw code }
    }

    private var options: GrammarOptions {
        var options = reading.grammarOptions(refusesUnknown: !lenient)
        options.propertyOrder = order
        options.undeclared = undeclared.properties
        options.isLenient = lenient
        return options
    }
}
