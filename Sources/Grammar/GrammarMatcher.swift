/// Follows one generated text through a grammar and says which tokens may come next.
///
/// Budget steering: each state has one canonical shortest ending. With r tokens left, a token is allowed if the state
/// after it has an ending of at most r - 1 bytes (no more tokens than bytes are needed for it), or if it is the first
/// token of the longest-match tokenisation of the ending of the current state. So whoever starts with at least
/// `minimumBudget` tokens and takes allowed tokens only always ends inside the budget. The end-of-sequence token is not
/// counted. Masks cost some ten to some hundred microseconds over 131,072 tokens.
public struct GrammarMatcher: Sendable {
    let vocabulary: TokenVocabulary
    var machine: PushdownMachine

    public init(grammar: Grammar, vocabulary: TokenVocabulary) {
        self.vocabulary = vocabulary
        machine = PushdownMachine(program: grammar.program)
    }

    /// Whether the text so far is a whole valid value, so that the sequence may end here.
    public var isComplete: Bool {
        (0..<machine.configurationCount).contains { index in
            let configuration = machine.configurations[index]
            guard configuration.parent < 0 else { return false }
            return switch configuration.kind {
            case .done: true
            case .number: NumberState.isComplete(configuration.state)
            case .literal: machine.shortest(configuration) == 0
            default: false
            }
        }
    }

    /// The shortest bytes that make the text so far a whole valid value.
    public var shortestCompletion: [UInt8] { machine.shortestEnd() }

    /// Tokens of a valid ending that is always available from here: the longest-match tokenisation of
    /// `shortestCompletion`; 0 if the text is complete, `Int.max` if the vocabulary lacks bytes for it.
    public var minimumBudget: Int { endingTokens().count ?? .max }

    /// Takes a token into the text; throws, and leaves the state as it was, if the grammar does not allow it here.
    public mutating func accept(_ token: Int) throws(GrammarError) {
        guard token >= 0, token < vocabulary.count else {
            throw GrammarError(token: token, "is not in the vocabulary of \(vocabulary.count) tokens")
        }
        let range = vocabulary.bytes.range(of: Int32(token))
        guard !range.isEmpty else { throw GrammarError(token: token, "is a control token, which no text holds") }
        var next = machine
        for byte in vocabulary.bytes.storage[range] {
            let start = next.configurationCount
            for index in 0..<start { next.step(next.configurations[index], byte) }
            guard next.configurationCount > start else {
                throw GrammarError(token: token, "is not allowed by the grammar after the text so far")
            }
            if next.configurationCount > start + 1 { next.prune(from: start) }
            next.keepConfigurations(from: start)
        }
        machine = next
    }

    /// The first token of the ending and the number of its tokens; nil for the count if bytes are missing.
    func endingTokens() -> (first: Int?, count: Int?) {
        let ending = machine.shortestEnd()
        var first: Int?
        var count = 0
        var position = 0
        while position < ending.count {
            guard let match = vocabulary.trie.longestMatch(in: ending, from: position) else { return (first, nil) }
            if first == nil { first = match.token }
            position += match.length
            count += 1
        }
        return (first, count)
    }
}
