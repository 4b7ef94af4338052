import Grammar
import Mistral

/// What all answers of a generator share.
struct AnswerBasis: Sendable {
    let vocabulary: TokenVocabulary
    let textTokens: TextTokens
    let tokenBytes: [[UInt8]?]
    let endOfSequence: Int?
    /// Nil: every token is chosen, and no tool is called.
    let tokenizer: TekkenTokenizer?

    init(tokenBytes: [[UInt8]?], endOfSequence: Int?, tokenizer: TekkenTokenizer?) {
        vocabulary = TokenVocabulary(tokenBytes: tokenBytes)
        textTokens = TextTokens(tokenBytes: tokenBytes)
        self.tokenBytes = tokenBytes
        self.endOfSequence = endOfSequence
        self.tokenizer = tokenizer
    }

    /// The beginning of an answer.
    func answer(to request: GenerationRequest) -> Answer {
        let tools = tokenizer.flatMap { tokenizer in
            request.form.tools.flatMap { ToolRules($0, vocabulary: vocabulary, tokenizer: tokenizer) }
        }
        let grammar = request.form.grammar.map { GrammarMatcher(grammar: $0, vocabulary: vocabulary) }
        // Free text has nothing that is forced.
        let hasForced = request.forcesTokens && (grammar != nil || tools != nil)
        return Answer(
            matcher: grammar, tools: tools, textTokens: textTokens, tokenBytes: tokenBytes,
            endOfSequence: endOfSequence, budget: request.maximumTokens, sampler: Sampler(request.sampling),
            forced: hasForced ? tokenizer.map(ForcedTokens.init) : nil,
            loops: request.endsRepetition ? LoopDetector() : nil, stops: request.form.stop,
            logprobs: request.logprobs)
    }
}
