import Extraction
import Glibc
import PageImages

/// One line on the terminal that says what happens to a document, rewritten in place; nothing when stderr is no terminal.
final class ProgressLine {
    private let file: String
    private let isShown = StandardError.isTerminal
    private let style = TerminalStyle.standardError
    private var lastShown = 0.0
    private var isFinished = false

    init(file: String) {
        // The line is written over itself, so it must not be longer than the terminal is wide.
        self.file = String(file.split(separator: "/").last ?? "document").onOneLine
            .shortened(to: max(16, StandardError.columns - 48))
        write("open", always: true)
    }

    func show(_ progress: ExtractionProgress) {
        if case .rendering(image: 1, _) = progress {
            write(progress.shortDescription, always: true)
        } else {
            write(progress.shortDescription)
        }
    }

    /// Leaves one line that says what it took.
    func finish(_ extraction: Extraction) {
        isFinished = true
        if isShown { StandardError.write("\r\u{1B}[K\(summary(extraction))\n") }
        if !extraction.skippedPages.isEmpty {
            let pages = extraction.skippedPages.map(String.init).joined(separator: ", ")
            StandardError.write("gleaner: \(extraction.file.onOneLine): blank pages were left out: \(pages)\n")
        }
        for warning in extraction.warnings {
            StandardError.write("gleaner: \(extraction.file): \(warning)".onOneLine + "\n")
        }
        // A record that may lack values is never given out in silence.
        if extraction.endedByBudget {
            StandardError.write(
                "gleaner: \(extraction.file.onOneLine): the record was ended by its budget of "
                    + "\(extraction.tokens.budget) tokens and may lack values; \(remedy(extraction))\n")
        }
        if extraction.endedByRepetition {
            StandardError.write(
                "gleaner: \(extraction.file.onOneLine): the model repeated itself, so the record was closed there and "
                    + "may lack values; bound lengths in the schema, or try --seed with a --temperature above 0\n")
        }
    }

    private func remedy(_ extraction: Extraction) -> String {
        extraction.tokens.isBudgetLimitedByContext
            ? "no more fit into the model's context: choose fewer pages with --pages or another model"
            : "raise --max-tokens"
    }

    private func summary(_ extraction: Extraction) -> String {
        let seconds = extraction.seconds
        let speed = Int(Double(extraction.tokens.generated) / max(seconds.decode, 1e-6))
        let pages = extraction.pages.count == 1 ? "1 page" : "\(extraction.pages.count) pages"
        return "\(style.bold(file))  \(pages)  render \(Self.seconds(seconds.render))  "
            + "encode \(Self.seconds(seconds.encode))  prefill \(Self.seconds(seconds.prefill))  "
            + "decode \(Self.seconds(seconds.decode)) (\(extraction.tokens.generated) tokens, \(speed)/s)  "
            + "total \(Self.seconds(seconds.total))"
    }

    /// Takes an unfinished line away, so that an error starts at the margin.
    func clear() {
        if isShown, !isFinished { StandardError.write("\r\u{1B}[K") }
    }

    private func write(_ stage: String, always: Bool = false) {
        guard isShown else { return }
        let now = Self.now()
        guard always || now - lastShown > 0.05 else { return }
        lastShown = now
        StandardError.write("\r\u{1B}[K\(style.bold(file))  \(style.dim(stage))")
    }

    /// `0.042 s` below ten seconds, `12.3 s` above.
    private static func seconds(_ value: Double) -> String {
        let digits = value < 10 ? 1000.0 : 10.0
        return "\((value * digits).rounded() / digits) s"
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
