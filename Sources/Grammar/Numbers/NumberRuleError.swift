/// Why no automaton is made for the constraints on a number.
struct NumberRuleError: Error, Hashable, Sendable {
    /// The keyword that is refused.
    let keyword: String
    let reason: String
}
