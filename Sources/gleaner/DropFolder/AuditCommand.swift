import ArgumentParser
import DropFolder
import JSONSchema
import PageImages

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Prove that every file that ever arrived is accounted for.",
        discussion: """
            Compares the ledger with the folders and reads every byte: each document is in exactly one of inbox, `done` and `failed`, \
            unchanged; each that is done has one record that its schema admits; lines are whole and there once. Each gap is named. \
            The exit code is 0 when there is none, 65 otherwise. It may run beside the service.

            EXAMPLES
              gleaner audit
              gleaner audit --allow-taken
              gleaner audit --json | jq '.gaps'
            """)

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Records and documents that were taken away from their folders are no gaps.")
    var allowTaken = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        try reportingFailures {
            let configuration = try options.load()
            let ledger = try Ledger(readingFrom: DropFolderDaemon.ledgerPath(configuration))
            let report = try Audit(configuration, ledger: ledger, toleratesTaken: allowTaken).run { count in
                guard StandardError.isTerminal else { return }
                StandardError.write("\r\u{1B}[K\(count) arrivals looked at")
            }
            if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
            print(json ? String(decoding: report.value.serialized(), as: UTF8.self) : report.text)
            if !report.isClean { throw ExitCode.damagedDocument }
        }
    }
}

extension AuditReport {
    var value: JSONValue {
        func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }
        return [
            "arrivals": number(arrivals), "done": number(done), "failed": number(failed), "in_work": number(inWork),
            "returned": number(returned), "waiting": number(waiting), "left": number(left),
            "strangers": number(strangers),
            "gaps": .array(
                gaps.map { gap in
                    [
                        "kind": .string(gap.kind.rawValue),
                        "id": gap.arrival.map { number(Int($0)) } ?? .null,
                        "path": .string(gap.path),
                        "message": .string(gap.message),
                    ]
                }),
        ]
    }

    var text: String {
        var lines = [
            "\(arrivals) arrivals: \(done) done, \(failed) failed, \(inWork) in work, \(returned) sent back",
            "\(waiting) files wait in the inboxes" + (left > 0 ? ", \(left) are finished and could not be moved" : ""),
        ]
        if strangers > 0 { lines.append("\(strangers) files in the output folders are not Gleaner's") }
        for gap in gaps {
            lines.append("GAP  \(gap.arrival.map { "\($0)  " } ?? "")\(gap.path): \(gap.message)".onOneLine)
        }
        lines.append(isClean ? "no gaps" : gaps.count == 1 ? "1 gap" : "\(gaps.count) gaps")
        return lines.joined(separator: "\n")
    }
}
