import Foundation

/// Progress and failures.
enum StandardError {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Width of the terminal; 80 where that is not known.
    static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes text; a reader that has gone is no reason to stop.
    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
