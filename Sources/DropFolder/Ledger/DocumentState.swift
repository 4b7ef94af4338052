/// Where a document is on its way from bytes to a record.
///
/// ```
///            begin               settle
///   waiting ───────→ working ──────────────→ extracted
///      ↑ ←──────────────┘  └───────────────→ failed
///      │   postpone, interrupt                  │
///      └────────────────────────────────────────┘ retry
/// ```
public enum DocumentState: String, Sendable, Hashable, CaseIterable {
    case waiting
    case working
    case extracted
    case failed

    /// Whether the document has a record or a failure, so that no inference is needed.
    public var hasOutcome: Bool { self == .extracted || self == .failed }
}

/// What can happen to a document.
public enum DocumentEvent: Sendable, Hashable {
    case begin
    /// The engine or the machine was at fault.
    case postpone
    /// The process ended meanwhile.
    case interrupt
    case settle(failed: Bool)
    /// Someone asked for another try.
    case retry
}

extension DocumentState {
    /// The state after an event.
    /// - Throws: `IllegalTransition` when the event cannot happen in this state.
    public func transition(_ event: DocumentEvent) throws(IllegalTransition) -> DocumentState {
        switch (self, event) {
        case (.waiting, .begin): .working
        case (.working, .postpone), (.working, .interrupt): .waiting
        case (.working, .settle(let failed)): failed ? .failed : .extracted
        // Its bytes were lost before the engine saw them.
        case (.waiting, .settle(failed: true)): .failed
        case (.failed, .retry): .waiting
        default: throw IllegalTransition(state: rawValue, event: "\(event)")
        }
    }
}
