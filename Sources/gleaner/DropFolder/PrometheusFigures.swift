import DropFolder
import Files
import HTTPService

/// The service in figures, as Prometheus reads them. docs/service.md lists them.
struct PrometheusFigures {
    let text: String

    init(_ totals: DaemonMetrics.Totals, _ daemon: DropFolderDaemon) {
        var figures = PrometheusText()
        Self.documents(totals, &figures)
        Self.work(totals, &figures)
        Self.queues(daemon, &figures)
        text = figures.text
    }

    private static func documents(_ totals: DaemonMetrics.Totals, _ figures: inout PrometheusText) {
        figures.counter(
            "gleaner_documents_captured_total", "Files taken from the inboxes.", [.init(Double(totals.captured))])
        figures.counter(
            "gleaner_documents_duplicate_total", "Files whose bytes had been read before.",
            [.init(Double(totals.duplicates))])
        figures.counter(
            "gleaner_documents_done_total", "Documents with a record.",
            totals.done.sorted { $0.key < $1.key }.map { .init(Double($0.value), .init("inbox", $0.key)) })
        figures.counter(
            "gleaner_documents_failed_total", "Documents without a record, by error code.",
            totals.failed.sorted { ($0.key.inbox, $0.key.code) < ($1.key.inbox, $1.key.code) }.map { kind, count in
                .init(Double(count), .init("inbox", kind.inbox), .init("code", kind.code))
            })
        figures.counter(
            "gleaner_documents_postponed_total", "Times the engine or the machine made a document wait.",
            [.init(Double(totals.postponed))])
        figures.counter(
            "gleaner_sources_left_total", "Finished files that could not be moved out of an inbox.",
            [.init(Double(totals.sourcesLeft))])
    }

    private static func work(_ totals: DaemonMetrics.Totals, _ figures: inout PrometheusText) {
        figures.counter("gleaner_bytes_total", "Bytes of files taken.", [.init(Double(totals.bytes))])
        figures.counter("gleaner_pages_total", "Pages read.", [.init(Double(totals.pages))])
        figures.counter(
            "gleaner_tokens_total", "Tokens.",
            [
                .init(Double(totals.promptTokens), .init("kind", "prompt")),
                .init(Double(totals.generatedTokens), .init("kind", "generated")),
            ])
        figures.summary(
            "gleaner_stage_seconds", "Seconds of each stage of reading a document.",
            totals.stages.sorted { $0.key < $1.key }.map { stage, seconds in
                .init(count: totals.extractions, sum: seconds, .init("stage", stage))
            })
    }

    private static func queues(_ daemon: DropFolderDaemon, _ figures: inout PrometheusText) {
        let queues = daemon.queues
        let inboxes = queues.inboxes.sorted { $0.key < $1.key }
        figures.gauge(
            "gleaner_files_waiting", "Files in an inbox that are still to be taken.",
            inboxes.map { .init(Double($0.value.waitingFiles), .init("inbox", $0.key)) })
        figures.gauge(
            "gleaner_oldest_waiting_timestamp_seconds", "When the oldest waiting file was last changed.",
            inboxes.compactMap { name, counters in
                counters.oldestWaiting.map { .init(Double($0) / 1e9, .init("inbox", name)) }
            })
        figures.gauge(
            "gleaner_documents_in_work", "Documents between inbox and last folder, by what they wait for.",
            [
                .init(Double(queues.inWork), .init("stage", "all")),
                .init(Double(queues.toRead), .init("stage", "read")),
                .init(Double(queues.opened), .init("stage", "engine")),
                .init(Double(queues.toDeliver), .init("stage", "delivery")),
                .init(Double(queues.blocked), .init("stage", "folder")),
            ])
        figures.gauge(
            "gleaner_problems", "Components that keep the service from working.",
            [.init(Double(daemon.health.problems.count))])
        let syncs = SyncStatistics.now
        figures.counter(
            "gleaner_syncs_total", "Files and folders synced to disk, the ledger's not counted.",
            [.init(Double(syncs.count))])
        figures.counter("gleaner_sync_seconds_total", "Seconds spent on that.", [.init(syncs.seconds)])
        let ledger = daemon.ledgerStatistics
        figures.counter("gleaner_ledger_commits_total", "Commits of the ledger.", [.init(Double(ledger.commits))])
        figures.counter("gleaner_ledger_seconds_total", "Seconds spent in the ledger.", [.init(ledger.seconds)])
    }
}
