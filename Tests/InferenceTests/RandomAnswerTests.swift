import Foundation
import Grammar
import JSONSchema
import Mistral
import TestSupport
import Testing

@testable import Inference

/// Answers of a model that knows nothing: every token that is allowed is as likely as any other.
///
/// `GLEANER_RANDOM_ANSWERS` says how many answers each of the 100 schemas gets, `GLEANER_RANDOM_TEKKEN` the tekken.json.
@Suite("Random answers") struct RandomAnswerTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let answersPerSchema = environment["GLEANER_RANDOM_ANSWERS"].flatMap { Int($0) } ?? 8
    private static let tokenizer = Result {
        try environment["GLEANER_RANDOM_TEKKEN"].map { try TekkenTokenizer(contentsOfFile: $0) }
            ?? RandomModel.tokenizer.get()
    }

    /// Every fourth schema of each style.
    private static let schemas: [JSONValue] =
        (try? SchemaCorpus.styles.flatMap { style in
            try SchemaCorpus.lines(style).enumerated().filter { $0.offset % 4 == 0 }.compactMap {
                try JSONValue(parsing: $0.element)["schema"]
            }
        }) ?? []

    @Test("are valid, keep any budget from the shortest on, and canonical where tokens are forced")
    func areValid() throws {
        let tokenizer = try Self.tokenizer.get()
        let tokenBytes = (0..<tokenizer.vocabularySize).map(tokenizer.tokenBytes)
        let vocabulary = TokenVocabulary(tokenBytes: tokenBytes)
        var answers = 0
        var forcedTokens = 0
        var schemas = 0
        for (index, schema) in Self.schemas.enumerated() where schemas < 100 {
            var options = GrammarOptions()
            options.refusesUnknownKeywords = false
            options.undeclared = index % 2 == 0 ? .whereDescribed : .asAdmitted
            options.propertyOrder = index % 3 == 0 ? .any : .declared
            guard let grammar = try? Grammar(schema: schema, options: options) else { continue }
            schemas += 1
            let validator = try SchemaValidator(schema: schema, options: SchemaOptions(assertsFormats: true))
            for round in 0..<Self.answersPerSchema {
                var numbers = SeededGenerator(seed: UInt64(index) << 32 | UInt64(round))
                let matcher = GrammarMatcher(grammar: grammar, vocabulary: vocabulary)
                // Just enough, a little more, and much more.
                let budget = matcher.minimumBudget + (round % 3 == 2 ? 40 * round : round)
                var answer = Answer(
                    matcher: matcher, textTokens: TextTokens(tokenBytes: tokenBytes), tokenBytes: tokenBytes,
                    endOfSequence: nil, budget: budget,
                    sampler: Sampler(SamplingParameters()), forced: ForcedTokens(tokenizer: tokenizer),
                    loops: LoopDetector())
                try answer.begin()
                var logits = [Float](repeating: 0, count: tokenBytes.count)
                while !answer.isAtEnd {
                    // A few favourites suffice: where none is allowed, the lowest token is.
                    for _ in 0..<64 {
                        logits[Int(numbers.next() % UInt64(logits.count))] = Float(numbers.next() % 1000)
                    }
                    try answer.next(logits: logits.span)
                }
                answers += 1
                forcedTokens += answer.forcedPositions.count
                let text = String(decoding: answer.bytes, as: UTF8.self)
                #expect(answer.tokens.count <= budget, "\(text)")
                #expect(validator.validate(try JSONValue(parsing: answer.bytes)) == [], "\(text)")
                checkForced(answer, tokenizer, tokenBytes)
            }
        }
        #expect(schemas == 100)
        #expect(answers == 100 * Self.answersPerSchema)
        #expect(forcedTokens > answers)
    }

    /// Each forced token is the one that encoding the whole answer has at its place.
    private func checkForced(_ answer: Answer, _ tokenizer: TekkenTokenizer, _ tokenBytes: [[UInt8]?]) {
        func places(_ tokens: [Int]) -> [Int] {
            var offset = 0
            return tokens.map { token in
                defer { offset += tokenBytes[token]?.count ?? 0 }
                return offset
            }
        }
        let canonical = tokenizer.encode(utf8: answer.bytes)
        let canonicalTokens = Dictionary(uniqueKeysWithValues: zip(places(canonical), canonical))
        let written = places(answer.tokens)
        for position in answer.forcedPositions {
            #expect(
                canonicalTokens[written[position]] == answer.tokens[position],
                "byte \(written[position]) of \(String(decoding: answer.bytes, as: UTF8.self))")
        }
    }
}
