import Grammar

/// An answer as it is written: the grammar's state, the budget, and the choice of each token.
struct Answer {
    private var matcher: GrammarMatcher
    private var mask: TokenMask
    private var remaining: Int
    private var sampler: Sampler
    private let endOfSequence: Int?
    /// True once the budget kept out a token that the model chose.
    private(set) var endedByBudget = false

    init(matcher: GrammarMatcher, vocabularySize: Int, budget: Int, sampler: Sampler, endOfSequence: Int?) {
        self.matcher = matcher
        mask = TokenMask(tokenCount: vocabularySize)
        remaining = budget
        self.sampler = sampler
        self.endOfSequence = endOfSequence
        self.matcher.fillMask(&mask, remainingTokens: .max)
    }

    /// Tokens of the shortest ending.
    var shortest: Int { matcher.minimumBudget }

    /// True when the text is whole and the grammar lets nothing follow: no further logits are needed.
    var isAtEnd: Bool { mask.isEmpty && matcher.isComplete }

    /// The next token, or nil at the end of the text.
    ///
    /// The model chooses among everything that the grammar allows; only when an ending would no longer fit behind its
    /// choice does it choose again, among the tokens that leave room for one. So the budget bends nothing before it must.
    mutating func next(logits: [Float]) throws(InferenceError) -> Int? {
        if isAtEnd { return nil }
        let end = matcher.isComplete ? endOfSequence : nil
        guard let choice = sampler.choose(from: logits, allowed: mask, alternative: end) else {
            throw .grammar("no token can follow")
        }
        if let end, choice == end { return nil }
        if let following = try following(choice) { return take(choice, following) }

        endedByBudget = true
        if remaining == 0, matcher.isComplete { return nil }
        matcher.fillMask(&mask, remainingTokens: remaining)
        guard let second = sampler.choose(from: logits, allowed: mask, alternative: end) else {
            throw .grammar("no token leads to an end within \(remaining) tokens")
        }
        if let end, second == end { return nil }
        guard let following = try following(second) else {
            throw .grammar("token \(second) leaves no room for an end within \(remaining) tokens")
        }
        return take(second, following)
    }

    /// The grammar's state after a token, or nil if no ending would fit behind it.
    private func following(_ token: Int) throws(InferenceError) -> GrammarMatcher? {
        var following = matcher
        do {
            try following.accept(token)
        } catch {
            throw .grammar(error.description)
        }
        return following.minimumBudget < remaining ? following : nil
    }

    private mutating func take(_ token: Int, _ following: GrammarMatcher) -> Int {
        matcher = following
        remaining -= 1
        matcher.fillMask(&mask, remainingTokens: .max)
        return token
    }
}
