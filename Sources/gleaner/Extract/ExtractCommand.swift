import ArgumentParser
import Extraction
import JSONSchema
import PageImages

/// `gleaner extract`: documents in, one record each out.
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Read documents and print one JSON record for each.",
        discussion: """
            The record alone goes to standard output; progress goes to standard error when that is a terminal. One document \
            is printed over several lines, several documents one line each, in the order given. A document that cannot be \
            read does not stop the others; the exit code is that of the first failure (docs/exit-codes.md).

            EXAMPLES
              gleaner extract samples/receipt.pdf --schema schemas/receipt.json
              gleaner extract contract.pdf --schema parties.json --pages 1-3,7
              gleaner extract *.pdf --schema receipt.json --output records.jsonl
              gleaner extract scan.png --schema receipt.json --json | jq .seconds

            ENVIRONMENT
              GLEANER_MODEL  the model to use when --model is not given
              NO_COLOR       no colours in progress
            """
    )

    @Argument(help: "PDF, PNG, JPEG or TIFF files.", completion: .file())
    var files: [String]

    @Option(help: "The JSON Schema that the record follows.", completion: .file(extensions: ["json"]))
    var schema: String

    @Option(
        help: ArgumentHelp(
            "The model's folder, or the name of an installed model (default: gleaner-mini).", valueName: "dir"),
        completion: .directory)
    var model: String?

    @Option(help: ArgumentHelp("Pages to read, such as 1-3,7 or 2-.", valueName: "pages"))
    var pages: PageSelection = .all

    @Flag(help: "Leave blank pages out; which ones is said on standard error.")
    var skipBlank = false

    @OptionGroup var opening: DocumentOptions

    @Option(
        help: ArgumentHelp(
            "The most tokens a record may take (default: 2048, or what the context leaves).", valueName: "n"))
    var maxTokens: Int?

    @Option(help: ArgumentHelp("Randomness of the choice of tokens; 0 takes the likeliest.", valueName: "t"))
    var temperature: Float = 0

    @Option(help: ArgumentHelp("Seed of that randomness.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(help: ArgumentHelp("Dots per inch at which PDF pages are drawn.", valueName: "dpi"))
    var resolution: Double = ExtractionOptions.defaultResolution

    @Option(help: ArgumentHelp("Worker threads (default: one for each core).", valueName: "n"))
    var threads: Int?

    @Option(
        name: .shortAndLong, help: "Write to this file instead of standard output, whole or not at all.",
        completion: .file())
    var output: String?

    @Flag(
        help: "Leave what cannot be held while a record is written to the check of the result, instead of refusing it.")
    var lenient = false

    @Flag(help: "Print one line for each document: record, model, schema hash, pages, tokens and seconds.")
    var json = false

    func validate() throws {
        guard maxTokens.map({ $0 > 0 }) ?? true else { throw ValidationError("--max-tokens must be at least 1.") }
        guard temperature >= 0, temperature.isFinite else { throw ValidationError("--temperature must be 0 or more.") }
        guard (10...1200).contains(resolution) else {
            throw ValidationError("--resolution must be between 10 and 1200.")
        }
        guard threads.map({ (1...1024).contains($0) }) ?? true else {
            throw ValidationError("--threads must be between 1 and 1024.")
        }
    }

    func run() throws {
        var failures = FailureLog()
        do {
            let schema = try ExtractionSchema(text: SchemaFile.read(schema), name: schema, isLenient: lenient)
            for warning in schema.warnings {
                StandardError.write("gleaner: \(self.schema): \(warning); the result is checked for it\n")
            }
            let folder = try ModelFolder.named(model)
            let options = try options()
            let sink = try OutputSink(output: output)
            let engine = try LocalEngine(model: folder, threads: threads, reader: opening.makeReader())
            for file in files {
                do {
                    try sink.write(record(of: file, schema, options, engine))
                } catch let error as ExtractionError {
                    failures.report(error)
                }
            }
            try sink.finish()
        } catch let error as ExtractionError {
            failures.report(error)
        } catch let error as FileFailure {
            failures.report(error.message, error.code)
        }
        if let code = failures.exitCode { throw code }
    }

    /// The text to print for one document.
    private func record(
        of file: String, _ schema: ExtractionSchema, _ options: ExtractionOptions, _ engine: LocalEngine
    ) throws -> [UInt8] {
        let line = ProgressLine(file: file)
        defer { line.clear() }
        let extraction = try engine.extract(file, schema: schema, options: options) { progress in
            line.show(progress)
            return true
        }
        line.finish(extraction)
        let value = json ? extraction.report : extraction.record
        return value.serialized(pretty: !json && files.count == 1) + Array("\n".utf8)
    }

    private func options() throws(FileFailure) -> ExtractionOptions {
        var options = ExtractionOptions()
        options.pages = pages
        options.passwords = try opening.allPasswords()
        options.blankPages = skipBlank ? .skip : .keep
        options.maximumTokens = maxTokens
        options.temperature = temperature
        options.seed = seed
        options.resolution = resolution
        return options
    }
}
