import Glibc
import PageImages

/// One line on the terminal that says how far long work on files is, rewritten in place; nothing when stderr is no
/// terminal.
final class WorkProgress {
    private let name: String
    private let total: Int
    private let isShown = StandardError.isTerminal
    private let style = TerminalStyle.standardError
    private let start = WorkProgress.now()
    private var done = 0
    private var lastShown = 0.0

    /// - Parameter total: bytes that there are to work through.
    init(_ name: String, total: Int) {
        self.name = name.onOneLine.shortened(to: max(16, StandardError.columns - 40))
        self.total = max(1, total)
    }

    deinit { clear() }

    /// Takes the line away, so that other output starts at the margin.
    func clear() {
        if isShown { StandardError.write("\r\u{1B}[K") }
    }

    var seconds: Double { Self.now() - start }

    func advance(by bytes: Int) {
        done += bytes
        let now = Self.now()
        guard isShown, now - lastShown > 0.1 else { return }
        lastShown = now
        let share = min(100, done * 100 / total)
        let left = Double(total - done) * (now - start) / Double(max(1, done))
        StandardError.write(
            "\r\u{1B}[K\(style.bold(name))  \(share)%  \(style.dim("\(Int(left.rounded(.up))) s left"))")
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
