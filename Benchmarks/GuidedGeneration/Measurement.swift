import Grammar
import Inference
import Mistral
import Tensors

/// Runs the same model with and without a grammar.
struct Measurement {
    /// Mean seconds of a step with one token, under the grammar and without one.
    struct Steps {
        var guided: Double
        var unguided: Double
    }

    /// What a whole answer took.
    struct Answer {
        let generation: Generation
        let seconds: Double

        var secondsPerToken: Double { seconds / Double(max(generation.tokens.count, 1)) }
    }

    let generator: Generator
    let grammar: Grammar
    let prompt: PromptTokens
    /// The budget of each answer.
    let count: Int

    /// An answer under the grammar, then as many steps without: what else runs on the machine slows both.
    func steps() throws -> Steps {
        let guided = try generator.generate(request(forcesTokens: false))
        var unguided = try Unguided(generator.model, prompt: prompt, capacity: count)
        // The first token comes with the prompt.
        let steps = max(guided.passes - 1, 1)
        let time = Stopwatch()
        for _ in 0..<steps { try unguided.step() }
        return Steps(guided: guided.decodeSeconds / Double(steps), unguided: time.seconds / Double(steps))
    }

    func answer(forcesTokens: Bool) throws -> Answer {
        let time = Stopwatch()
        let generation = try generator.generate(request(forcesTokens: forcesTokens))
        return Answer(generation: generation, seconds: time.seconds)
    }

    private func request(forcesTokens: Bool) -> GenerationRequest {
        var request = GenerationRequest(prompt: prompt, grammar: grammar, maximumTokens: count)
        request.forcesTokens = forcesTokens
        request.sharesPrompt = false
        // As many steps as the budget has, whatever the model writes.
        request.endsRepetition = false
        return request
    }
}

/// The likeliest of all tokens, again and again.
private struct Unguided {
    private let model: MistralModel
    private var cache: KVCache
    private var token: Int

    init(_ model: MistralModel, prompt: PromptTokens, capacity: Int) throws {
        self.model = model
        cache = try model.makeCache(capacity: prompt.ids.count + capacity)
        token = try model.forward(prompt.ids, cache: &cache).withRow(0, Self.likeliest)
    }

    /// One more token.
    mutating func step() throws { token = try model.forward([token], cache: &cache).withRow(0, Self.likeliest) }

    private static func likeliest(_ logits: borrowing Span<Float>) -> Int {
        var best = 0
        // 64 at once, as the sampler does: what is measured is the grammar, not a slow loop.
        for start in stride(from: 0, to: logits.count, by: 64) {
            let part = logits.extracting(start..<min(start + 64, logits.count))
            let limit = logits[best]
            var isLarger: Int32 = 0
            for lane in part.indices { isLarger |= part[lane] > limit ? 1 : 0 }
            guard isLarger != 0 else { continue }
            for lane in part.indices where part[lane] > logits[best] { best = start + lane }
        }
        return best
    }
}
