import Grammar

/// What an answer may be.
///
/// Stop strings belong to free text alone. Under a grammar they have no meaning: an answer is always a whole text of
/// its grammar, which one cut off in the middle is not; and what looks like a stop string may stand inside a value.
public enum AnswerForm: Sendable {
    /// A whole text of a grammar.
    case grammar(Grammar)
    /// Any text, to the end of the sequence, a stop string or the end of the budget.
    case text(stop: StopStrings = StopStrings())

    /// The form that a request of a public API asks for.
    ///
    /// - Throws: where there are stop strings although there is a grammar.
    public init(grammar: Grammar?, stop: [String]) throws(ParameterError) {
        guard let grammar else {
            self = .text(stop: try StopStrings(stop))
            return
        }
        guard stop.isEmpty else {
            throw ParameterError(
                parameter: "stop", value: "\(stop.count) strings",
                range: "left out where the answer has a grammar, whose texts are whole")
        }
        self = .grammar(grammar)
    }

    /// Nil for free text.
    public var grammar: Grammar? {
        if case .grammar(let grammar) = self { grammar } else { nil }
    }

    var stop: StopStrings {
        if case .text(let stop) = self { stop } else { StopStrings() }
    }
}
