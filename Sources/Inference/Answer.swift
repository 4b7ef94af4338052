import Grammar

/// An answer as it is written: the grammar's state, if it has one, the budget, and the choice of each token.
///
/// Tokens come in steps: one that the model chose, and those that the grammar forces behind it.
struct Answer: Sendable {
    private(set) var tokens: [Int] = []
    private(set) var bytes: [UInt8] = []
    /// Indices of the tokens that the model was not asked for, since the grammar left no choice.
    private(set) var forcedPositions: [Int] = []
    /// One for each token, where they are asked for.
    private(set) var logprobs: [Logprobs] = []
    /// The stop string that the text came to hold, and the offset where it begins.
    private(set) var stop: (text: String, offset: Int)?
    /// True once the budget kept out a token that the model chose, or was used up by free text.
    private(set) var endedByBudget = false
    /// True once a loop of the model was cut off.
    private(set) var endedByRepetition = false
    /// True when nothing more comes: no further logits are needed.
    private(set) var isAtEnd = false

    /// Nil for free text.
    private var matcher: GrammarMatcher?
    private var mask: TokenMask
    private var isMaskReady = false
    private var remaining: Int
    private var sampler: Sampler
    private var forced: ForcedTokens?
    private var loops: LoopDetector?
    private let stops: StopStrings
    private let logprobsRequest: LogprobsRequest?
    private let textTokens: TextTokens
    private let tokenBytes: [[UInt8]?]
    private let endOfSequence: Int?

    /// Bytes that are asked of the grammar at once; what is forced beyond them comes with a later step.
    private static let mostForcedBytes = 4096

    /// - Parameters:
    ///   - matcher: nil for free text, which `textTokens` make up and `stops` end.
    ///   - loops: only for an answer with a grammar, which knows how to end it.
    init(
        matcher: GrammarMatcher?, textTokens: TextTokens, tokenBytes: [[UInt8]?], endOfSequence: Int?, budget: Int,
        sampler: Sampler, forced: ForcedTokens? = nil, loops: LoopDetector? = nil, stops: StopStrings = StopStrings(),
        logprobs: LogprobsRequest? = nil
    ) {
        self.matcher = matcher
        self.textTokens = textTokens
        self.stops = stops
        logprobsRequest = logprobs
        self.tokenBytes = tokenBytes
        self.endOfSequence = endOfSequence
        self.sampler = sampler
        self.forced = forced
        self.loops = loops
        remaining = budget
        mask = TokenMask(tokenCount: tokenBytes.count)
    }

    /// Tokens of the shortest ending; of free text, one.
    var shortest: Int { matcher?.minimumBudget ?? 1 }

    /// How many of the tokens begin before the stop text.
    var tokensBeforeStop: Int {
        guard let stop else { return tokens.count }
        var kept = tokens.count
        var start = bytes.count
        while kept > 0 {
            start -= tokenBytes[tokens[kept - 1]]?.count ?? 0
            if start < stop.offset { break }
            kept -= 1
        }
        return kept
    }

    /// Finds the tokens that may come next, unless they are known; apart from `next` so that it can run beside the
    /// model.
    mutating func prepareMask() {
        guard !isMaskReady, !isAtEnd else { return }
        matcher?.fillMask(&mask, remainingTokens: .max)
        isMaskReady = true
    }

    /// Takes the tokens that every answer begins with.
    mutating func begin() throws(InferenceError) {
        try takeForced()
        endIfComplete()
    }

    /// Takes the token that the model chooses, and what must follow it.
    ///
    /// The model chooses among everything that the grammar allows; only when an ending would no longer fit behind its
    /// choice does it choose again, among the tokens that leave room for one. So the budget bends nothing before it
    /// must.
    mutating func next(logits: Span<Float>) throws(InferenceError) {
        guard let token = try choose(logits) else {
            isAtEnd = true
            return
        }
        if let request = logprobsRequest {
            logprobs[logprobs.count - 1] = Logprobs(of: token, logits: logits, request)
        }
        if let period = noteLoop(token) { try endLoop(period: period) }
        if !isAtEnd { try takeForced() }
        endIfComplete()
        endTextIfStopped(by: token)
    }

    private mutating func choose(_ logits: Span<Float>) throws(InferenceError) -> Int? {
        prepareMask()
        sampler.move(toByte: bytes.count)
        let isComplete = matcher?.isComplete ?? true
        let end = isComplete ? endOfSequence : nil
        guard let choice = draw(logits, end: end) else { throw .grammar("no token can follow") }
        if let end, choice == end { return nil }
        if try take(choice) { return choice }

        endedByBudget = true
        if remaining == 0, isComplete { return nil }
        matcher?.fillMask(&mask, remainingTokens: remaining)
        guard let second = draw(logits, end: end) else {
            throw .grammar("no token leads to an end within \(remaining) tokens")
        }
        if let end, second == end { return nil }
        guard try take(second) else {
            throw .grammar("token \(second) leaves no room for an end within \(remaining) tokens")
        }
        return second
    }

    private mutating func draw(_ logits: Span<Float>, end: Int?) -> Int? {
        guard matcher == nil else { return sampler.choose(from: logits, allowed: mask, alternative: end) }
        let words = textTokens.words
        return sampler.choose(from: logits, words: words.span, alternative: end)
    }

    /// Takes a token, unless no ending would fit behind it: then the answer stays as it was.
    private mutating func take(_ token: Int, isChosen: Bool = true) throws(InferenceError) -> Bool {
        guard tokenBytes.indices.contains(token), let text = tokenBytes[token], remaining > 0 else { return false }
        if var following = matcher {
            do {
                try following.accept(token)
            } catch {
                throw .grammar(error.description)
            }
            guard following.canEnd(within: remaining - 1) else { return false }
            matcher = following
            isMaskReady = false
        }
        remaining -= 1
        tokens.append(token)
        bytes += text
        sampler.accept(token)
        // The model's logits, if it was asked, take its place.
        if logprobsRequest != nil { logprobs.append(Logprobs(forced: token)) }
        if isChosen { forced?.append(text) }
        return true
    }

    /// Takes the tokens that must come next, as far as they are the same in every answer and the budget has room.
    private mutating func takeForced() throws(InferenceError) {
        guard let matcher, var forced else { return }
        var text: [UInt8] = []
        matcher.appendForcedBytes(to: &text, limit: Self.mostForcedBytes)
        guard !text.isEmpty else { return }
        let isWhole = try ends(matcher, behind: text)
        try forced.take(text, isWhole: isWhole) { token throws(InferenceError) in
            guard try take(token, isChosen: false) else { return false }
            forcedPositions.append(tokens.count - 1)
            _ = noteLoop(token)
            return true
        }
        self.forced = forced
    }

    /// Whether the grammar lets nothing follow some bytes that must come next.
    private func ends(_ matcher: GrammarMatcher, behind text: [UInt8]) throws(InferenceError) -> Bool {
        var following = matcher
        do {
            try following.accept(bytes: text)
        } catch {
            throw .grammar(error.description)
        }
        guard following.isComplete else { return false }
        var mask = TokenMask(tokenCount: tokenBytes.count)
        following.fillMask(&mask, remainingTokens: .max)
        return mask.isEmpty
    }

    private mutating func endIfComplete() {
        guard !isAtEnd, let matcher, matcher.isComplete else { return }
        prepareMask()
        isAtEnd = mask.isEmpty
    }

    /// Ends free text with its budget, or where its last token completed a stop string.
    private mutating func endTextIfStopped(by token: Int) {
        guard matcher == nil else { return }
        stop = stops.first(in: bytes, from: bytes.count - (tokenBytes[token]?.count ?? 0))
        endedByBudget = stop == nil && remaining == 0
        isAtEnd = stop != nil || endedByBudget
    }
}

// Loops.
extension Answer {
    private mutating func noteLoop(_ token: Int) -> Int? {
        loops?.append(token, hasQuote: tokenBytes[token]?.contains(UInt8(ascii: "\"")) ?? false)
    }

    /// Ends an answer that repeats its last tokens in the shortest valid way, without asking the model again.
    private mutating func endLoop(period: Int) throws(InferenceError) {
        // Where nothing is lost, it is looked at again much later.
        loops = LoopDetector()
        guard let matcher else { return }
        let ending = matcher.shortestCompletion
        guard repeatsWithoutEnd(matcher, period: period, ending: ending.count) else { return }
        var ended = self
        guard try ended.takeEnding(ending) else { return }
        self = ended
        endedByRepetition = true
        isAtEnd = true
    }

    /// Whether one more repetition is possible and brings the end no nearer: a loop of the model, and none that the
    /// grammar asks for.
    private func repeatsWithoutEnd(_ matcher: GrammarMatcher, period: Int, ending: Int) -> Bool {
        var following = matcher
        let repetition = tokens.suffix(period).flatMap { tokenBytes[$0] ?? [] }
        guard (try? following.accept(bytes: repetition)) != nil else { return false }
        return following.shortestCompletion.count >= ending
    }

    /// Takes the shortest ending: as the tokenizer would write it where that is possible and fits, else in the longest
    /// tokens.
    private mutating func takeEnding(_ ending: [UInt8]) throws(InferenceError) -> Bool {
        if var forced {
            try forced.take(ending, isWhole: true) { token throws(InferenceError) in try take(token, isChosen: false) }
        }
        while var matcher, !matcher.isComplete {
            let rest = matcher.shortestCompletion
            matcher.fillMask(&mask, remainingTokens: matcher.minimumBudget)
            var longest: (token: Int, length: Int) = (0, 0)
            mask.forEachAllowed { token in
                guard let text = tokenBytes[token], text.count > longest.length, rest.starts(with: text) else { return }
                longest = (token, text.count)
            }
            guard longest.length > 0, try take(longest.token) else { return false }
        }
        return true
    }
}
