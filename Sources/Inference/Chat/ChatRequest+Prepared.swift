import Grammar
import Mistral

/// A chat request that was found good: what the generator is asked for, and what is needed to make a completion of its
/// answers.
public struct PreparedChat: Sendable {
    public var request: GenerationRequest
    /// The one given, or the one drawn for it.
    public let seed: UInt64
}

extension ChatRequest {
    /// Checks every parameter, writes the prompt, and compiles the response format and the tools.
    ///
    /// - Parameters:
    ///   - contextLength: tokens that prompt and answer may have together.
    ///   - toolGrammars: those of `tools`, where they have been compiled before.
    public func prepared(
        template: ChatTemplate, contextLength: Int, toolGrammars: ToolGrammars? = nil
    ) throws(ChatError) -> PreparedChat {
        let prompt = try ChatError.wrapping(ChatError.messages) { () throws(ChatTemplateError) in
            try template.encode(messages, tools: tools)
        }
        return try prepared(
            prompt: prompt, contextLength: contextLength, toolGrammars: toolGrammars, version: template.version)
    }

    /// The same for a prompt that was written elsewhere, in place of the messages.
    ///
    /// - Parameter version: of the instruct format, in which tools are called.
    public func prepared(
        prompt: PromptTokens, contextLength: Int, toolGrammars: ToolGrammars? = nil, version: TekkenVersion = .v11
    ) throws(ChatError) -> PreparedChat {
        try check("n", choices, in: 1...GenerationRequest.mostChoices)
        let seed = seed ?? UInt64.random(in: 0...UInt64.max)
        let sampling = try sampling(seed: seed)
        let logprobs = try logprobsRequest()
        try checkImages(of: prompt)
        var request = GenerationRequest(
            prompt: prompt, imageFeatures: imageFeatures, form: try form(toolGrammars, version),
            maximumTokens: try budget(promptTokens: prompt.ids.count, contextLength: contextLength),
            sampling: sampling, logprobs: logprobs)
        request.imageDigests = imageDigests
        request.choices = choices
        request.cacheFormat = cacheFormat
        request.endsRepetition = endsRepetition
        return PreparedChat(request: request, seed: seed)
    }

    private func check(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(ChatError) {
        guard range.contains(value) else {
            throw .parameter(
                ParameterError(
                    parameter: name, value: "\(value)", range: "from \(range.lowerBound) to \(range.upperBound)"))
        }
    }

    private func sampling(seed: UInt64) throws(ChatError) -> SamplingParameters {
        try ChatError.wrapping(ChatError.parameter) { () throws(ParameterError) in
            try .checked(
                temperature: temperature, topK: topK, topP: topP, minP: minP, frequencyPenalty: frequencyPenalty,
                presencePenalty: presencePenalty, seed: seed)
        }
    }

    private func logprobsRequest() throws(ChatError) -> LogprobsRequest? {
        guard logprobs else {
            guard let topLogprobs else { return nil }
            throw .parameter(
                ParameterError(
                    parameter: "top_logprobs", value: "\(topLogprobs)", range: "left out where logprobs is false"))
        }
        return try ChatError.wrapping(ChatError.parameter) { () throws(ParameterError) in
            try LogprobsRequest(alternatives: topLogprobs ?? 0)
        }
    }

    /// One matrix for each image, of as many rows as it has tokens.
    private func checkImages(of prompt: PromptTokens) throws(ChatError) {
        guard !encodesImagesLater else { return }
        guard imageFeatures.count == prompt.images.count else {
            throw .parameter(
                ParameterError(
                    parameter: "images", value: "\(imageFeatures.count) pictures",
                    range: "as many as the messages have: \(prompt.images.count)"))
        }
        for (index, image) in prompt.images.enumerated() where imageFeatures[index].rows != image.grid.embeddingCount {
            throw .parameter(
                ParameterError(
                    parameter: "images", value: "\(imageFeatures[index].rows) vectors for image \(index)",
                    range: "\(image.grid.embeddingCount), as its size in tokens is"))
        }
    }

    private func form(_ compiled: ToolGrammars?, _ version: TekkenVersion) throws(ChatError) -> AnswerForm {
        let grammar = try ChatError.wrapping(ChatError.responseFormat) { () throws(GrammarError) in
            try responseFormat.grammar()
        }
        var toolForm: ToolForm?
        if !tools.isEmpty || toolChoice != nil {
            var grammars = compiled
            if grammars?.tools != tools {
                grammars = try ChatError.wrapping(ChatError.tool) { () throws(ToolError) in try ToolGrammars(tools) }
            }
            if let grammars {
                toolForm = try ChatError.wrapping(ChatError.parameter) { () throws(ParameterError) in
                    try ToolForm(
                        grammars, choice: toolChoice ?? .auto, allowsParallelCalls: parallelToolCalls, version: version)
                }
            }
        }
        return try ChatError.wrapping(ChatError.parameter) { () throws(ParameterError) in
            try AnswerForm(grammar: grammar, tools: toolForm, stop: stop)
        }
    }

    private func budget(promptTokens: Int, contextLength: Int) throws(ChatError) -> Int {
        let room = contextLength - promptTokens
        guard maximumTokens ?? 1 >= 1 else {
            throw .parameter(
                ParameterError(parameter: "max_tokens", value: "\(maximumTokens ?? 0)", range: "1 or more"))
        }
        guard maximumTokens ?? 1 <= room else {
            throw .contextTooShort(
                promptTokens: promptTokens, answerTokens: maximumTokens ?? 1, contextLength: contextLength)
        }
        return maximumTokens ?? min(room, Self.defaultMaximumTokens)
    }
}
