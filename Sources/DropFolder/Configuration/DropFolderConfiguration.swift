import PageImages

/// Everything `gleaner.yaml` says, with the defaults filled in.
///
/// Paths are absolute and normalised. Made by `load` or `init(yaml:…)`, which check it; docs/configuration.md has every
/// key.
public struct DropFolderConfiguration: Sendable, Equatable {
    /// The folder of the ledger, the spool and the lock.
    public var state: String
    public var inboxes: [InboxConfiguration]
    /// Folder or name of the model of every inbox that names none; nil: the model that ships.
    public var model: String?
    /// Worker threads of the engine; nil: one for each core.
    public var threads: Int?
    /// A file of passwords to try on encrypted documents, one a line.
    public var passwords: String?
    public var sandbox = Sandbox.required
    public var limits = Limits()
    public var queue = Queue()
    public var engineRetry = EngineRetry()
    /// Seconds between attempts while the machine is at fault: a full disk, a folder that is not mounted.
    public var pauseSeconds = 5.0
    /// Seconds a stop may take before the page in hand is abandoned.
    public var stopSeconds = 30.0
    public var log = Log()
    public var monitoring = Monitoring()

    /// A configuration with every default.
    public init(state: String, inboxes: [InboxConfiguration]) {
        self.state = state
        self.inboxes = inboxes
    }

    /// Bounds on what one document may cost; beyond them it fails.
    public struct Limits: Sendable, Equatable {
        /// Largest file, in MiB.
        public var fileMegabytes = 256
        /// Most pages of a document.
        public var pages = 500
        /// Most pixels of one page, in millions.
        public var megapixels = 100
        /// Most pixels of all pages of a document that are read, in millions.
        public var documentMegapixels = 4000
        /// Longest time to open a document or to draw one page.
        public var pageSeconds = 60
        /// Most memory of a process that parses documents, in MiB.
        public var workerMemory = 2048
        /// Documents after which such a process is replaced.
        public var workerDocuments = 100
        /// A document whose reading ended with the process this many times is taken for the reason, and fails.
        public var interruptedStarts = 5

        public init() {}

        /// The same bounds, as the renderer takes them.
        public var pageLimits: PageLimits {
            PageLimits(
                maximumFileBytes: fileMegabytes << 20, maximumPixels: megapixels * 1_000_000,
                maximumDocumentPixels: documentMegapixels * 1_000_000, maximumPages: pages,
                maximumSecondsPerPage: pageSeconds)
        }
    }

    /// Whether documents are read where the system cannot confine what parses them.
    public enum Sandbox: String, Sendable, CaseIterable {
        case required, optional
    }

    /// How the processes are run that parse documents.
    public var readerConfiguration: PageReaderConfiguration {
        var configuration = PageReaderConfiguration()
        configuration.documentsPerWorker = limits.workerDocuments
        configuration.memoryMegabytes = limits.workerMemory
        configuration.requiresSandbox = sandbox == .required
        return configuration
    }

    /// Bounds on what waits in memory between rendering and inference.
    public struct Queue: Sendable, Equatable {
        public var pages = 16
        /// Of drawn pages and of documents, in MiB.
        public var megabytes = 512
        public var documents = 64

        public init() {}
    }

    /// How long to wait after the engine failed.
    public struct EngineRetry: Sendable, Equatable {
        /// The wait after the first failure; it doubles with each further one.
        public var firstSeconds = 1.0
        /// The longest wait.
        public var mostSeconds = 300.0
        /// Failures in a row that open the circuit breaker.
        public var failures = 5

        public init() {}
    }

    public struct Log: Sendable, Equatable {
        public var level = Level.info
        public var format = Format.auto

        public init() {}

        /// The levels of swift-log, by the same names.
        public enum Level: String, Sendable, CaseIterable {
            case trace, debug, info, notice, warning, error, critical
        }

        public enum Format: String, Sendable, CaseIterable {
            /// The journal when it reads standard error, plain lines otherwise.
            case auto
            case journal, plain, json
        }
    }

    /// Metrics and health over HTTP, on this machine alone.
    public struct Monitoring: Sendable, Equatable {
        /// nil: off. 0: one that is free.
        public var port: Int?
        /// A loopback address.
        public var address = "127.0.0.1"

        public init() {}
    }
}
