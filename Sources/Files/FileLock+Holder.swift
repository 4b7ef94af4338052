import Glibc

extension FileLock {
    /// The process that holds the lock on a file; nil when nobody does. Looks without touching the lock.
    ///
    /// Source: proc_locks(5), whose lines are `1: FLOCK ADVISORY WRITE PID MAJOR:MINOR:INODE 0 EOF`.
    public static func holder(of path: String) -> Int32? {
        guard let identity = try? Files.identity(of: path),
            let table = try? Files.read("/proc/locks", limit: 1 << 24),
            let text = try? Files.read(path, limit: 64)
        else { return nil }
        let isHeld = String(decoding: table, as: UTF8.self).split(separator: "\n").contains { line in
            let fields = line.split(separator: " ")
            return fields.count > 5 && fields[1] == "FLOCK" && fields[3] == "WRITE"
                && fields[5].split(separator: ":").last == "\(identity.inode)"
        }
        // The table counts processes as this namespace sees them; the file says what the holder says of itself.
        return isHeld ? Int32(String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)) : nil
    }
}
