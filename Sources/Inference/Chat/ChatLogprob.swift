import Mistral

/// The log probabilities of one token of an answer, with what it is.
public struct ChatLogprob: Hashable, Sendable {
    public struct Token: Hashable, Sendable {
        public let id: Int
        /// The token alone: a part of a character is U+FFFD. Of control tokens, the name.
        public let text: String
        /// Nil for control tokens.
        public let bytes: [UInt8]?
        public let logprob: Float
    }

    public let token: Token
    /// The likeliest first.
    public let alternatives: [Token]
    /// True if the model was not asked, as its form left no choice.
    public let isForced: Bool

    public init(_ logprobs: Logprobs, tokenizer: TekkenTokenizer) {
        func token(_ token: TokenLogprob) -> Token {
            let bytes = tokenizer.tokenBytes(token.token)
            let name = tokenizer.specialTokenName(token.token) ?? ""
            return Token(
                id: token.token, text: bytes.map { String(decoding: $0, as: UTF8.self) } ?? name, bytes: bytes,
                logprob: token.logprob)
        }
        self.token = token(logprobs.chosen)
        alternatives = logprobs.alternatives.map(token)
        isForced = logprobs.isForced
    }
}
