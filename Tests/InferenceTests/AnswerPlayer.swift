import Grammar
import JSONSchema
import Mistral

@testable import Inference

/// Answers without a model: to random logits, or to such that ask for given tokens.
enum AnswerPlayer {
    static let basis = Result {
        let tokenizer = try RandomModel.tokenizer.get()
        return AnswerBasis(
            tokenBytes: (0..<tokenizer.vocabularySize).map(tokenizer.tokenBytes),
            endOfSequence: tokenizer.id(of: .endSequence), tokenizer: tokenizer)
    }

    /// An answer to logits in which the tokens of `wanted` are the likeliest, each at its step; then the end of the
    /// sequence. Tokens that are forced need not be asked for, but are among them. Control tokens that nobody wants
    /// come last.
    static func write(
        _ request: GenerationRequest, wanted: [Int], weight: Float = 9, basis other: AnswerBasis? = nil
    ) throws -> Answer {
        let basis = try other ?? basis.get()
        var answer = basis.answer(to: request)
        try answer.begin()
        while !answer.isAtEnd {
            var logits = basis.tokenBytes.map { $0 == nil ? -1 : 0 as Float }
            let next = answer.tokens.count < wanted.count ? wanted[answer.tokens.count] : basis.endOfSequence
            if let next { logits[next] = weight }
            try answer.next(logits: logits.span)
        }
        return answer
    }

    /// An answer to random logits.
    ///
    /// - Parameters:
    ///   - favourites: tokens that are likely at every step.
    ///   - observe: sees the answer behind each step.
    static func write(
        _ request: GenerationRequest, seed: UInt64, favourites: [Int] = [], basis other: AnswerBasis? = nil,
        observe: (Answer) throws -> Void = { _ in }
    ) throws -> Answer {
        let basis = try other ?? basis.get()
        var numbers = SeededGenerator(seed: seed)
        var answer = basis.answer(to: request)
        try answer.begin()
        try observe(answer)
        var logits = [Float](repeating: 0, count: basis.tokenBytes.count)
        while !answer.isAtEnd {
            for _ in 0..<64 { logits[Int(numbers.next() % UInt64(logits.count))] = Float(numbers.next() % 1000) }
            for token in favourites { logits[token] = Float(numbers.next() % 1100) }
            try answer.next(logits: logits.span)
            try observe(answer)
        }
        return answer
    }

    static func request(
        _ form: AnswerForm, budget: Int = 200, prompt: PromptTokens = PromptTokens()
    ) -> GenerationRequest {
        GenerationRequest(prompt: prompt, form: form, maximumTokens: budget)
    }

    static func id(_ token: ControlToken) throws -> Int {
        let tokenizer = try RandomModel.tokenizer.get()
        guard let id = tokenizer.id(of: token) else { throw ChatTemplateError.missingControlToken(token) }
        return id
    }
}

extension Generation {
    init(_ answer: Answer, hasLogprobs: Bool = false) {
        self.init(answer, hasLogprobs: hasLogprobs, prefillSeconds: 0, decodeSeconds: 0)
    }
}

/// A part of an output: text, or a control token.
enum OutputPart: ExpressibleByStringLiteral {
    case text(String), control(ControlToken)

    init(stringLiteral text: String) { self = .text(text) }

    /// The tokens of parts, each text encoded by itself.
    static func tokens(_ parts: [OutputPart]) throws -> [Int] {
        let tokenizer = try RandomModel.tokenizer.get()
        return try parts.flatMap { part in
            switch part {
            case .text(let text): tokenizer.encode(text)
            case .control(let token): [try AnswerPlayer.id(token)]
            }
        }
    }
}
