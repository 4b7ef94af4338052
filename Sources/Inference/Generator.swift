import Grammar
import Mistral
import Tensors

/// Generates with one model, under a grammar or free text. Calls may come from any thread, any number at once: they run
/// together, and each gives what it gives alone.
public struct Generator: Sendable {
    public let model: MistralModel
    let basis: AnswerBasis
    let scheduler: Scheduler

    /// A generator that chooses every token, also where the grammar leaves no choice of text.
    ///
    /// - Parameters:
    ///   - tokenBytes: of every token id; nil for control tokens, which no text holds.
    ///   - endOfSequence: the token with which the model ends an answer where its grammar lets it go on.
    public init(
        model: MistralModel, tokenBytes: [[UInt8]?], endOfSequence: Int?, limits: SchedulerLimits = SchedulerLimits()
    ) {
        self.init(
            AnswerBasis(tokenBytes: tokenBytes, endOfSequence: endOfSequence, tokenizer: nil), model: model,
            scheduler: Scheduler(model: model, limits: limits))
    }

    /// Tokens of the tokenizer beyond the model's vocabulary are never generated.
    public init(model: MistralModel, tokenizer: TekkenTokenizer, limits: SchedulerLimits = SchedulerLimits()) {
        self.init(model: model, tokenizer: tokenizer, scheduler: Scheduler(model: model, limits: limits))
    }

    /// - Parameter scheduler: of that model, or of one that behaves like it.
    init(model: MistralModel, tokenizer: TekkenTokenizer, scheduler: Scheduler) {
        let count = min(tokenizer.vocabularySize, model.configuration.text.vocabularySize)
        let basis = AnswerBasis(
            tokenBytes: (0..<count).map(tokenizer.tokenBytes), endOfSequence: tokenizer.id(of: .endSequence),
            tokenizer: tokenizer)
        self.init(basis, model: model, scheduler: scheduler)
    }

    private init(_ basis: AnswerBasis, model: MistralModel, scheduler: Scheduler) {
        self.basis = basis
        self.model = model
        self.scheduler = scheduler
    }

    /// What runs at the moment, and what has been done.
    public var statistics: SchedulerStatistics { scheduler.statistics }

    /// The fewest tokens that a budget may have under a grammar.
    public func shortestAnswer(_ grammar: Grammar) -> Int {
        GrammarMatcher(grammar: grammar, vocabulary: basis.vocabulary).minimumBudget
    }

    /// Runs a request to the end of its first answer.
    ///
    /// - Parameter progress: called on the caller's thread now and then while it runs, and for the last token;
    ///   returning false ends the request with `.cancelled`.
    /// - Throws: as `start` before any work, else as `GenerationTask.next`.
    public func generate(
        _ request: GenerationRequest, progress: ((GenerationProgress) -> Bool)? = nil
    ) throws(InferenceError) -> Generation {
        var request = request
        request.choices = 1
        guard let generation = try generateAll(request, progress: progress).first else { throw .cancelled }
        return generation
    }

    /// Runs a request to the end of all its answers, which are given in their order.
    public func generateAll(
        _ request: GenerationRequest, progress: ((GenerationProgress) -> Bool)? = nil
    ) throws(InferenceError) -> [Generation] {
        let task = try start(request)
        // Nobody wants to know what happens meanwhile.
        if progress == nil { task.channel.waitForEnd() }
        var generations: [Int: Generation] = [:]
        var written = 0
        var stopwatch: Stopwatch?
        while let event = try task.next() {
            let goesOn: Bool
            switch event {
            case .prefilling(let share): goesOn = progress?(.prefilling(share: share)) ?? true
            case .tokens(_, let tokens, _, _):
                written += tokens.count
                let seconds = (stopwatch ?? Stopwatch()).seconds
                stopwatch = stopwatch ?? Stopwatch()
                let speed = Double(written) / max(seconds, 1e-9)
                goesOn = progress?(.decoding(tokens: written, tokensPerSecond: speed)) ?? true
            case .finished(let choice, let generation):
                generations[choice] = generation
                goesOn = true
            }
            guard goesOn else { throw .cancelled }
        }
        return generations.sorted { $0.key < $1.key }.map(\.value)
    }
}
