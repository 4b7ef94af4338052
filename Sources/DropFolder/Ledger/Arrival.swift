import Files

/// A file that arrived under a name.
public struct Arrival: Sendable, Hashable, Identifiable {
    public let id: Int64
    /// nil: its bytes could not be read.
    public let document: Int64?
    public let inbox: String
    /// Relative to the inbox.
    public let path: String
    /// Of the source when it was taken.
    public let identity: FileIdentity?
    /// Name of the copy of its bytes.
    public let spool: String?
    public let state: ArrivalState
    /// Whether its outcome is a failure; this is decided once, even if the document is tried again later.
    public let hasFailed: Bool
    public let names: OutputNames?
    /// Whether the source is still in the inbox, because it cannot be moved.
    public let sourceLeft: Bool
    /// Milliseconds since 1970.
    public let arrivedAt: Int64
    /// Milliseconds since 1970; nil until it is closed.
    public let closedAt: Int64?
}

/// Names chosen before anything is written, and where lines go.
public struct OutputNames: Sendable, Hashable {
    /// Absolute path of the record or of `NAME.error.json`.
    public var output: String
    /// Absolute path of the source in done/ or failed/.
    public var source: String
    public var lines: AppendIntent?
    public var csv: AppendIntent?

    public init(output: String, source: String, lines: AppendIntent? = nil, csv: AppendIntent? = nil) {
        self.output = output
        self.source = source
        self.lines = lines
        self.csv = csv
    }
}

/// Where a line stands in a file that only grows.
public struct AppendIntent: Sendable, Hashable {
    /// Absolute.
    public var path: String
    public var inode: UInt64
    /// Bytes from the start of the file.
    public var offset: Int64

    public init(path: String, inode: UInt64, offset: Int64) {
        self.path = path
        self.inode = inode
        self.offset = offset
    }
}
