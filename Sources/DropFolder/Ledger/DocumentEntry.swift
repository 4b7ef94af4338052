/// Bytes, schema and engine: what one inference is for.
public struct DocumentKey: Hashable, Sendable {
    /// Of the file's bytes, 64 hexadecimal digits.
    public var sha256: String
    /// Hash of the schema.
    public var schema: String
    /// Model and options, as far as they change the record.
    public var engine: String

    public init(sha256: String, schema: String, engine: String) {
        self.sha256 = sha256
        self.schema = schema
        self.engine = engine
    }
}

/// A document: one inference, whatever the number of names it arrived under.
public struct DocumentEntry: Sendable, Hashable, Identifiable {
    public let id: Int64
    public let key: DocumentKey
    public let byteCount: Int
    public let state: DocumentState
    /// How often the engine began with it.
    public let starts: Int
    /// How many of those ended with the process, since the document was last settled or retried.
    public let interruptions: Int
    /// How many of those the engine failed on, since the document was last settled or retried.
    public let engineFailures: Int
    /// Known once it is extracted.
    public let pageCount: Int?

    public var hasOutcome: Bool { state.hasOutcome }
}
