import Grammar

/// What an answer may be.
///
/// Stop strings belong to free text alone. Under a grammar they have no meaning: an answer is always a whole text of
/// its grammar, which one cut off in the middle is not; and what looks like a stop string may stand inside a value. So
/// they do not end the calls of tools either.
public enum AnswerForm: Sendable {
    /// A whole text of a grammar.
    case grammar(Grammar)
    /// Any text, to the end of the sequence, a stop string or the end of the budget.
    case text(stop: StopStrings = StopStrings())
    /// Text and calls of tools: a call may begin anywhere in the text.
    case tools(ToolForm, stop: StopStrings = StopStrings())
    /// A whole text of a grammar, or calls of tools instead of it.
    case toolsOrGrammar(ToolForm, Grammar)

    /// The form that a request of a public API asks for.
    ///
    /// - Throws: where there are stop strings although there is a grammar.
    public init(grammar: Grammar?, tools: ToolForm? = nil, stop: [String]) throws(ParameterError) {
        guard let grammar else {
            let stop = try StopStrings(stop)
            self = if let tools { .tools(tools, stop: stop) } else { .text(stop: stop) }
            return
        }
        guard stop.isEmpty else {
            throw ParameterError(
                parameter: "stop", value: "\(stop.count) strings",
                range: "left out where the answer has a grammar, whose texts are whole")
        }
        self = if let tools { .toolsOrGrammar(tools, grammar) } else { .grammar(grammar) }
    }

    /// Of the text; nil for free text.
    public var grammar: Grammar? {
        switch self {
        case .grammar(let grammar), .toolsOrGrammar(_, let grammar): grammar
        case .text, .tools: nil
        }
    }

    /// What may be called.
    public var tools: ToolForm? {
        switch self {
        case .grammar, .text: nil
        case .tools(let tools, _), .toolsOrGrammar(let tools, _): tools
        }
    }

    var stop: StopStrings {
        switch self {
        case .text(let stop), .tools(_, let stop): stop
        case .grammar, .toolsOrGrammar: StopStrings()
        }
    }
}
