import ArgumentParser
import DropFolder
import PageImages

struct RetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Send failed documents back to their inboxes.",
        discussion: """
            The file goes from `failed` to its inbox, where the service takes it as a new file; its NAME.error.json goes away. \
            Documents that failed are never tried again by themselves. `gleaner status` lists them with their ids.

            EXAMPLES
              gleaner retry 17 18
              gleaner retry --all
              gleaner retry --code does-not-fit
            """)

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "Ids of failed documents.")
    var ids: [Int64] = []

    @Flag(help: "Send all failed documents back.")
    var all = false

    @Option(help: ArgumentHelp("Send back those that failed with this code.", valueName: "code"))
    var code: String?

    func validate() throws {
        guard [!ids.isEmpty, all, code != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("Name ids, or --all, or --code.")
        }
    }

    func run() throws {
        var failures = FailureLog()
        try reportingFailures {
            let ledger = try Ledger(
                path: DropFolderDaemon.ledgerPath(options.load()), creating: false)
            let retry = Retry(ledger: ledger)
            for id in try chosen(ledger) {
                do throws(RetryError) {
                    print("\(id)  \(try retry.send(id).onOneLine)")
                } catch {
                    failures.report(error.description, ExitCode(error))
                }
            }
        }
        if let code = failures.exitCode { throw code }
    }

    private func chosen(_ ledger: Ledger) throws(LedgerError) -> [Int64] {
        guard ids.isEmpty else { return ids }
        let failed = try ledger.failures(limit: Int(Int32.max))
        return failed.filter { code == nil || $0.failure.code == code }.map(\.arrival.id).sorted()
    }
}
