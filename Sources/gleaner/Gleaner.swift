import ArgumentParser
import Foundation
import PageImages

@main
struct Gleaner: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gleaner",
        abstract: "Turns documents into validated JSON, on this machine.",
        discussion: """
            Pages of PDFs, PNGs, JPEGs and TIFFs are shown to a vision-language model together with a JSON Schema. Decoding is \
            constrained to the schema, and the record is checked before it is given out.

            EXAMPLES
              gleaner extract receipt.pdf --schema schemas/receipt.json
              gleaner extract scans/*.png --schema receipt.json > records.jsonl
              gleaner pages contract.pdf --out pages
              gleaner watch --config gleaner.yaml
              gleaner extract --help
            """,
        version: "0.1.0",
        subcommands: [ExtractCommand.self, GenerateCommand.self, PagesCommand.self, SchemaCommand.self, ModelCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Drop folder",
                subcommands: [
                    WatchCommand.self, DrainCommand.self, StatusCommand.self, RetryCommand.self, AuditCommand.self,
                    ConfigCommand.self,
                ])
        ]
    )

    /// Runs the command; usage errors leave with 64 (EX_USAGE) as sysexits has it.
    static func main() async {
        if PageWorker.isAskedFor { Foundation.exit(PageWorker.run()) }
        ProcessEnvironment.makeUsual()
        // A reader that goes away is an error to report, not a signal to die of.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: error)
        }
    }
}
