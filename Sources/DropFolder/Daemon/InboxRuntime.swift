import Extraction

/// An inbox with its schemas compiled and its engines loaded.
final class InboxRuntime: Sendable {
    let index: Int
    let configuration: InboxConfiguration
    private let main: Reading
    private let subfolders: [(path: String, reading: Reading)]

    var name: String { configuration.name }
    var path: String { configuration.path }

    /// - Parameter make: compiles what a document is read with.
    init(
        index: Int, _ configuration: InboxConfiguration, make: (ReadingOptions) throws(DaemonError) -> Reading
    ) throws(DaemonError) {
        self.index = index
        self.configuration = configuration
        main = try make(configuration.reading)
        var subfolders: [(String, Reading)] = []
        for subfolder in configuration.subfolders {
            subfolders.append((subfolder.path, try make(subfolder.reading)))
        }
        self.subfolders = subfolders
    }

    /// What the document at a path below the inbox is read with.
    func reading(of path: String) -> Reading {
        subfolders.first { path.hasPrefix($0.path + "/") }?.reading ?? main
    }

    /// All readings, for whoever looks for one.
    var readings: [Reading] { [main] + subfolders.map(\.reading) }
}

/// What a document is read with: schema, engine and options.
struct Reading: Sendable {
    let schema: ExtractionSchema
    let engine: any ExtractionEngine
    let options: ExtractionOptions
    let failsWhenEndedByBudget: Bool
    /// Engine and options, as the ledger tells results apart.
    let engineIdentity: String
    /// nil for schemas that are not flat.
    let csv: CSVLayout?

    init(
        schema: ExtractionSchema, engine: any ExtractionEngine, options: ExtractionOptions, failsWhenEndedByBudget: Bool
    ) {
        self.schema = schema
        self.engine = engine
        self.options = options
        self.failsWhenEndedByBudget = failsWhenEndedByBudget
        // A record that counts as failed under one rule would count as done under the other.
        engineIdentity = "\(engine.identity); \(options.identity); ended by budget: \(failsWhenEndedByBudget ? "fail" : "deliver")"
        csv = CSVLayout(schema: schema.value)
    }

    func key(sha256: String) -> DocumentKey {
        DocumentKey(sha256: sha256, schema: schema.sha256, engine: engineIdentity)
    }
}
