import Mistral

/// Why an answer ended.
public enum FinishReason: Hashable, Sendable {
    /// The model ended it, or its form let nothing follow.
    case stop
    /// It came to hold a stop string: this one.
    case stopString(String)
    /// Its budget was used up: free text is cut off there; a text with a grammar is whole, but may lack values.
    case length
    /// The model called tools.
    case toolCalls
    /// It repeated itself without end.
    case repetition

    /// As OpenAI's API has it, which knows no repetition: there too the answer may be cut short.
    public var name: String {
        switch self {
        case .stop, .stopString: "stop"
        case .length, .repetition: "length"
        case .toolCalls: "tool_calls"
        }
    }
}

/// The answers to a chat request.
public struct ChatCompletion: Sendable {
    public struct Choice: Sendable {
        /// From 0.
        public let index: Int
        /// Without the tool calls and the stop string; malformed UTF-8 is U+FFFD.
        public let text: String
        /// Each has an id of its own: the one that the model wrote, or one that follows from the seed.
        public let toolCalls: [ToolCall]
        public let finishReason: FinishReason
        /// Whether the budget kept out a token that the model would have taken.
        public let endedByBudget: Bool
        /// Of every token, those of calls as well; nil if they were not asked for.
        public let logprobs: [ChatLogprob]?

        /// The message to put into the conversation, so that it can go on.
        public var message: ChatMessage { .assistant(ChatContent(text), toolCalls: toolCalls) }
    }

    public struct Usage: Hashable, Sendable {
        public let promptTokens: Int
        /// Of all choices, those of stop texts as well; the ends of sequences are not counted.
        public let completionTokens: Int
        /// Tokens of the prompt that were not computed again.
        public let cachedTokens: Int

        public var totalTokens: Int { promptTokens + completionTokens }
    }

    public let choices: [Choice]
    public let usage: Usage
    /// With it and the same request the same answers come again.
    public let seed: UInt64

    /// Makes a completion of the generations, in the order of the choices.
    ///
    /// - Throws: where tokens are no well-formed answer: not of generations of a prepared chat.
    public init(
        _ chat: PreparedChat, generations: [Generation], tokenizer: TekkenTokenizer
    ) throws(AssistantOutputError) {
        var choices: [Choice] = []
        for (index, generation) in generations.enumerated() {
            choices.append(try Choice(generation, index: index, seed: chat.seed, tokenizer: tokenizer))
        }
        self.choices = choices
        usage = Usage(
            promptTokens: chat.request.prompt.ids.count,
            completionTokens: generations.reduce(0) { $0 + $1.generatedTokens },
            cachedTokens: generations.first?.cachedTokens ?? 0)
        seed = chat.seed
    }
}

extension ChatCompletion.Choice {
    /// One answer of a chat, also for the end of a stream.
    public init(
        _ generation: Generation, index: Int, seed: UInt64, tokenizer: TekkenTokenizer
    ) throws(AssistantOutputError) {
        var stream = ChatStream(tokenizer, seed: seed, choice: index)
        _ = try stream.append(tokens: generation.tokens, bytes: generation.bytes)
        _ = try stream.finish()
        self.index = index
        text = String(decoding: stream.text, as: UTF8.self)
        toolCalls = stream.toolCallsSoFar
        endedByBudget = generation.endedByBudget
        logprobs = generation.logprobs.map { $0.map { ChatLogprob($0, tokenizer: tokenizer) } }
        finishReason =
            if let stop = generation.stoppedBy {
                .stopString(stop)
            } else if generation.endedByRepetition {
                .repetition
            } else if !toolCalls.isEmpty {
                .toolCalls
            } else {
                generation.endedByBudget ? .length : .stop
            }
    }
}
