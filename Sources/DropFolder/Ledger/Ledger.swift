import SQLite
import Synchronization

/// What arrived, what became of it and what is still to be done: a SQLite database that survives `kill -9` and power cuts.
///
/// Every call is whole or without effect and safe from any thread; calls that change something are durable when they return
/// (WAL with `synchronous = FULL`: https://sqlite.org/pragma.html#pragma_synchronous). Other processes may use the same file
/// at the same time. After a fault of the machine the same call may be tried again.
public final class Ledger: Sendable {
    public let path: String
    /// A UUID made with the file.
    public let id: String
    private let connection: Mutex<LedgerConnection>

    /// Opens the ledger to read and write, and brings its schema up to date.
    ///
    /// - Parameter creating: makes the file if there is none; its folder must be there.
    /// - Throws: `.foreign`, `.newerVersion`, `.corrupt`, `.missing`, or a fault of the machine.
    public convenience init(path: String, creating: Bool = true) throws(LedgerError) {
        try self.init(path, creating ? .create : .readWrite)
    }

    /// Opens the ledger only to read, also while others write.
    ///
    /// - Throws: `.missing`, `.foreign`, `.newerVersion`, `.olderVersion`, `.corrupt`, or a fault of the machine.
    public convenience init(readingFrom path: String) throws(LedgerError) {
        try self.init(path, .readOnly)
    }

    private init(_ path: String, _ mode: Database.Mode) throws(LedgerError) {
        self.path = path
        do {
            let opened = try LedgerConnection(path: path, mode: mode)
            id = opened.id
            connection = Mutex(opened)
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// What the calls so far have cost.
    public var statistics: LedgerStatistics { connection.withLock { $0.statistics } }

    /// One transaction: nothing of it is written when `body` throws.
    func write<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) throws(LedgerError) -> Value {
        try use { connection in try connection.write(body) }
    }

    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) throws(LedgerError) -> Value {
        try use { connection in try connection.read(body) }
    }

    private func use<Value: Sendable>(
        _ body: @Sendable (inout LedgerConnection) throws -> Value
    ) throws(LedgerError) -> Value {
        do {
            return try connection.withLock { connection in
                let start = ContinuousClock.now
                defer { connection.statistics.add(ContinuousClock.now - start) }
                return try body(&connection)
            }
        } catch {
            throw LedgerError(error, path: path)
        }
    }
}

/// What the calls to a ledger have cost.
public struct LedgerStatistics: Sendable, Hashable {
    public internal(set) var calls = 0
    /// In calls, disk included; waiting for other threads is not counted.
    public internal(set) var seconds = 0.0
    /// Each of them is one fsync at least.
    public internal(set) var commits = 0
    /// How often the file was opened again after a fault of the machine.
    public internal(set) var reopenings = 0

    mutating func add(_ duration: Duration) {
        calls += 1
        let (seconds, attoseconds) = duration.components
        self.seconds += Double(seconds) + Double(attoseconds) * 1e-18
    }
}
