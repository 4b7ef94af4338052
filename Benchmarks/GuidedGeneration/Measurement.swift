import Grammar
import Inference
import Mistral
import Tensors

/// Runs the same model with and without a grammar.
struct Measurement {
    /// Seconds of each step with one token, under the grammar and without one.
    struct Steps {
        var guided: [Double] = []
        var unguided: [Double] = []
    }

    /// What a whole answer took.
    struct Answer {
        let generation: Generation
        let passes: Int
        let seconds: Double

        var secondsPerToken: Double { seconds / Double(max(generation.tokens.count, 1)) }
    }

    let generator: Generator
    let grammar: Grammar
    let prompt: PromptTokens
    /// The budget of each answer.
    let count: Int

    /// A step under the grammar, a step without, and so on: what else runs on the machine slows both.
    func steps() throws -> Steps {
        var steps = Steps()
        var unguided = try Unguided(generator.model, prompt: prompt, capacity: count)
        var failure: (any Error)?
        var time = Stopwatch()
        _ = try generator.generate(request(forcesTokens: false)) { progress in
            guard case .decoding(let tokens, _) = progress else { return true }
            let seconds = time.seconds
            do {
                let other = try unguided.step()
                // The first token comes with the prompt.
                if tokens > 1 {
                    steps.guided.append(seconds)
                    steps.unguided.append(other)
                }
            } catch {
                failure = error
            }
            time = Stopwatch()
            return failure == nil
        }
        if let failure { throw failure }
        return steps
    }

    func answer(forcesTokens: Bool) throws -> Answer {
        var passes = 0
        let time = Stopwatch()
        let generation = try generator.generate(request(forcesTokens: forcesTokens)) { progress in
            if case .decoding = progress { passes += 1 }
            return true
        }
        return Answer(generation: generation, passes: passes, seconds: time.seconds)
    }

    private func request(forcesTokens: Bool) -> GenerationRequest {
        var request = GenerationRequest(prompt: prompt, grammar: grammar, maximumTokens: count)
        request.forcesTokens = forcesTokens
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

    /// Seconds of one more token.
    mutating func step() throws -> Double {
        let time = Stopwatch()
        token = try model.forward([token], cache: &cache).withRow(0, Self.likeliest)
        return time.seconds
    }

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
