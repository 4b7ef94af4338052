import Extraction
import Synchronization

/// What the service has done since it started, counted from its events.
public final class DaemonMetrics: Sendable {
    /// Totals since the start.
    public struct Totals: Sendable {
        public var captured = 0
        public var duplicates = 0
        /// By inbox.
        public var done: [String: Int] = [:]
        /// By inbox and error code.
        public var failed: [FailureKind: Int] = [:]
        public var sourcesLeft = 0
        public var bytes = 0
        public var pages = 0
        public var promptTokens = 0
        public var generatedTokens = 0
        public var postponed = 0
        /// Seconds by stage: open, render, encode, prefill, decode.
        public var stages: [String: Double] = [:]
        /// Documents that have `stages`.
        public var extractions = 0

        public var doneInAll: Int { done.values.reduce(0, +) }
        public var failedInAll: Int { failed.values.reduce(0, +) }
    }

    public struct FailureKind: Sendable, Hashable {
        public let inbox: String
        public let code: String
    }

    private let state = Mutex(Totals())

    public init() {}

    public var totals: Totals { state.withLock(\.self) }

    public func note(_ event: DaemonEvent) {
        state.withLock { totals in
            switch event {
            case .captured(let note):
                totals.captured += 1
                totals.bytes += note.byteCount
            case .duplicate(let note):
                totals.captured += 1
                totals.duplicates += 1
                totals.bytes += note.byteCount
            case .extracted(_, let pages, let tokens, let seconds):
                totals.extractions += 1
                totals.pages += pages
                totals.promptTokens += tokens.prompt
                totals.generatedTokens += tokens.generated
                for (stage, seconds) in seconds.stages { totals.stages[stage, default: 0] += seconds }
            case .done(let note, _, let sourceLeft):
                totals.done[note.inbox, default: 0] += 1
                totals.sourcesLeft += sourceLeft ? 1 : 0
            case .failed(let note, let failure, let sourceLeft):
                totals.failed[FailureKind(inbox: note.inbox, code: failure.code), default: 0] += 1
                totals.sourcesLeft += sourceLeft ? 1 : 0
            case .postponed: totals.postponed += 1
            case .started, .progress, .circuitOpened, .circuitClosed, .paused, .resumed, .warning, .detail: break
            }
        }
    }
}

extension Extraction.Seconds {
    var stages: [(name: String, seconds: Double)] {
        [("open", open), ("render", render), ("encode", encode), ("prefill", prefill), ("decode", decode)]
    }
}
