import Files

/// A file that the ledger is to know of: one with `content`, or with the reason why it has none.
public struct NewArrival: Sendable {
    /// Absolute path of the inbox.
    public var inbox: String
    /// Relative to the inbox.
    public var path: String
    public var identity: FileIdentity?
    /// What was read; nil when its bytes could not be had.
    public var content: NewContent?
    /// Why there is no content.
    public var refusal: DocumentFailure?

    public init(
        inbox: String, path: String, identity: FileIdentity?, content: NewContent? = nil,
        refusal: DocumentFailure? = nil
    ) {
        self.inbox = inbox
        self.path = path
        self.identity = identity
        self.content = content
        self.refusal = refusal
    }
}

/// The bytes of a new arrival.
public struct NewContent: Sendable {
    public var key: DocumentKey
    public var byteCount: Int
    /// Name of their copy.
    public var spool: String

    public init(key: DocumentKey, byteCount: Int, spool: String) {
        self.key = key
        self.byteCount = byteCount
        self.spool = spool
    }
}
