import ArgumentParser
import DropFolder
import Files
import Foundation
import JSONSchema
import PageImages

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what waits, what is done, what failed and why.",
        discussion: """
            Read from the ledger and the inboxes; the service may run or not. The exit code is 0 when nothing is wrong, 75 when \
            something keeps the service from working.

            EXAMPLES
              gleaner status
              gleaner status --failed 50
              gleaner status --json | jq '.failures[].code'
            """)

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("How many failures to list, newest first.", valueName: "n"))
    var failed = 10

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard (0...100_000).contains(failed) else { throw ValidationError("--failed must be between 0 and 100000.") }
    }

    func run() throws {
        try reportingFailures {
            let status = try ServiceStatus(options.load(), failures: failed)
            if json {
                print(String(decoding: status.value.serialized(), as: UTF8.self))
            } else {
                print(StatusTable(status).text)
            }
            if !status.problems.isEmpty { throw ExitCode.tryAgain }
        }
    }
}
