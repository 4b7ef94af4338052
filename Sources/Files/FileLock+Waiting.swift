import Glibc

extension FileLock {
    /// Takes a lock that may be about to be let go: a process that was killed holds it until its last child is gone.
    public static func waiting(_ path: String, seconds: Double) throws(FileLockError) -> FileLock {
        let pause: UInt32 = 20_000
        var left = Int(seconds * 1e6 / Double(pause))
        while true {
            do {
                return try FileLock(path)
            } catch {
                guard case .held = error, left > 0 else { throw error }
            }
            left -= 1
            usleep(pause)
        }
    }
}
