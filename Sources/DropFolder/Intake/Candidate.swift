public import Files

/// A file in an inbox that may be taken: it has been quiet for the set time.
public struct Candidate: Sendable, Hashable {
    /// Which inbox, as numbered by the caller.
    public var inbox: Int
    /// Relative to the inbox, components separated by `/`.
    public var path: String
    /// What was seen under the path at the last look.
    public var identity: FileIdentity

    public init(inbox: Int, path: String, identity: FileIdentity) {
        self.inbox = inbox
        self.path = path
        self.identity = identity
    }
}
