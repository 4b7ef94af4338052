/// What inotify told of an inbox. Paths are relative to it.
public enum InboxEvent: Sendable, Equatable {
    /// A file was closed by a writer, moved in, linked or created.
    case touched(String)
    /// A file was moved away or removed.
    case vanished(String)
    /// A folder was made, moved in, or uncovered: it has to be scanned, with watches laid on the way.
    case folderAppeared(String)
    /// A folder was moved away with all it held.
    case folderVanished(String)
    /// The queue of events overflowed: some are lost for good.
    case overflowed
    /// The inbox itself is gone; nothing more will be told.
    case lost(LossReason)
}

/// How an inbox went away.
public enum LossReason: String, Sendable, CustomStringConvertible {
    case unmounted, removed, moved

    public var description: String {
        switch self {
        case .unmounted: "its file system was unmounted"
        case .removed: "it was removed"
        case .moved: "it was moved away"
        }
    }
}
