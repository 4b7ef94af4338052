import Mistral
import Tensors

extension Generator {
    /// Starts a request beside those that run already.
    ///
    /// - Throws: before any work: `.parameter`, `.budgetTooSmall`, `.contextTooShort`, `.cacheTooSmall`, `.busy`, and
    ///   `.model` for tokens and pictures that the model does not take.
    public func start(_ request: GenerationRequest) throws(InferenceError) -> GenerationTask {
        guard (1...GenerationRequest.mostChoices).contains(request.choices) else {
            throw .parameter(
                ParameterError(
                    parameter: "n", value: "\(request.choices)", range: "from 1 to \(GenerationRequest.mostChoices)"))
        }
        var first = try answer(to: request, choice: 0)
        try check(request, shortest: first.shortest)
        let cacheBytes = try cacheBytes(for: request)
        try first.begin()

        let hasLogprobs = request.logprobs != nil
        let channel = GenerationChannel(choices: request.choices, hasLogprobs: hasLogprobs)
        var writers: [AnswerWriter] = []
        for choice in 0..<request.choices {
            var answer = first
            if choice > 0 {
                answer = try self.answer(to: request, choice: choice)
                try answer.begin()
            }
            writers.append(
                AnswerWriter(
                    choice: choice, answer: answer, hasLogprobs: hasLogprobs, tokenBytes: basis.tokenBytes,
                    channel: channel))
        }
        if first.isAtEnd {
            // The model has no say in it.
            for writer in writers {
                writer.finish(waitingSeconds: 0, prefillSeconds: 0, decodeSeconds: 0, cachedTokens: 0)
            }
        } else {
            try scheduler.submit(
                GenerationJob(
                    // What every answer begins with is read together with the prompt.
                    tokens: request.prompt.ids + first.tokens, promptTokens: request.prompt.ids.count,
                    imageFeatures: request.imageFeatures,
                    prefix: PrefixCacheKey(
                        request.prompt, digests: request.imageDigests, format: request.cacheFormat,
                        imageTokenID: model.configuration.imageTokenID),
                    sharesPrompt: request.sharesPrompt, writers: writers, channel: channel, cacheBytes: cacheBytes))
        }
        return GenerationTask(channel: channel, scheduler: scheduler)
    }

    /// The beginning of an answer.
    private func answer(to request: GenerationRequest, choice: Int) throws(InferenceError) -> Answer {
        var request = request
        request.sampling = try request.sampling.ofChoice(choice)
        return basis.answer(to: request)
    }
}

extension SamplingParameters {
    /// The first choice draws by the seed itself. That of another is number `choice` of SplitMix64 from where the first
    /// number of the seed puts it: far from those of other seeds.
    fileprivate func ofChoice(_ choice: Int) throws(InferenceError) -> SamplingParameters {
        guard choice > 0 else { return self }
        var seeds = SeededGenerator(seed: seed)
        seeds = SeededGenerator(seed: seeds.next(), skipping: UInt64(choice))
        do {
            return try .checked(
                temperature: temperature, topK: topK, topP: topP, minP: minP, frequencyPenalty: frequencyPenalty,
                presencePenalty: presencePenalty, seed: seeds.next())
        } catch {
            throw .parameter(error)
        }
    }
}
