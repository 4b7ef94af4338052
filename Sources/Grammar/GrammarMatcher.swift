/// Follows one generated text through a grammar and says which tokens may come next.
///
/// Budget steering: each state has one canonical shortest ending. With r tokens left, a token is allowed if the state
/// after it has an ending of at most r - 1 bytes (no more tokens than bytes are needed for it), or if it is the first
/// token of the longest-match tokenisation of the ending of the current state. So whoever starts with at least
/// `minimumBudget` tokens and takes allowed tokens only always ends inside the budget. The end-of-sequence token is not
/// counted.
public struct GrammarMatcher: Sendable {
    let vocabulary: TokenVocabulary
    let masks: MaskCache
    var machine: PushdownMachine
    /// Bytes of the ending, once they were asked for.
    private var knownShortest: Int?

    public init(grammar: Grammar, vocabulary: TokenVocabulary) {
        self.vocabulary = vocabulary
        masks = grammar.program.masks(for: vocabulary)
        machine = PushdownMachine(program: grammar.program)
    }

    /// Whether the text so far is a whole valid value, so that the sequence may end here.
    public var isComplete: Bool { machine.isComplete }

    /// The shortest bytes that make the text so far a whole valid value.
    public var shortestCompletion: [UInt8] {
        var machine = machine
        return machine.ending()
    }

    /// Tokens of a valid ending that is always available from here: the longest-match tokenisation of
    /// `shortestCompletion`; 0 if the text is complete, `Int.max` if the vocabulary lacks bytes for it.
    public var minimumBudget: Int { endingTokens().count ?? .max }

    /// Whether an ending of at most so many tokens is available from here.
    public mutating func canEnd(within tokens: Int) -> Bool {
        let shortest = knownShortest ?? machine.shortest()
        knownShortest = shortest
        // No more tokens than bytes are needed.
        if shortest <= tokens, vocabulary.missingBytes.isEmpty { return true }
        return minimumBudget <= tokens
    }

    /// Takes a token into the text; throws, and leaves the state as it was, if the grammar does not allow it here.
    public mutating func accept(_ token: Int) throws(GrammarError) {
        guard token >= 0, token < vocabulary.count else {
            throw GrammarError(token: token, "is not in the vocabulary of \(vocabulary.count) tokens")
        }
        let range = vocabulary.bytes.range(of: Int32(token))
        guard !range.isEmpty else { throw GrammarError(token: token, "is a control token, which no text holds") }
        guard machine.accept(vocabulary.bytes.storage[range]) else {
            throw GrammarError(token: token, "is not allowed by the grammar after the text so far")
        }
        knownShortest = nil
    }

    /// Takes bytes into the text; throws, and leaves the state as it was, if the grammar does not allow them here.
    public mutating func accept(bytes: some Collection<UInt8>) throws(GrammarError) {
        guard machine.accept(bytes) else {
            throw GrammarError(at: .root, "does not allow these bytes after the text so far")
        }
        knownShortest = nil
    }

    /// Appends the bytes that must come next whatever is chosen, at most `limit`: where the text may end, or more than
    /// one byte can follow, nothing is forced.
    public func appendForcedBytes(to bytes: inout [UInt8], limit: Int) {
        var machine = machine
        for _ in 0..<limit {
            guard let byte = machine.onlyNextByte(), machine.accept(CollectionOfOne(byte)) else { return }
            bytes.append(byte)
        }
    }

    /// The first token of the ending and the number of its tokens; nil for the count if bytes are missing.
    func endingTokens() -> (first: Int?, count: Int?) {
        let ending = shortestCompletion
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
