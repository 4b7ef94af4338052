public import Files

/// What a scan came upon besides the files.
public struct ScanSummary: Sendable, Equatable {
    /// Things that are passed over: how many, and one of them, safe to print.
    public struct PassedOver: Sendable, Equatable {
        public internal(set) var count = 0
        public internal(set) var example = ""

        mutating func add(_ path: String) {
            if count == 0 { example = InboxNames.onOneLine(path) }
            count += 1
        }
    }

    public internal(set) var files = 0
    public internal(set) var folders = 0
    /// Names that are not UTF-8, of files and folders: never touched. The example is made printable.
    public internal(set) var notUTF8 = PassedOver()
    /// Folders more than 64 levels down, and paths longer than the system takes.
    public internal(set) var tooDeep = PassedOver()
    /// Symbolic links, sockets, pipes, devices.
    public internal(set) var notFiles = PassedOver()
    /// Folders that could not be listed, and files whose status could not be read.
    public internal(set) var unreadable = 0
    public internal(set) var firstUnreadable: FileError?
    /// The scanned folder itself could not be read to its end.
    public internal(set) var failure: FileError?

    mutating func addUnreadable(_ error: FileError) {
        unreadable += 1
        if firstUnreadable == nil { firstUnreadable = error }
    }
}
