/// A generated answer: always a whole text of its grammar, if it has one.
public struct Generation: Sendable {
    /// Those that begin before the stop text; the last may go on into it.
    public let tokens: [Int]
    /// Without the stop text. Free text may end inside a character where its budget or its model ended it.
    public let bytes: [UInt8]
    /// One for each of `tokens`; nil if they were not asked for.
    public let logprobs: [Logprobs]?
    /// How many tokens were generated, those of the stop text as well.
    public let generatedTokens: Int
    /// The stop string that ended the text.
    public let stoppedBy: String?
    /// Indices of the tokens that the grammar forced: the model read them but was not asked for them.
    public let forcedPositions: [Int]
    /// True when the budget kept out a token that the model would have taken, or free text used it up: the text may
    /// lack values.
    public let endedByBudget: Bool
    /// True when the model repeated itself without end and the text was closed there: it may lack values.
    public let endedByRepetition: Bool
    /// Tokens of the prompt whose keys and values an earlier prompt had left.
    public let cachedTokens: Int
    /// How often the model was asked for a token.
    public let passes: Int
    /// Wall-clock seconds in the queue, of the prompt, and of the answer.
    public let waitingSeconds: Double
    public let prefillSeconds: Double
    public let decodeSeconds: Double

    public var forcedTokens: Int { forcedPositions.count }

    init(
        _ answer: Answer, hasLogprobs: Bool, waitingSeconds: Double = 0, prefillSeconds: Double, decodeSeconds: Double,
        cachedTokens: Int = 0, passes: Int = 0
    ) {
        let kept = answer.tokensBeforeStop
        tokens = Array(answer.tokens.prefix(kept))
        bytes = Array(answer.bytes.prefix(answer.stop?.offset ?? answer.bytes.count))
        logprobs = hasLogprobs ? Array(answer.logprobs.prefix(kept)) : nil
        generatedTokens = answer.tokens.count
        stoppedBy = answer.stop?.text
        forcedPositions = answer.forcedPositions
        endedByBudget = answer.endedByBudget
        endedByRepetition = answer.endedByRepetition
        self.cachedTokens = cachedTokens
        self.passes = passes
        self.waitingSeconds = waitingSeconds
        self.prefillSeconds = prefillSeconds
        self.decodeSeconds = decodeSeconds
    }
}

/// What is happening in a generation.
public enum GenerationProgress: Sendable {
    /// `share` of the prompt, 0 to 1.
    case prefilling(share: Double)
    case decoding(tokens: Int, tokensPerSecond: Double)
}
