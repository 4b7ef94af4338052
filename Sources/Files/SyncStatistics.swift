import Glibc
import Synchronization

/// What waiting for disks has cost this process: fsync calls of this module, and the seconds in them.
public struct SyncStatistics: Sendable, Hashable {
    public let count: Int
    public let seconds: Double

    private static let calls = Atomic<Int>(0)
    private static let nanoseconds = Atomic<Int>(0)

    public static var now: SyncStatistics {
        SyncStatistics(
            count: calls.load(ordering: .relaxed), seconds: Double(nanoseconds.load(ordering: .relaxed)) * 1e-9)
    }

    static func measure<Result>(_ sync: () throws(FileError) -> Result) throws(FileError) -> Result {
        let start = ContinuousClock.now
        defer {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            calls.add(1, ordering: .relaxed)
            nanoseconds.add(Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000), ordering: .relaxed)
        }
        return try sync()
    }
}
