import Extraction
import Glibc
import PageImages

/// One line on the terminal that says what happens to a document, rewritten in place; nothing when stderr is no terminal.
final class ProgressLine {
    private let file: String
    private let isShown = StandardError.isTerminal
    private let isColoured = (ProcessEnvironment.variables["NO_COLOR"] ?? "").isEmpty
    private var lastShown = 0.0
    private var isFinished = false

    init(file: String) {
        self.file = String(file.split(separator: "/").last ?? "document").onOneLine
        write("open", always: true)
    }

    func show(_ progress: ExtractionProgress) {
        switch progress {
        case .rendering(let page, let count): write("render page \(page) of \(count)", always: page == 1)
        case .encoding(let share): write("encode \(Self.percent(share))")
        case .prefilling(let share): write("prefill \(Self.percent(share))")
        case .decoding(let tokens, let speed): write("decode \(tokens) tokens, \(Int(speed)) tokens/s")
        }
    }

    /// Leaves one line that says what it took.
    func finish(_ extraction: Extraction) {
        isFinished = true
        if isShown { StandardError.write("\r\u{1B}[K\(summary(extraction))\n") }
        // A record that may lack values is never given out in silence.
        if extraction.endedByBudget {
            StandardError.write(
                "gleaner: \(extraction.file.onOneLine): the record was ended by its budget of "
                    + "\(extraction.tokens.budget) tokens and may lack values; \(remedy(extraction))\n")
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
        return "\(styled(file, "1"))  \(pages)  render \(Self.seconds(seconds.render))  "
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
        StandardError.write("\r\u{1B}[K\(styled(file, "1"))  \(styled(stage, "2"))")
    }

    private func styled(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private static func percent(_ share: Double) -> String {
        "\(Int((share * 100).rounded()))%"
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
