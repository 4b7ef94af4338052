import Extraction
import Files
import JSONSchema

/// Proves, from the folders and the ledger, that every file that ever arrived is in exactly one place.
///
/// May run beside a service: what changes while it is looked at is looked at again. Every byte of every document is read.
public struct Audit: Sendable {
    let configuration: DropFolderConfiguration
    let ledger: Ledger
    let schemas: [String: ExtractionSchema]
    /// Whether files that were taken away from the output folders are gaps.
    let toleratesTaken: Bool

    /// - Parameter toleratesTaken: records and documents that are no longer in their folders are no gaps: someone fetched them.
    /// - Throws: when a schema cannot be used.
    public init(
        _ configuration: DropFolderConfiguration, ledger: Ledger, toleratesTaken: Bool = false
    ) throws(DaemonError) {
        self.configuration = configuration
        self.ledger = ledger
        self.toleratesTaken = toleratesTaken
        var schemas: [String: ExtractionSchema] = [:]
        for inbox in configuration.inboxes {
            for reading in [inbox.reading] + inbox.subfolders.map(\.reading) {
                let schema = try DropFolderDaemon.schema(reading.schema, of: inbox)
                schemas[schema.sha256] = schema
            }
        }
        self.schemas = schemas
    }

    /// - Parameter progress: called with the number of arrivals looked at.
    /// - Throws: when the ledger cannot be read.
    public func run(progress: (Int) -> Void = { _ in }) throws(LedgerError) -> AuditReport {
        var report = AuditReport()
        for problem in try ledger.integrityProblems() {
            report.gaps.append(.init(kind: .ledger, arrival: nil, path: ledger.path, message: problem))
        }
        var names = PromisedNames()
        var last: Int64 = 0
        while true {
            let entries = try ledger.auditEntries(after: last, limit: 256)
            guard let end = entries.last else { break }
            for entry in entries { try check(entry, &names, &report) }
            last = end.arrival.id
            progress(report.arrivals)
        }
        for inbox in configuration.inboxes {
            try checkInbox(inbox, &report)
            checkLines(inbox, &report)
        }
        checkStrangers(names, &report)
        return report
    }

    private func check(
        _ entry: AuditEntry, _ names: inout PromisedNames, _ report: inout AuditReport
    ) throws(LedgerError) {
        var entry = entry
        var gaps = gaps(of: entry)
        // A service may have moved it on between the two looks.
        for _ in 0..<3 where !gaps.isEmpty {
            guard let now = try ledger.auditEntries(after: entry.arrival.id - 1, limit: 1).first,
                now.arrival.id == entry.arrival.id, now != entry
            else { break }
            entry = now
            gaps = self.gaps(of: entry)
        }
        report.arrivals += 1
        switch entry.arrival.state {
        case .done: report.done += 1
        case .failed: report.failed += 1
        case .returned: report.returned += 1
        case .captured, .reserved, .delivered, .returning: report.inWork += 1
        }
        if toleratesTaken {
            var kept: [AuditReport.Gap] = []
            for gap in gaps where try !isPassedOn(gap) { kept.append(gap) }
            gaps = kept
        }
        if entry.arrival.state != .returned, let promised = entry.arrival.names, !names.add(promised), !toleratesTaken {
            gaps.append(
                .init(
                    kind: .ledger, arrival: entry.arrival.id, path: promised.output,
                    message: "two arrivals have this name"))
        }
        report.gaps += gaps
    }

    /// Whether the name of what was fetched belongs to a later arrival by now.
    private func isPassedOn(_ gap: AuditReport.Gap) throws(LedgerError) -> Bool {
        guard gap.kind == .record || gap.kind == .source, let id = gap.arrival else { return false }
        return try ledger.arrivals(naming: gap.path).contains { $0.id > id && $0.state != .returned }
    }

    /// Files in an inbox: still to be taken, in work, or left behind.
    private func checkInbox(_ inbox: InboxConfiguration, _ report: inout AuditReport) throws(LedgerError) {
        let left = Dictionary(
            try ledger.leftSources(inbox: inbox.path).map { (ExactPath($0.path), $0.identity) }, uniquingKeysWith: { $1 })
        let inWork = Set(try ledger.unfinished().compactMap { $0.inbox == inbox.path ? $0.identity : nil })
        var waiting = 0
        var leftBehind = 0
        let summary = InboxScanner(root: inbox.path, isRecursive: inbox.recursive).scan { path, identity in
            if left[ExactPath(path)] == identity {
                leftBehind += 1
            } else if !inWork.contains(identity) {
                waiting += 1
            }
        }
        report.waiting += waiting
        report.left += leftBehind
        if let failure = summary.failure ?? summary.firstUnreadable {
            report.gaps.append(
                .init(kind: .inbox, arrival: nil, path: inbox.path, message: "cannot be listed: \(failure)"))
        }
        if summary.notUTF8.count > 0 {
            report.gaps.append(
                .init(
                    kind: .inbox, arrival: nil, path: "\(inbox.path)/\(summary.notUTF8.example)",
                    message: "\(summary.notUTF8.count) names are not UTF-8 and are never taken; rename them"))
        }
    }

    private func checkStrangers(_ names: PromisedNames, _ report: inout AuditReport) {
        let folders = Set(configuration.inboxes.flatMap { [$0.records, $0.done, $0.failed] })
        let lines = Set(configuration.inboxes.flatMap { [$0.jsonl, $0.csv].compactMap(\.self) })
        for folder in folders {
            _ = InboxScanner(root: folder).scan { path, _ in
                let path = "\(folder)/\(path)"
                if !names.contains(path), !lines.contains(path) { report.strangers += 1 }
            }
        }
    }
}

/// Names in the output folders, each promised once.
struct PromisedNames {
    private var names: Set<ExactPath> = []

    /// False when one of the names was there before.
    mutating func add(_ new: OutputNames) -> Bool {
        let isNewOutput = names.insert(ExactPath(new.output)).inserted
        let isNewSource = names.insert(ExactPath(new.source)).inserted
        return isNewOutput && isNewSource
    }

    func contains(_ path: String) -> Bool { names.contains(ExactPath(path)) }
}
