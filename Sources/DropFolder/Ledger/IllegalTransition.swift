/// A step that the state does not allow: a defect of the caller.
public struct IllegalTransition: Error, Sendable, Equatable {
    public let state: String
    public let event: String

    public init(state: String, event: String) {
        self.state = state
        self.event = event
    }
}

extension IllegalTransition: CustomStringConvertible {
    public var description: String { "\"\(event)\" is not possible in the state \"\(state)\"" }
}
