import Extraction

/// A folder that documents are dropped into, and where they go from there.
public struct InboxConfiguration: Sendable, Equatable {
    /// Unique among the inboxes.
    public var name: String
    public var path: String
    /// How its documents are read, unless they lie in one of `subfolders`.
    public var reading: ReadingOptions
    /// The folder of the records.
    public var records: String
    /// Where a document goes whose record is there.
    public var done: String
    /// Where a document goes that could not be read.
    public var failed: String
    /// A file has to be left alone for so long before it is taken.
    public var quietSeconds = 2.0
    /// Seconds between full listings, which find what events did not tell.
    public var rescanSeconds = 30.0
    public var polling = Polling.auto
    /// Whether folders below the inbox are looked into.
    public var recursive = true
    /// A file that gets each record as one line of JSON.
    public var jsonl: String?
    /// A file that gets each record of a flat schema as one line of CSV.
    public var csv: String?
    /// Deepest first, so that the first that holds a file is the one that counts.
    public var subfolders: [SubfolderConfiguration] = []

    /// An inbox with every default; its name is the last component of its path.
    public init(path: String, schema: String, records: String, done: String, failed: String) {
        name = String(path.split(separator: "/").last ?? "")
        self.path = path
        reading = ReadingOptions(schema: schema)
        self.records = records
        self.done = done
        self.failed = failed
    }

    /// How the document at `path`, relative to the inbox, is read.
    public func reading(of path: String) -> ReadingOptions {
        subfolders.first { path.hasPrefix($0.path + "/") }?.reading ?? reading
    }

    public enum Polling: String, Sendable, CaseIterable {
        /// Where the file system does not tell of changes: on network and FUSE file systems.
        case auto
        case always, never
    }
}

/// A folder below an inbox whose documents are read in another way.
public struct SubfolderConfiguration: Sendable, Equatable {
    /// Relative to the inbox.
    public var path: String
    /// What is not set here is as in the inbox.
    public var reading: ReadingOptions

    public init(path: String, reading: ReadingOptions) {
        self.path = path
        self.reading = reading
    }
}

/// How a document is read: its schema and the options of the engine.
public struct ReadingOptions: Sendable, Equatable {
    /// The file with the JSON Schema.
    public var schema: String
    /// Folder or name of the model; nil: the one of the whole configuration.
    public var model: String?
    public var pages = PageSelection.all
    /// The most tokens a record may take; nil: `ExtractionOptions.defaultMaximumTokens`, or what the context leaves.
    public var maximumTokens: Int?
    public var temperature: Float = 0
    public var seed: UInt64 = 0
    /// Dots per inch at which PDF pages are drawn.
    public var resolution = ExtractionOptions.defaultResolution
    public var blankPages = BlankPages.keep
    public var endedByBudget = EndedByBudget.fail

    public init(schema: String) {
        self.schema = schema
    }

    /// The same options, as the engine takes them.
    public var extractionOptions: ExtractionOptions {
        var options = ExtractionOptions()
        options.pages = pages
        options.maximumTokens = maximumTokens
        options.temperature = temperature
        options.seed = seed
        options.resolution = resolution
        options.blankPages = blankPages
        return options
    }

    /// What to do with a record that its token budget ended: it is valid, but may lack values.
    public enum EndedByBudget: String, Sendable, CaseIterable {
        case fail, deliver
    }
}
