import Foundation

/// Progress and failures.
enum StandardError {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Writes text; a reader that has gone is no reason to stop.
    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
