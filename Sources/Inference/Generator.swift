import Grammar
import Mistral
import Tensors

/// Generates with one model, under a grammar or free text. Calls may come from any thread; they share the model's
/// worker threads.
public struct Generator: Sendable {
    public let model: MistralModel
    private let tokenBytes: [[UInt8]?]
    private let vocabulary: TokenVocabulary
    private let textTokens: TextTokens
    private let tokenizer: TekkenTokenizer?
    private let endOfSequence: Int?

    /// Steps of more tokens than this can be cancelled between the layers of the model.
    private static let longestShortStep = 16

    /// A generator that chooses every token, also where the grammar leaves no choice of text.
    ///
    /// - Parameters:
    ///   - tokenBytes: of every token id; nil for control tokens, which no text holds.
    ///   - endOfSequence: the token with which the model ends an answer where its grammar lets it go on.
    public init(model: MistralModel, tokenBytes: [[UInt8]?], endOfSequence: Int?) {
        self.init(model: model, tokenBytes: tokenBytes, endOfSequence: endOfSequence, tokenizer: nil)
    }

    /// Tokens of the tokenizer beyond the model's vocabulary are never generated.
    public init(model: MistralModel, tokenizer: TekkenTokenizer) {
        let count = min(tokenizer.vocabularySize, model.configuration.text.vocabularySize)
        self.init(
            model: model, tokenBytes: (0..<count).map(tokenizer.tokenBytes),
            endOfSequence: tokenizer.id(of: .endSequence), tokenizer: tokenizer)
    }

    private init(model: MistralModel, tokenBytes: [[UInt8]?], endOfSequence: Int?, tokenizer: TekkenTokenizer?) {
        self.model = model
        self.tokenBytes = tokenBytes
        self.tokenizer = tokenizer
        self.endOfSequence = endOfSequence
        vocabulary = TokenVocabulary(tokenBytes: tokenBytes)
        textTokens = TextTokens(tokenBytes: tokenBytes)
    }

    /// The fewest tokens that a budget may have under a grammar.
    public func shortestAnswer(_ grammar: Grammar) -> Int {
        GrammarMatcher(grammar: grammar, vocabulary: vocabulary).minimumBudget
    }

    /// Runs a request to the end of its text.
    ///
    /// - Parameter progress: called on the caller's thread while it runs; returning false ends it with `.cancelled`.
    /// - Throws: `.contextTooShort` and `.budgetTooSmall` before any work.
    public func generate(
        _ request: GenerationRequest, progress: ((GenerationProgress) -> Bool)? = nil
    ) throws(InferenceError) -> Generation {
        let answer = answer(to: request)
        try check(request, shortest: answer.shortest)

        let start = Stopwatch()
        let cache = try cache(positions: request.prompt.ids.count + request.maximumTokens)
        let run = GenerationRun(model: model, cache: cache, answer: answer)
        // What every answer begins with is read together with the prompt.
        var step = try run.begin()
        var logits = try run.forward(request.prompt.ids + step.tokens, request.imageFeatures) { share in
            progress?(.prefilling(share: share)) ?? true
        }
        let prefillSeconds = start.seconds

        let decodeStart = Stopwatch()
        func report() -> Bool {
            let speed = Double(step.answered) / max(decodeStart.seconds, 1e-9)
            return progress?(.decoding(tokens: step.answered, tokensPerSecond: speed)) ?? true
        }
        let pair = ThreadPool(threadCount: hasSpareProcessor ? 2 : 1)
        while !step.isAtEnd {
            step = try run.next(logits)
            guard report() else { throw .cancelled }
            if step.isAtEnd { break }
            if step.tokens.count > Self.longestShortStep {
                logits = try run.forward(step.tokens) { _ in report() }
            } else {
                logits = try run.forward(step.tokens, pair: pair)
            }
        }
        return Generation(
            run.current, hasLogprobs: request.logprobs != nil, prefillSeconds: prefillSeconds,
            decodeSeconds: decodeStart.seconds)
    }

    /// Whether a thread beside those of the model is worth while.
    ///
    /// Where the model has a thread on every processor, a mask that is found meanwhile takes from it what it saves:
    /// measured on 2 cores, steps of 131,072 tokens took 1.009 to 1.013 times those without a grammar, against 1.003
    /// with the mask behind the pass; gleaner-mini's, some 0.3 ms, up to 1.2 times against 1.1.
    private var hasSpareProcessor: Bool { ThreadPool.onlineProcessors > model.threads.threadCount }

    private func answer(to request: GenerationRequest) -> Answer {
        let matcher = request.form.grammar.map { GrammarMatcher(grammar: $0, vocabulary: vocabulary) }
        return Answer(
            matcher: matcher, textTokens: textTokens, tokenBytes: tokenBytes, endOfSequence: endOfSequence,
            budget: request.maximumTokens, sampler: Sampler(request.sampling),
            forced: request.forcesTokens && matcher != nil ? tokenizer.map(ForcedTokens.init) : nil,
            loops: request.endsRepetition && matcher != nil ? LoopDetector() : nil, stops: request.form.stop,
            logprobs: request.logprobs)
    }

    private func check(_ request: GenerationRequest, shortest: Int) throws(InferenceError) {
        guard request.maximumTokens >= shortest else {
            throw .budgetTooSmall(budget: request.maximumTokens, shortest: shortest)
        }
        let limit = model.configuration.text.maxPositions
        let (needed, overflow) = request.prompt.ids.count.addingReportingOverflow(request.maximumTokens)
        guard !overflow, needed <= limit else {
            throw .contextTooShort(
                promptTokens: request.prompt.ids.count, answerTokens: request.maximumTokens, contextLength: limit)
        }
    }

    /// A cache with all the memory that a request takes: what is lacking is known before any work.
    private func cache(positions: Int) throws(InferenceError) -> KVCache {
        do {
            return try model.makeCache(capacity: positions)
        } catch {
            throw .model(error)
        }
    }
}
