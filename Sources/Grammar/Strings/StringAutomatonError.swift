/// Why a set of strings cannot be held by a finite automaton of bounded size: a predicate for "The pattern …".
struct StringAutomatonError: Error, Hashable, CustomStringConvertible {
    let reason: String

    var description: String { reason }

    static let tooManyStates = Self(reason: "needs more than \(StringAutomaton.maximumStateCount) states")
    static let tooLarge = Self(reason: "needs a larger table of states than is allowed")
}
