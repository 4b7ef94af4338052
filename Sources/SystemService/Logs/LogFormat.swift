import Glibc
import Logging

/// How messages are written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// The journal when it reads standard error, plain lines otherwise.
    case auto
    case journal, plain, json

    /// The handler of a format.
    ///
    /// - Parameters:
    ///   - identifier: what the journal calls the program.
    ///   - environment: `JOURNAL_STREAM` tells whether the journal reads standard error; systemd.exec(5).
    public func handler(
        identifier: String, level: Logger.Level, environment: [String: String]
    ) -> any LogHandler {
        let isCaptured = JournalStream.isStandardError(environment: environment)
        var handler: any LogHandler
        switch self {
        case .json: handler = JSONLogHandler()
        case .plain: handler = PlainLogHandler(isCaptured: isCaptured)
        case .journal: handler = JournalLogHandler.connected(identifier, isCaptured: isCaptured)
        case .auto where isCaptured: handler = JournalLogHandler.connected(identifier, isCaptured: true)
        case .auto: handler = PlainLogHandler(isCaptured: false)
        }
        handler.logLevel = level
        return handler
    }
}

extension JournalLogHandler {
    /// Plain lines where there is no journal.
    fileprivate static func connected(_ identifier: String, isCaptured: Bool) -> any LogHandler {
        guard access(JournalLogHandler.usualSocket, F_OK) == 0,
            let handler = try? JournalLogHandler(identifier: identifier)
        else { return PlainLogHandler(isCaptured: isCaptured) }
        return handler
    }
}

/// Whether systemd connected a stream to the journal.
enum JournalStream {
    /// Whether `JOURNAL_STREAM` names the device and inode of standard error.
    static func isStandardError(environment: [String: String]) -> Bool {
        var status = stat()
        guard let stream = environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }
}
