/// Why the ledger could not do something; nothing of the call was written then.
public enum LedgerError: Error, Sendable, Equatable {
    /// The disk, or the quota on it.
    case full(path: String)
    case readOnly(path: String)
    /// The file cannot be reached: an I/O error, an unmounted file system, no rights, no memory.
    case unavailable(path: String, reason: String)
    /// Another process held the write lock for too long.
    case busy(path: String)
    /// There is no ledger to read yet.
    case missing(path: String)
    case corrupt(path: String, reason: String)
    case newerVersion(path: String, found: Int64, known: Int64)
    case olderVersion(path: String, found: Int64, known: Int64)
    case foreign(path: String)
    /// No arrival has this number.
    case unknownArrival(Int64)
    /// A step that the states do not allow: a defect of Gleaner.
    case misuse(path: String, reason: String)

    /// Whether it goes away by itself once the machine is well again: the same call may be tried later.
    public var isMachineFault: Bool {
        switch self {
        case .full, .readOnly, .unavailable, .busy: true
        case .missing, .corrupt, .newerVersion, .olderVersion, .foreign, .unknownArrival, .misuse: false
        }
    }
}

extension LedgerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .full(let path):
            "\(path): the disk is full; free space on it"
        case .readOnly(let path):
            "\(path): the ledger cannot be written; make its file system writable, and the file for this user"
        case .unavailable(let path, let reason):
            "\(path): the ledger cannot be used: \(reason); see that its disk is healthy and mounted and that this user "
                + "may read and write it"
        case .busy(let path):
            "\(path): another process has kept the ledger locked; wait for it, or end it if it hangs"
        case .missing(let path):
            "\(path): there is no ledger yet; `gleaner watch` or `gleaner drain` makes it"
        case .corrupt(let path, let reason):
            "\(path): the ledger is damaged: \(reason); stop Gleaner, check the disk, and restore the state folder from a "
                + "backup, or try `sqlite3 \(path) .recover`"
        case .newerVersion(let path, let found, let known):
            "\(path): the ledger was written by a newer Gleaner (version \(found) of the ledger, this one knows \(known)); "
                + "use that one"
        case .olderVersion(let path, let found, let known):
            "\(path): the ledger was written by an older Gleaner (version \(found) of the ledger, this one wants \(known)); "
                + "start `gleaner watch` once, which brings it up to date"
        case .foreign(let path):
            "\(path): this file is the database of another program; set `state` to a folder of Gleaner's own"
        case .unknownArrival(let id):
            "\(id): the ledger knows no such arrival; `gleaner status` lists them"
        case .misuse(let path, let reason):
            "\(path): \(reason); this is a defect of Gleaner, please report it"
        }
    }
}
