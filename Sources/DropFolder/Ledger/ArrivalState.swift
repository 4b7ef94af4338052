/// Where an arrived file is on its way from the inbox to its last folder.
///
/// ```
///             reserve            deliver             close
///   captured ────────→ reserved ────────→ delivered ──────→ done
///                       ↺ reserve                    ──────→ failed ──────→ returning ──────→ returned
///                                                         startReturn     finishReturn
/// ```
public enum ArrivalState: String, Sendable, Hashable, CaseIterable {
    /// Its bytes are safe.
    case captured
    /// The names of what will be written are chosen.
    case reserved
    /// Record or error, and lines, are written.
    case delivered
    /// Closed with a record.
    case done
    /// Closed with a failure.
    case failed
    /// On its way back to the inbox for another try.
    case returning
    /// Back in the inbox, where it arrives anew.
    case returned

    /// Whether something is still to be done.
    public var isUnfinished: Bool {
        switch self {
        case .captured, .reserved, .delivered, .returning: true
        case .done, .failed, .returned: false
        }
    }
}

/// What can happen to an arrived file.
public enum ArrivalEvent: Sendable, Hashable {
    case reserve
    case deliver
    case close(failed: Bool)
    case startReturn
    case finishReturn
}

extension ArrivalState {
    /// The state after an event.
    /// - Throws: `IllegalTransition` when the event cannot happen in this state.
    public func transition(_ event: ArrivalEvent) throws(IllegalTransition) -> ArrivalState {
        switch (self, event) {
        // A name was taken by someone else meanwhile: another is chosen.
        case (.captured, .reserve), (.reserved, .reserve): .reserved
        case (.reserved, .deliver): .delivered
        case (.delivered, .close(let failed)): failed ? .failed : .done
        case (.failed, .startReturn): .returning
        case (.returning, .finishReturn): .returned
        default: throw IllegalTransition(state: rawValue, event: "\(event)")
        }
    }
}
