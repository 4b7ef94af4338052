import Files

/// What the tracker knows of one file.
struct TrackedFile: Sendable {
    var identity: FileIdentity
    /// First look at this identity, or the last event of the file.
    var unchangedSince: Double
    /// Last look at this identity.
    var seenAt: Double
    /// Put off until then.
    var notBefore = -Double.infinity
    /// The scan that saw it last.
    var scan: UInt64

    init(identity: FileIdentity, unchangedSince: Double, seenAt: Double, scan: UInt64) {
        self.identity = identity
        self.unchangedSince = unchangedSince
        self.seenAt = seenAt
        self.scan = scan
    }

    /// A look at this moment or later makes the file ready, if it is still the same.
    func settles(_ quietSeconds: Double) -> Double {
        max(unchangedSince + quietSeconds * (identity.size == 0 ? QuietTracker.emptyFactor : 1), notBefore)
    }

    func isReady(_ quietSeconds: Double) -> Bool {
        seenAt >= settles(quietSeconds)
    }
}

/// The order in which files are taken: by change time, which no program can set back, then by path.
struct FileAge: Comparable, Sendable {
    var changed: Int64
    var path: ExactPath

    static func < (left: FileAge, right: FileAge) -> Bool {
        (left.changed, left.path) < (right.changed, right.path)
    }
}
