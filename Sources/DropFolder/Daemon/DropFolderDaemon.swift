import Extraction
import Files

/// The drop folder at work: takes files from inboxes, has them read, delivers records.
///
/// Everything that must not be lost is in the ledger and the spool before anything depends on it, so the process may end at any moment.
public final class DropFolderDaemon: Sendable {
    /// How to run.
    public struct Options: Sendable {
        /// Work off what is there, then end; end as well when something keeps it from working.
        public var isDrain = false
        /// Folders that lie on another file system than before are taken as they are now.
        public var acceptsNewMounts = false

        public init() {}
    }

    public let configuration: DropFolderConfiguration
    private let lock: FileLock
    private let context: Context
    private let inboxes: [InboxRuntime]
    private let intake: IntakeStage
    private let extraction: ExtractionStage

    /// Opens the state folder, compiles the schemas and has the engines made; nothing is taken yet.
    ///
    /// - Parameters:
    ///   - engine: makes or finds the engine of a model's name; nil: the model that ships.
    ///   - tell: called on the threads of the service, so it must be quick.
    ///   - reached: for tests of crashes.
    /// - Throws: `DaemonError`.
    public init(
        _ configuration: DropFolderConfiguration, options: Options = Options(),
        engine: (String?) throws(ExtractionError) -> any ExtractionEngine,
        tell: @escaping @Sendable (DaemonEvent) -> Void, reached: @escaping @Sendable (FaultPoint) -> Void = { _ in }
    ) throws(DaemonError) {
        self.configuration = configuration
        let spool = Spool(folder: "\(configuration.state)/spool")
        do {
            // Copies of documents and records are nobody else's business.
            try Files.makeFolder(configuration.state, mode: 0o700)
            try Files.makeFolder(spool.folder, mode: 0o700)
        } catch {
            throw .state(error)
        }
        lock = try Self.lock(configuration.state)
        let ledger: Ledger
        do {
            ledger = try Ledger(path: Self.ledgerPath(configuration))
        } catch {
            throw .ledger(error)
        }
        inboxes = try Self.inboxes(configuration, engine)
        let queue = configuration.queue
        context = Context(
            limits: ServiceLimits(
                isDrain: options.isDrain, pauseSeconds: configuration.pauseSeconds,
                maximumInterruptions: configuration.limits.interruptedStarts),
            ledger: ledger,
            pipeline: Pipeline(
                maximumDocuments: queue.documents, maximumPages: queue.pages, maximumBytes: queue.megabytes << 20),
            health: HealthBoard(tell), heartbeat: Heartbeat(),
            folders: FolderGuard(ledger: ledger, acceptsNewMounts: options.acceptsNewMounts), spool: spool,
            known: KnownFiles(), tell: tell, reached: reached)
        let retry = configuration.engineRetry
        extraction = ExtractionStage(
            context,
            breaker: CircuitBreaker(
                firstWait: retry.firstSeconds, longestWait: retry.mostSeconds, failuresToOpen: retry.failures))
        do {
            intake = try IntakeStage(
                context, inboxes: inboxes, maximumFileBytes: configuration.limits.pageLimits.maximumFileBytes)
        } catch {
            throw .state(error)
        }
    }

    /// Compiles the schemas and has the engines made, as `init` does, and touches nothing.
    public static func check(
        _ configuration: DropFolderConfiguration, engine: (String?) throws(ExtractionError) -> any ExtractionEngine
    ) throws(DaemonError) {
        _ = try inboxes(configuration, engine)
    }

    /// Where the ledger of a configuration is.
    public static func ledgerPath(_ configuration: DropFolderConfiguration) -> String {
        "\(configuration.state)/ledger.sqlite"
    }

    /// Works until `stop()`, or until a drain has nothing left to do. Blocks the calling thread.
    ///
    /// - Throws: `.ledger` when the ledger is damaged; nothing was lost then, and nothing more is taken.
    public func run() throws(DaemonError) {
        Recovery(context: context, inboxes: inboxes).run()
        let preparation = PreparationStage(context: context, pageLimits: configuration.limits.pageLimits)
        context.pipeline.change { $0.openInboxes = Set(inboxes.map(\.index)) }
        let stages: [any Stage] = [DeliveryStage(context: context), extraction, preparation, intake]
        stages.forEach { $0.start() }
        context.pipeline.wait(
            isDrain: context.limits.isDrain, secondsToStop: Self.secondsToStop, whenStopping: intake.wake)
        putBack()
        if let fatal = context.pipeline.read(\.fatal) { throw fatal }
    }

    /// Documents that were opened and not read have had no trouble: the next start is not to suspect them.
    private func putBack() {
        for opened in context.pipeline.unread() {
            _ = try? context.ledger.postpone(document: opened.work.document, engineFailed: false)
        }
    }

    /// A stage that does not end so many seconds after the document in hand was to be abandoned is left behind.
    private static let secondsToStop = 5.0

    /// Takes nothing more, finishes the document in hand or, after `stop_seconds`, abandons it. Safe from any thread.
    public func stop() {
        context.pipeline.stop(abandonAfter: configuration.stopSeconds)
        intake.wake()
    }

    /// Stages that have not ended.
    public var runningStages: Int { context.pipeline.read(\.runningStages) }

    /// Whether a drain has left nothing to do.
    public var isDone: Bool { context.pipeline.read { $0.openInboxes.isEmpty && $0.admitted.isEmpty } }

    /// Lets another process, or another daemon of this one, have the state folder. For a daemon that has ended.
    public func close() { lock.release() }

    public var health: ServiceHealth { context.health.health }

    /// Stages that have been at one step for longer than `seconds`.
    public func stalledStages(after seconds: Double) -> [String] { context.heartbeat.stalled(after: seconds) }

    /// What waits, and where.
    public var queues: QueueFigures {
        let counters = intake.counters
        return context.pipeline.read { state in
            QueueFigures(
                inboxes: counters, inWork: state.admitted.count, toRead: state.captured.count + state.postponed.count,
                opened: state.opened.count, toDeliver: state.deliverable.count, blocked: state.blocked.count)
        }
    }

    /// Seconds spent in the ledger, and its commits.
    public var ledgerStatistics: LedgerStatistics { context.ledger.statistics }
}

/// How much waits where.
public struct QueueFigures: Sendable {
    /// By name.
    public let inboxes: [String: IntakeCounters]
    /// Captured and not closed.
    public let inWork: Int
    public let toRead: Int
    public let opened: Int
    public let toDeliver: Int
    /// Waiting for a folder.
    public let blocked: Int
}

extension DropFolderDaemon {
    private static func lock(_ state: String) throws(DaemonError) -> FileLock {
        do {
            return try FileLock.waiting("\(state)/lock", seconds: 2)
        } catch {
            switch error {
            case .held(_, let holder): throw .stateInUse(folder: state, holder: holder)
            case .failed(let error): throw .state(error)
            }
        }
    }

    private static func inboxes(
        _ configuration: DropFolderConfiguration,
        _ engine: (String?) throws(ExtractionError) -> any ExtractionEngine
    ) throws(DaemonError) -> [InboxRuntime] {
        let passwords = try passwords(configuration)
        var inboxes: [InboxRuntime] = []
        for (index, inbox) in configuration.inboxes.enumerated() {
            let runtime = try InboxRuntime(index: index, inbox) { options throws(DaemonError) in
                try reading(options, of: inbox, configuration, passwords, engine)
            }
            inboxes.append(runtime)
        }
        return inboxes
    }

    private static func reading(
        _ options: ReadingOptions, of inbox: InboxConfiguration, _ configuration: DropFolderConfiguration,
        _ passwords: [String], _ engine: (String?) throws(ExtractionError) -> any ExtractionEngine
    ) throws(DaemonError) -> Reading {
        let schema = try schema(options.schema, of: inbox)
        let chosen: any ExtractionEngine
        do throws(ExtractionError) {
            chosen = try engine(options.model ?? configuration.model)
        } catch {
            throw .reading(inbox: inbox.name, error)
        }
        var extractionOptions = options.extractionOptions
        extractionOptions.passwords = passwords
        let reading = Reading(
            schema: schema, engine: chosen, options: extractionOptions,
            failsWhenEndedByBudget: options.endedByBudget == .fail)
        if let csv = inbox.csv {
            guard let layout = reading.csv else { throw .notFlat(inbox: inbox.name, schema: options.schema) }
            let header = layout.header
            // One that cannot be read now will say so when it is written.
            if let start = try? LineFile(path: csv).start(count: header.count), !start.isEmpty, start != header {
                throw .otherColumns(inbox: inbox.name, csv: csv)
            }
        }
        return reading
    }

    private static func passwords(_ configuration: DropFolderConfiguration) throws(DaemonError) -> [String] {
        guard let file = configuration.passwords else { return [] }
        let text: [UInt8]
        do {
            text = try Files.read(file, limit: PasswordList.mostBytes)
        } catch {
            throw .passwordsUnreadable(error)
        }
        guard let passwords = PasswordList.passwords(in: text) else {
            throw .tooManyPasswords(file: file, limit: PasswordList.mostPasswords)
        }
        return passwords
    }

    /// Larger files are no schemas.
    private static let maximumSchemaBytes = 16 << 20

    /// Reads and compiles a schema.
    static func schema(_ path: String, of inbox: InboxConfiguration) throws(DaemonError) -> ExtractionSchema {
        let text: [UInt8]
        do {
            text = try Files.read(path, limit: maximumSchemaBytes)
        } catch {
            throw .schemaUnreadable(inbox: inbox.name, error)
        }
        do {
            return try ExtractionSchema(text: text, name: path)
        } catch {
            throw .reading(inbox: inbox.name, error)
        }
    }
}
