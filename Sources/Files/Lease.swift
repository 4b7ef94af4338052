import CPlatform
import Glibc

/// Read leases, fcntl(2) F_SETLEASE: the kernel's word that nobody has a file open for writing.
enum Lease {
    enum Answer {
        case taken
        /// A writer has the file open.
        case writer
        /// No leases here: the file system has none, or the file belongs to someone else.
        case untold
    }

    static func take(_ descriptor: Int32) -> Answer {
        while true {
            if platform_lease_take(descriptor) == 0 { return .taken }
            switch errno {
            case EINTR: continue
            case EAGAIN: return refusesWithoutWriter(descriptor) ? .untold : .writer
            default: return .untold
            }
        }
    }

    /// Whether the lease taken before still stands: nobody waits to write.
    static func stands(_ descriptor: Int32) -> Bool { platform_lease_stands(descriptor) == 1 }

    static func release(_ descriptor: Int32) { _ = platform_lease_release(descriptor) }

    /// NFS and SMB refuse a lease with EAGAIN, too, when the server has given this client no delegation or oplock.
    private static func refusesWithoutWriter(_ descriptor: Int32) -> Bool {
        var fileSystem = platform_file_system()
        return platform_file_system_of(descriptor, &fileSystem) != 0 || platform_leases_need_server(fileSystem) != 0
    }
}
