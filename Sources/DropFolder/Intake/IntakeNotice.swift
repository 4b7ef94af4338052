public import Files

/// Something about an inbox that belongs into the log, told when it begins and not at each scan.
public enum IntakeNotice: Sendable, Equatable, CustomStringConvertible {
    case polling(PollingReason)
    /// Events tell of new files again, or for the first time.
    case watching(folders: Int)
    /// The inbox went away while it was watched.
    case lost(LossReason)
    /// The inbox cannot be read.
    case unavailable(FileError)
    /// The inbox can be read again.
    case available
    /// Another folder stands under the path: a file system was mounted or unmounted, or the inbox was replaced.
    case replaced
    /// Events were lost; the inbox is scanned at once.
    case overflowed
    /// More files than can be tracked; the rest is found as these are taken.
    case crowded(capacity: Int)
    /// Names that are not UTF-8.
    case notUTF8(count: Int, example: String)
    case tooDeep(count: Int, example: String)
    case unreadable(count: Int, first: FileError)

    public var description: String {
        switch self {
        case .polling(let reason): "looks for new files from time to time: \(reason)"
        case .watching(let folders): "is told of new files by the system (\(folders) folders)"
        case .lost(let reason): "the inbox went away: \(reason)"
        case .unavailable(let error): "the inbox cannot be read: \(error)"
        case .available: "the inbox can be read again"
        case .replaced: "another folder stands under the inbox's path now"
        case .overflowed: "events were lost: the inbox is scanned"
        case .crowded(let capacity): "more than \(capacity) files wait: the oldest come first"
        case .notUTF8(let count, let example):
            "\(count) names are not UTF-8 and stay where they are, such as \(example): rename them"
        case .tooDeep(let count, let example):
            "\(count) paths are too deep or too long and stay where they are, such as \(example): move them up"
        case .unreadable(let count, let first): "\(count) files or folders cannot be read, first \(first)"
        }
    }
}

/// Why an inbox is polled.
public enum PollingReason: Sendable, Equatable, CustomStringConvertible {
    case configured
    /// Changes by other machines are not told.
    case remoteFileSystem(type: String)
    /// The system gives no watch: it has limits on inotify instances and watches.
    case noWatches(FileError)

    public var description: String {
        switch self {
        case .configured: "so configured"
        case .remoteFileSystem(let type): "no events come from a file system of type \(type)"
        case .noWatches(let error):
            "no watches are left: \(error)"
        }
    }
}
