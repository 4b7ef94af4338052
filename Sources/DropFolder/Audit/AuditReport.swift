/// What an audit found.
public struct AuditReport: Sendable {
    /// A file that is not accounted for as the ledger says, or a ledger that does not fit the folders.
    public struct Gap: Sendable, Hashable {
        public enum Kind: String, Sendable {
            case ledger, record, source, line, pending, inbox
        }

        public let kind: Kind
        /// In the ledger; nil when it is about no single arrival.
        public let arrival: Int64?
        /// What is at fault: a file.
        public let path: String
        public let message: String
    }

    public var arrivals = 0
    public var done = 0
    public var failed = 0
    /// Taken and not closed.
    public var inWork = 0
    /// Sent back to their inboxes by a retry.
    public var returned = 0
    /// Files in the inboxes that are still to be taken.
    public var waiting = 0
    /// Files in the inboxes that are done or failed and could not be moved.
    public var left = 0
    /// Files in the output folders that the ledger does not know: somebody else's, or taken from elsewhere.
    public var strangers = 0
    public var gaps: [Gap] = []

    public init() {}

    public var isClean: Bool { gaps.isEmpty }
}
