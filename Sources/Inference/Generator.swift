import Grammar
import Mistral
import Tensors

/// Generates under a grammar with one model. Calls may come from any thread; they share the model's worker threads.
public struct Generator: Sendable {
    public let model: MistralModel
    private let tokenBytes: [[UInt8]?]
    private let vocabulary: TokenVocabulary
    private let endOfSequence: Int?

    /// - Parameters:
    ///   - tokenBytes: of every token id; nil for control tokens, which no text holds.
    ///   - endOfSequence: the token with which the model ends an answer where its grammar lets it go on.
    public init(model: MistralModel, tokenBytes: [[UInt8]?], endOfSequence: Int?) {
        self.model = model
        self.tokenBytes = tokenBytes
        vocabulary = TokenVocabulary(tokenBytes: tokenBytes)
        self.endOfSequence = endOfSequence
    }

    /// Tokens of the tokenizer beyond the model's vocabulary are never generated.
    public init(model: MistralModel, tokenizer: TekkenTokenizer) {
        let count = min(tokenizer.vocabularySize, model.configuration.text.vocabularySize)
        self.init(
            model: model, tokenBytes: (0..<count).map(tokenizer.tokenBytes),
            endOfSequence: tokenizer.id(of: .endSequence))
    }

    /// The fewest tokens that a budget may have under a grammar.
    public func shortestAnswer(_ grammar: Grammar) -> Int {
        GrammarMatcher(grammar: grammar, vocabulary: vocabulary).minimumBudget
    }

    /// Runs a request to the end of its text.
    ///
    /// - Parameter progress: called while it runs; returning false ends it with `.cancelled`.
    /// - Throws: `.contextTooShort` and `.budgetTooSmall` before any work.
    public func generate(
        _ request: GenerationRequest, progress: ((GenerationProgress) -> Bool)? = nil
    ) throws(InferenceError) -> Generation {
        var answer = Answer(
            matcher: GrammarMatcher(grammar: request.grammar, vocabulary: vocabulary), vocabularySize: vocabulary.count,
            budget: request.maximumTokens, sampler: Sampler(request.sampling), endOfSequence: endOfSequence)
        try check(request, shortest: answer.shortest)

        let start = Stopwatch()
        var cache = try cache(positions: request.prompt.ids.count + request.maximumTokens)
        var logits = try forward(request.prompt.ids, request.imageFeatures, cache: &cache) { share in
            progress?(.prefilling(share: share)) ?? true
        }
        let prefillSeconds = start.seconds

        let decodeStart = Stopwatch()
        var tokens: [Int] = []
        while let token = try answer.next(logits: logits) {
            tokens.append(token)
            let speed = Double(tokens.count) / max(decodeStart.seconds, 1e-9)
            if let progress, !progress(.decoding(tokens: tokens.count, tokensPerSecond: speed)) { throw .cancelled }
            if answer.isAtEnd { break }
            logits = try forward([token], [], cache: &cache, progress: nil)
        }
        return Generation(
            tokens: tokens, bytes: tokens.flatMap { tokenBytes[$0] ?? [] }, endedByBudget: answer.endedByBudget,
            prefillSeconds: prefillSeconds, decodeSeconds: decodeStart.seconds)
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

    private func forward(
        _ tokens: [Int], _ imageFeatures: [Matrix], cache: inout KVCache, progress: ModelProgress?
    ) throws(InferenceError) -> [Float] {
        let logits: [Float]
        do {
            logits = try model.forward(tokens, imageFeatures: imageFeatures, cache: &cache, progress: progress).row(0)
        } catch .cancelled {
            throw .cancelled
        } catch {
            throw .model(error)
        }
        guard logits.allSatisfy(\.isFinite) else { throw .notANumber }
        return logits
    }
}
