import Grammar

/// An answer as it is written: where it is in its form, the budget, and the choice of each token.
///
/// Tokens come in steps: one that the model chose, and those that the form forces behind it.
struct Answer: Sendable {
    /// Control tokens of tool calls among them.
    private(set) var tokens: [Int] = []
    /// Of its text: without tool calls.
    private(set) var bytes: [UInt8] = []
    /// Indices of the tokens that the model was not asked for, since the form left no choice.
    var forcedPositions: [Int] = []
    /// One for each token, where they are asked for.
    private(set) var logprobs: [Logprobs] = []
    /// The stop string that the text came to hold, and the offset where it begins.
    var stop: (text: String, offset: Int)?
    /// True once the budget kept out a token that the model chose, or was used up by free text.
    var endedByBudget = false
    /// True once a loop of the model was cut off.
    var endedByRepetition = false
    /// True when nothing more comes: no further logits are needed.
    var isAtEnd = false

    var matcher: AnswerMatcher
    var mask: TokenMask
    private var isMaskReady = false
    private(set) var remaining: Int
    private var sampler: Sampler
    /// Bytes and control tokens so far, those of calls as well: no two choices draw the same random numbers, and none
    /// depends on how tokens divide what stands before it.
    private var place = 0
    var forced: ForcedTokens?
    var loops: LoopDetector?
    let stops: StopStrings
    private let logprobsRequest: LogprobsRequest?
    let tokenBytes: [[UInt8]?]
    private let endOfSequence: Int?

    /// - Parameters:
    ///   - matcher: of the text; nil for free text, which `textTokens` make up and `stops` end.
    ///   - tools: what may be called; nil for nothing.
    ///   - forced: nil to have every token chosen.
    ///   - loops: nil to let an answer repeat itself without end.
    init(
        matcher: GrammarMatcher?, tools: ToolRules? = nil, textTokens: TextTokens, tokenBytes: [[UInt8]?],
        endOfSequence: Int?, budget: Int, sampler: Sampler, forced: ForcedTokens? = nil, loops: LoopDetector? = nil,
        stops: StopStrings = StopStrings(), logprobs: LogprobsRequest? = nil
    ) {
        self.matcher = AnswerMatcher(grammar: matcher, tools: tools, textTokens: textTokens, tokenBytes: tokenBytes)
        self.tokenBytes = tokenBytes
        self.stops = stops
        logprobsRequest = logprobs
        self.endOfSequence = endOfSequence
        self.sampler = sampler
        self.forced = forced
        self.loops = loops
        remaining = budget
        mask = TokenMask(tokenCount: tokenBytes.count)
    }

    /// Tokens of the shortest ending; of free text, one.
    var shortest: Int { matcher.isFreeText ? 1 : matcher.minimumBudget }

    /// Finds the tokens that may come next, unless they are known; apart from `next` so that it can run beside the
    /// model.
    mutating func prepareMask() {
        guard !isMaskReady, !isAtEnd else { return }
        matcher.fillMask(&mask, remainingTokens: .max)
        isMaskReady = true
    }

    /// Takes the tokens that every answer begins with.
    mutating func begin() throws(InferenceError) {
        try takeForced()
        endIfComplete()
    }

    /// Takes the token that the model chooses, and what must follow it.
    ///
    /// The model chooses among everything that the form allows; only when an ending would no longer fit behind its
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
        endTextIfStopped(by: token)
        guard !isAtEnd else { return }
        if let period = noteLoop(token) { try endLoop(period: period) }
        if !isAtEnd { try takeForced() }
        endIfComplete()
    }

    private mutating func choose(_ logits: Span<Float>) throws(InferenceError) -> Int? {
        prepareMask()
        sampler.move(toPlace: place)
        let isComplete = matcher.isComplete
        let end = isComplete ? endOfSequence : nil
        guard let choice = sampler.choose(from: logits, allowed: mask, alternative: end) else {
            throw .grammar("no token can follow")
        }
        if let end, choice == end { return nil }
        if try take(choice) { return choice }

        endedByBudget = true
        if remaining == 0, isComplete { return nil }
        matcher.fillMask(&mask, remainingTokens: remaining)
        isMaskReady = false
        guard let second = sampler.choose(from: logits, allowed: mask, alternative: end) else {
            throw .grammar("no token leads to an end within \(remaining) tokens")
        }
        if let end, second == end { return nil }
        guard try take(second) else {
            throw .grammar("token \(second) leaves no room for an end within \(remaining) tokens")
        }
        return second
    }

    /// Takes a token, unless no ending would fit behind it: then the answer stays as it was.
    mutating func take(_ token: Int, isChosen: Bool = true) throws(InferenceError) -> Bool {
        guard remaining > 0 else { return false }
        var following = matcher
        try following.accept(token)
        guard following.canEnd(within: remaining - 1) else { return false }
        if !following.hasSameText(as: matcher) { isMaskReady = false }
        let text = tokenBytes.bytes(of: token)
        if following.part == .text { bytes += text }
        place += max(text.count, 1)
        matcher = following
        remaining -= 1
        tokens.append(token)
        sampler.accept(token)
        // The model's logits, if it was asked, take its place.
        if logprobsRequest != nil { logprobs.append(Logprobs(forced: token)) }
        if text.isEmpty {
            forced?.restart()
        } else if isChosen {
            forced?.append(text)
        }
        return true
    }

    private mutating func endIfComplete() {
        guard !isAtEnd, !matcher.isFreeText, matcher.isComplete else { return }
        prepareMask()
        isAtEnd = mask.isEmpty
    }
}
