import DropFolder
import Files
import Foundation
import JSONSchema

/// What the ledger, the inboxes and the service tell at one moment.
struct ServiceStatus {
    struct Inbox {
        let name: String
        let path: String
        var waiting: Int?
        var inWork: Int
        var done: Int
        var failed: Int
    }

    let state: String
    /// The process that works with the state folder.
    let process: Int?
    /// What keeps it from working, by component.
    let problems: [String: String]
    let inboxes: [Inbox]
    let counts: LedgerCounts
    let failures: [FailedArrival]

    init(_ configuration: DropFolderConfiguration, failures limit: Int) throws(LedgerError) {
        let ledger = try Ledger(readingFrom: DropFolderDaemon.ledgerPath(configuration))
        let file = StatusFile(state: configuration.state)
        state = configuration.state
        process = FileLock.holder(of: "\(configuration.state)/lock").map(Int.init)
        // An old file of a service that is gone tells nothing.
        let isCurrent = process != nil && file?.process == process
        problems = process == nil ? [:] : Self.problems(configuration.state, isCurrent ? file : nil)
        var inboxes: [Inbox] = []
        for inbox in configuration.inboxes {
            let states = try ledger.states(inbox: inbox.path)
            let inWork = states.filter(\.key.isUnfinished).values.reduce(0, +)
            inboxes.append(
                Inbox(
                    name: inbox.name, path: inbox.path, waiting: try Self.waiting(inbox, ledger), inWork: inWork,
                    done: states[.done] ?? 0, failed: states[.failed] ?? 0))
        }
        self.inboxes = inboxes
        counts = try ledger.counts()
        failures = limit > 0 ? try ledger.failures(limit: limit) : []
    }

    /// A service that runs writes its file every few seconds, unless it hangs or its disk is full.
    private static func problems(_ state: String, _ file: StatusFile?) -> [String: String] {
        // The lock is written once, at the start.
        let started = (try? Files.identity(of: "\(state)/lock"))?.modified ?? 0
        let age = Int(Date.now.timeIntervalSince1970) - (file?.writtenAt ?? Int(started / 1_000_000_000))
        var problems = file?.problems ?? [:]
        if age > 20 {
            problems["service"] =
                "it has not reported for \(age) seconds; look at its log, and at the disk of the state folder"
        }
        return problems
    }

    /// Files that are still to be taken; nil when the inbox cannot be listed.
    private static func waiting(_ inbox: InboxConfiguration, _ ledger: Ledger) throws(LedgerError) -> Int? {
        let left = Set(try ledger.leftSources(inbox: inbox.path).map(\.identity))
        let inWork = Set(try ledger.unfinished().compactMap { $0.inbox == inbox.path ? $0.identity : nil })
        var count = 0
        let summary = InboxScanner(root: inbox.path, isRecursive: inbox.recursive).scan { _, identity in
            if !left.contains(identity), !inWork.contains(identity) { count += 1 }
        }
        return summary.failure == nil ? count : nil
    }

    var value: JSONValue {
        [
            "state": .string(state),
            "process": process.map(Self.number) ?? .null,
            "problems": .object(
                JSONObject(problems.sorted { $0.key < $1.key }.map { (key: $0.key, value: .string($0.value)) })),
            "inboxes": .array(
                inboxes.map { inbox in
                    [
                        "name": .string(inbox.name),
                        "path": .string(inbox.path),
                        "waiting": inbox.waiting.map(Self.number) ?? .null,
                        "in_work": Self.number(inbox.inWork),
                        "done": Self.number(inbox.done),
                        "failed": Self.number(inbox.failed),
                    ]
                }),
            "pages": Self.number(counts.pages),
            "sources_left": Self.number(counts.sourcesLeft),
            "failures_by_code": .object(
                JSONObject(
                    counts.failures.sorted { $0.key < $1.key }.map { (key: $0.key, value: Self.number($0.value)) })),
            "failures": .array(failures.map(Self.failure)),
        ]
    }

    private static func failure(_ failed: FailedArrival) -> JSONValue {
        [
            "id": number(Int(failed.arrival.id)),
            "inbox": .string(failed.arrival.inbox),
            "file": .string(failed.arrival.path),
            "code": .string(failed.failure.code),
            "message": .string(failed.failure.message),
            "what_to_do": .string(failed.failure.remedy),
            "page": failed.failure.page.map(number) ?? .null,
            "error": failed.arrival.names.map { .string($0.output) } ?? .null,
            "time": .string(time(failed.arrival.closedAt ?? failed.arrival.arrivedAt)),
        ]
    }

    private static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    static func time(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).ISO8601Format()
    }
}
