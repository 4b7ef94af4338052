/// Every key of `gleaner.yaml`, once: what is read, checked, documented and overridden comes from here.
enum ConfigurationTable {
    private typealias Configuration = DropFolderConfiguration

    static let seconds = ValueRule<Double>.number(0.1...86_400, unit: "seconds")

    static let keys: [ConfigurationKey<DropFolderConfiguration>] = [
        .required(
            "state", \.state, .path, "The folder of the ledger and of documents in work. Keep it on a local disk."),
        inboxes,
        .optional(
            "model", \.model, .model, fallback: "gleaner-mini",
            "The model of every inbox that names none: its folder, or the name of an installed one."),
        .optional(
            "threads", \.threads, .integer(1...1024), fallback: "one for each core", "Worker threads of the engine."),
        .optional(
            "passwords", \.passwords, .path, fallback: "none",
            "A file of passwords to try on encrypted documents, one a line."),
        .optional(
            "sandbox", \.sandbox, .choice, of: defaults,
            "`optional` reads documents even where the system cannot confine what parses them."),
        .section("limits", \.limits, limits, "What one document may cost; beyond that it fails."),
        .section("queue", \.queue, queue, "What may wait in memory between drawing pages and reading them."),
        .section(
            "engine_retry", \.engineRetry, engineRetry,
            "How long to wait when the engine fails. Failures of the engine are never charged to a document."),
        .optional(
            "pause_seconds", \.pauseSeconds, seconds, of: defaults,
            "Time between attempts while the machine is at fault: disk full, folder not mounted."),
        .optional(
            "stop_seconds", \.stopSeconds, seconds, of: defaults,
            "Time a stop may take; then the page in hand is abandoned, and read again after the next start."),
        .section("log", \.log, log, "What is logged and how."),
        .section(
            "monitoring", \.monitoring, monitoring, "`/metrics` and `/healthz` over HTTP, for this machine alone."),
    ]

    private static let defaults = Configuration(state: "", inboxes: [])

    private static let limits: [ConfigurationKey<Configuration.Limits>] = [
        .optional(
            "file_megabytes", \.fileMegabytes, .integer(1...65_536, unit: "MiB"), of: .init(), "The largest file."),
        .optional("pages", \.pages, .integer(1...100_000), of: .init(), "The most pages of a document."),
        .optional(
            "megapixels", \.megapixels, .integer(1...10_000, unit: "millions"), of: .init(),
            "The most pixels of a page."),
        .optional(
            "document_megapixels", \.documentMegapixels, .integer(1...1_000_000, unit: "millions"), of: .init(),
            "The most pixels of all pages of a document that are read."),
        .optional(
            "page_seconds", \.pageSeconds, .integer(1...3600, unit: "seconds"), of: .init(),
            "The longest time to open a document or to draw one of its pages."),
        .optional(
            "worker_memory", \.workerMemory, .integer(64...1_048_576, unit: "MiB"), of: .init(),
            "The most memory of a process that parses documents."),
        .optional(
            "worker_documents", \.workerDocuments, .integer(1...1_000_000), of: .init(),
            "Documents after which such a process is replaced by a new one."),
        .optional(
            "interrupted_starts", \.interruptedStarts, .integer(1...1000), of: .init(),
            "A document fails when the process ended this many times while reading it."),
    ]

    private static let queue: [ConfigurationKey<Configuration.Queue>] = [
        .optional("pages", \.pages, .integer(1...10_000), of: .init(), "Drawn pages."),
        .optional(
            "megabytes", \.megabytes, .integer(1...1_048_576, unit: "MiB"), of: .init(), "Drawn pages and documents."),
        .optional("documents", \.documents, .integer(1...100_000), of: .init(), "Documents."),
    ]

    private static let engineRetry: [ConfigurationKey<Configuration.EngineRetry>] = [
        .optional("first_seconds", \.firstSeconds, seconds, of: .init(), "The first wait; it doubles each time."),
        .optional("most_seconds", \.mostSeconds, seconds, of: .init(), "The longest wait."),
        .optional(
            "failures", \.failures, .integer(1...1000), of: .init(),
            "Failures in a row after which work stops until the engine answers again."),
    ]

    private static let log: [ConfigurationKey<Configuration.Log>] = [
        .optional("level", \.level, .choice, of: .init(), "The least important messages to log."),
        .optional(
            "format", \.format, .choice, of: .init(),
            "`auto` is the systemd journal where it reads standard error, and plain lines elsewhere."),
    ]

    private static let monitoring: [ConfigurationKey<Configuration.Monitoring>] = [
        .optional("port", \.port, .integer(0...65_535), fallback: "off", "The TCP port; 0 takes one that is free."),
        .optional("address", \.address, .loopback, of: .init(), "Where to listen."),
    ]
}
