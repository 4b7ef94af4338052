import ArgumentParser
import Extraction
import Grammar
import JSONSchema
import Mistral

/// `gleaner schema bench`: how anyone checks what is said of structured output.
struct SchemaBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Compile schemas, follow instances through their grammars, and measure both.",
        discussion: """
            Reads lines of JSON, {"schema":…,"tests":[{"data":…,"valid":true},…]}, and prints one line for each: whether the \
            schema was compiled, or the refusal; the microseconds that compiling took, each mask of the tokens of the valid \
            tests, and taking each of these tokens; how many of them were forced; and for each test the verdict of the validator \
            and of the automaton. An instance is serialised compactly and encoded by the tokenizer; the automaton accepts it if \
            every token is in the mask at its step and the text is complete behind the last. All on one thread. Unlike `extract`, \
            keywords that no draft knows are passed. The exit code is 0, or 65 if a line was no such test.

            EXAMPLES
              gleaner schema bench --summary < schemas.jsonl > results.jsonl
              gleaner schema bench schemas.jsonl --tokenizer tekken.json --order declared --summary
              gleaner schema bench suite.jsonl --no-mask --formats annotate \\
                --local-references remotes --base http://localhost:1234/

            ENVIRONMENT
              GLEANER_MODEL  the model whose tokenizer is used when neither --tokenizer nor --model is given
            """)

    @Argument(help: "Files of lines (default: standard input).", completion: .file())
    var files: [String] = []

    @Option(help: ArgumentHelp("The tokenizer: a tekken.json.", valueName: "file"), completion: .file())
    var tokenizer: String?

    @Option(
        help: ArgumentHelp("The model whose tokenizer is used (default: gleaner-mini).", valueName: "dir"),
        completion: .directory)
    var model: String?

    @Option(
        help: ArgumentHelp("Order of properties where the schema has no x-order: declared or any.", valueName: "order"))
    var order: PropertyOrder = .any

    @OptionGroup var reading: SchemaReadingOptions

    @Flag(name: .customLong("no-mask"), help: "Make no masks: verdicts alone, and faster.")
    var omitsMasks = false

    @Flag(help: "Say quantiles and counts of verdicts on standard error at the end.")
    var summary = false

    func validate() throws {
        guard tokenizer == nil || model == nil else { throw ValidationError("Give --tokenizer or --model, not both.") }
        guard files.filter({ $0 == "-" }).count < 2 else {
            throw ValidationError("Standard input can be read only once.")
        }
    }

    func run() throws {
        var failures = FailureLog()
        var figures = BenchSummary()
        do {
            var options = reading.grammarOptions(refusesUnknown: false)
            options.propertyOrder = order
            var bench = SchemaBench(
                try loadTokenizer(), grammar: options, validator: reading.schemaOptions(refusesUnknown: false),
                usesMasks: !omitsMasks)
            let sink = try OutputSink(output: nil)
            for file in files.isEmpty ? ["-"] : files {
                do {
                    try run(file, &bench, sink, &figures, &failures)
                } catch let error as FileFailure where error.code != .outputLost {
                    failures.report(error.message, error.code)
                }
            }
            if summary { StandardError.write(figures.text + "\n") }
        } catch let error as ExtractionError {
            failures.report(error)
        } catch let error as FileFailure {
            failures.report(error.message, error.code)
        }
        if let code = failures.exitCode { throw code }
    }

    private func run(
        _ file: String, _ bench: inout SchemaBench, _ sink: OutputSink, _ figures: inout BenchSummary,
        _ failures: inout FailureLog
    ) throws {
        var reader = try LineReader(file)
        var number = 0
        while let line = try reader.next() {
            number += 1
            let value: JSONValue
            do throws(BenchCase.Malformed) {
                guard case .whole(let bytes) = line else { throw BenchCase.Malformed(message: "the line is too long") }
                if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
                let result = bench.run(try BenchCase(bytes))
                figures.add(result)
                value = result.value
            } catch {
                let name = file == "-" ? "standard input" : file
                failures.report("\(name): line \(number): \(error.message)", .damagedDocument)
                figures.addError()
                value = ["line": .number(JSONNumber(number)), "error": .string(error.message)]
            }
            try sink.write(value.serialized() + Array("\n".utf8))
        }
    }

    private func loadTokenizer() throws -> TekkenTokenizer {
        if let tokenizer {
            do {
                return try TekkenTokenizer(contentsOfFile: tokenizer)
            } catch {
                let isMissing = if case .unreadable = error { true } else { false }
                throw FileFailure(
                    message: isMissing ? "\(error); check --tokenizer" : "\(tokenizer): \(error); check --tokenizer",
                    code: isMissing ? .missingFile : .modelUnusable)
            }
        }
        let folder = try ModelFolder(
            model: model, environment: ProcessEnvironment.variables, executable: ProcessEnvironment.executable)
        do {
            return try TekkenTokenizer(contentsOfFile: folder.path + "/tekken.json")
        } catch {
            throw ExtractionError.tokenizer(folder: folder.path, error)
        }
    }
}
