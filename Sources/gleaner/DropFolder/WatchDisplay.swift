import DropFolder
import Extraction
import Foundation
import PageImages
import Synchronization

/// The drop folder on a terminal: a line for each document that is finished, and under them one for what is happening now.
final class WatchDisplay: Sendable {
    private struct State {
        /// What is being done, with which document.
        var current: (name: String, step: String)?
        var lastDrawn = 0.0
        var problems: [String: String] = [:]
        var started: [Int64: Double] = [:]
    }

    private let state = Mutex(State())
    private let metrics: DaemonMetrics
    private let daemon = Mutex<@Sendable () -> DropFolderDaemon?>({ nil })
    private let style = TerminalStyle.standardError

    init(_ metrics: DaemonMetrics) {
        self.metrics = metrics
    }

    /// Whom to ask how many documents wait.
    func follow(_ daemon: @escaping @Sendable () -> DropFolderDaemon?) {
        self.daemon.withLock { $0 = daemon }
    }

    private var waiting: Int {
        guard let queues = daemon.withLock({ $0 })()?.queues else { return 0 }
        return queues.inboxes.values.reduce(queues.inWork) { $0 + $1.waitingFiles }
    }

    func note(_ event: DaemonEvent) {
        switch event {
        case .started(let note):
            state.withLock { $0.started[note.id] = Monotonic.now() }
            show((note.path, "open"), always: true)
        case .progress(let note, let progress): show((note.path, progress.shortDescription))
        case .done(let note, let record, let sourceLeft):
            let left = sourceLeft ? style.yellow("  the source could not be moved and stays in the inbox") : ""
            finish(note, "\(style.green("done  "))  \(name(note))  →  \(record.onOneLine)", left)
        case .failed(let note, let failure, let sourceLeft):
            let left = sourceLeft ? "; the source stays in the inbox" : ""
            finish(note, "\(style.red("failed"))  \(name(note))  \(failure.code): \(failure.message.onOneLine)", left)
        case .postponed(let note, let reason, let seconds):
            line(
                "\(style.yellow("waits "))  \(name(note))  \(reason.onOneLine) (again in \(Int(seconds.rounded(.up))) s)"
            )
        case .paused(let component, let reason):
            state.withLock { $0.problems[component] = reason }
            line("\(style.red("paused"))  \(component.onOneLine): \(reason.onOneLine)")
        case .resumed(let component):
            state.withLock { $0.problems[component] = nil }
            line("\(style.green("goes on"))  \(component.onOneLine)")
        case .warning(let text): line("\(style.yellow("note  "))  \(text.onOneLine)")
        case .captured, .duplicate, .extracted, .circuitOpened, .circuitClosed, .detail: show(nil)
        }
    }

    /// Says what is watched.
    func begin(_ configuration: DropFolderConfiguration) {
        for inbox in configuration.inboxes {
            line("\(style.dim("inbox "))  \(inbox.path.onOneLine)  →  \(inbox.records.onOneLine)")
        }
    }

    /// Takes the changing line away.
    func end() { StandardError.write("\r\u{1B}[K") }

    private func name(_ note: DocumentNote) -> String { style.bold(note.path.onOneLine) }

    private func finish(_ note: DocumentNote, _ text: String, _ addition: String) {
        let started = state.withLock { state in
            state.current = nil
            return state.started.removeValue(forKey: note.id)
        }
        let seconds = started.map { style.dim("  \(Self.seconds(Monotonic.now() - $0))") } ?? ""
        line(text + addition + seconds)
    }

    /// A line that stays, above the changing one.
    private func line(_ text: String) {
        StandardError.write("\r\u{1B}[K\(text)\n")
        show(nil, always: true)
    }

    private func show(_ current: (name: String, step: String)?, always: Bool = false) {
        let now = Monotonic.now()
        let shown: (current: (name: String, step: String)?, problems: Int)? = state.withLock { state in
            if let current { state.current = current }
            guard always || now - state.lastDrawn > 0.1 else { return nil }
            state.lastDrawn = now
            return (state.current, state.problems.count)
        }
        guard let shown else { return }
        let totals = metrics.totals
        let summary =
            "\(totals.doneInAll) done  \(totals.failedInAll) failed  \(waiting) waiting  \(totals.pages) pages"
            + (shown.problems > 0 ? "  \(shown.problems) paused" : "")
        var line = shown.problems > 0 ? style.red(summary) : style.dim(summary)
        // One line of the terminal, or the next one could not be written over it.
        let room = StandardError.columns - summary.count - 4
        if let (name, step) = shown.current, room - step.count - 2 > 8 {
            line += "   \(style.bold(name.onOneLine.shortened(to: room - step.count - 2)))  \(step)"
        }
        StandardError.write("\r\u{1B}[K\(line)")
    }

    private static func seconds(_ value: Double) -> String {
        value < 10 ? "\((value * 100).rounded() / 100) s" : "\(Int(value.rounded())) s"
    }
}
