public import Files

/// Which files of an inbox have been quiet long enough to be taken.
///
/// A file is quiet when the same device, inode, size, modification and change time were seen over the whole quiet time,
/// by looks of our own: what the times in the file say does not count, since a copy may preserve them.
/// Time is passed in: seconds of a clock that is never set back. No input or output happens here.
///
/// Memory is bounded: of more than `capacity` files the oldest are kept, and `moreWait` says that others must be found
/// again by a later scan.
public struct QuietTracker: Sendable {
    /// How many times longer a file of no bytes waits: most are about to be filled.
    public static let emptyFactor = 10.0

    public let quietSeconds: Double
    public let capacity: Int
    /// There were more files than room: another scan is needed once there is room again.
    public internal(set) var moreWait = false

    var files: [ExactPath: TrackedFile] = [:]
    /// Newer files are not let in, so that what is tracked stays the oldest part of what was seen.
    var newestAdmitted: FileAge?
    private var scan: UInt64 = 0
    /// No file settles before this moment; it may be earlier than the first that does.
    private var nextLook = Double.infinity
    /// The ready files in order, and whether more have become ready since.
    private var readyFiles: [FileAge] = []
    private var readyFilesAreStale = false

    public init(quietSeconds: Double, capacity: Int) {
        self.quietSeconds = max(0, quietSeconds)
        self.capacity = max(4, capacity)
    }

    public var count: Int { files.count }

    /// When `due(at:)` may next have something.
    public var nextDeadline: Double { nextLook }

    /// Change time of the oldest file tracked, in nanoseconds since 1970.
    public var oldestChange: Int64? { files.values.lazy.map(\.identity.changed).min() }

    /// A look at a file: `asked` before, `answered` after the system told its identity.
    ///
    /// Quiet time begins with an answer and is over with a question, so that a slow file system cannot shorten it.
    public mutating func observe(_ path: String, _ identity: FileIdentity, asked: Double, answered: Double) {
        let key = ExactPath(path)
        if let index = files.index(forKey: key), files.values[index].identity == identity {
            let wasReady = files.values[index].isReady(quietSeconds)
            files.values[index].seenAt = max(files.values[index].seenAt, asked)
            files.values[index].scan = scan
            if !wasReady { follow(files.values[index]) }
            return
        }
        let file = TrackedFile(identity: identity, unchangedSince: answered, seenAt: asked, scan: scan)
        guard admit(file, at: key) else { return }
        follow(file)
    }

    /// A look that took no time.
    public mutating func observe(_ path: String, _ identity: FileIdentity, at time: Double) {
        observe(path, identity, asked: time, answered: time)
    }

    /// The system told that the file was written: its quiet time begins anew, even where its identity stays.
    public mutating func touched(_ path: String, at time: Double) {
        guard let index = files.index(forKey: ExactPath(path)) else { return }
        files.values[index].unchangedSince = max(files.values[index].unchangedSince, time)
        follow(files.values[index])
    }

    /// The file is gone, or not to be taken.
    public mutating func vanished(_ path: String) {
        files[ExactPath(path)] = nil
    }

    /// The folder is gone with all it held.
    public mutating func vanished(folder: String) {
        files = files.filter { !$0.key.isInside(folder) }
    }

    /// The file was taken as it was then; a newer version under the same path stays.
    public mutating func taken(_ path: String, _ identity: FileIdentity) {
        let key = ExactPath(path)
        if files[key]?.identity == identity { files[key] = nil }
    }

    /// The file is not ready before this moment, and looked at again then.
    public mutating func postpone(_ path: String, until time: Double) {
        guard let index = files.index(forKey: ExactPath(path)) else { return }
        files.values[index].notBefore = time
        follow(files.values[index])
    }

    /// A scan of the whole inbox begins: what it does not observe until `endScan()` is gone.
    public mutating func beginScan() {
        scan &+= 1
        moreWait = false
        newestAdmitted = nil
    }

    public mutating func endScan() {
        files = files.filter { $0.value.scan == scan }
    }

    public mutating func removeAll() {
        self = QuietTracker(quietSeconds: quietSeconds, capacity: capacity)
    }

    /// Files whose quiet time is over but for a last look, to be answered by `observe`, `vanished` or `postpone`.
    public mutating func due(at now: Double) -> [String] {
        guard now >= nextLook else { return [] }
        var paths: [String] = []
        nextLook = .infinity
        for (path, file) in files where !file.isReady(quietSeconds) {
            let settles = file.settles(quietSeconds)
            if settles <= now { paths.append(path.string) } else { nextLook = min(nextLook, settles) }
        }
        return paths
    }

    /// The oldest ready files by change time, then path. They stay until `taken`, `postpone` or `vanished`.
    public mutating func ready(limit: Int = .max) -> [(path: String, identity: FileIdentity)] {
        if readyFilesAreStale {
            readyFiles = files.compactMap {
                $1.isReady(quietSeconds) ? FileAge(changed: $1.identity.changed, path: $0) : nil
            }
            readyFiles.sort()
            readyFilesAreStale = false
        }
        var found: [(path: String, identity: FileIdentity)] = []
        var gone = 0
        for age in readyFiles {
            guard found.count < limit else { break }
            if let file = files[age.path], file.identity.changed == age.changed, file.isReady(quietSeconds) {
                found.append((age.path.string, file.identity))
            } else if found.isEmpty {
                gone += 1
            }
        }
        readyFiles.removeFirst(gone)
        return found
    }

    private mutating func follow(_ file: TrackedFile) {
        if file.isReady(quietSeconds) {
            readyFilesAreStale = true
        } else {
            nextLook = min(nextLook, file.settles(quietSeconds))
        }
    }
}
