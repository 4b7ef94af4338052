import DropFolder
import Foundation
import PageImages

/// The status as people read it.
struct StatusTable {
    private let status: ServiceStatus

    init(_ status: ServiceStatus) {
        self.status = status
    }

    var text: String {
        var lines = [status.process.map { "running, process \($0)" } ?? "not running"]
        for (component, problem) in status.problems.sorted(by: { $0.key < $1.key }) {
            lines.append("PAUSED  \(component): \(problem)".onOneLine)
        }
        lines.append("")
        lines +=
            TextTable(
                header: ["inbox", "waiting", "in work", "done", "failed", "folder"],
                rows: status.inboxes.map { inbox in
                    [
                        inbox.name, inbox.waiting.map(String.init) ?? "?", String(inbox.inWork), String(inbox.done),
                        String(inbox.failed), inbox.path,
                    ]
                }, rightAligned: [1, 2, 3, 4]
            ).lines
        lines.append("")
        lines.append(status.counts.pages == 1 ? "1 page read" : "\(status.counts.pages) pages read")
        if status.counts.sourcesLeft > 0 {
            lines.append("\(status.counts.sourcesLeft) files are finished but could not be moved out of their inbox")
        }
        if !status.failures.isEmpty {
            lines.append("")
            lines +=
                TextTable(
                    header: ["id", "failed", "code", "file", "what to do"],
                    rows: status.failures.map { failed in
                        [
                            String(failed.arrival.id),
                            Self.localTime(failed.arrival.closedAt ?? failed.arrival.arrivedAt),
                            failed.failure.code, failed.arrival.path.shortened(to: 48), failed.failure.remedy,
                        ]
                    }, rightAligned: [0]
                ).lines
            lines.append("")
            lines.append("`gleaner retry ID` sends one back to its inbox, `gleaner retry --all` sends all.")
        }
        return lines.joined(separator: "\n")
    }

    private static func localTime(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            .formatted(
                .iso8601.year().month().day().dateSeparator(.dash).dateTimeSeparator(.space).time(
                    includingFractionalSeconds: false))
    }
}
