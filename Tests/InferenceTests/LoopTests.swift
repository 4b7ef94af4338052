import Grammar
import JSONSchema
import Mistral
import TestSupport
import Testing

@testable import Inference

@Suite("Loops")
struct LoopTests {
    /// Whether, and after how many tokens, a detector notices a loop.
    private func noticed(_ tokens: [Int], quotes: Set<Int> = []) -> Int? {
        var detector = LoopDetector()
        for (index, token) in tokens.enumerated() where detector.append(token, hasQuote: quotes.contains(token)) != nil
        {
            return index + 1
        }
        return nil
    }

    @Test("one token again and again is a loop after 128 of them, a shorter ruled line is none")
    func oneToken() {
        #expect(noticed([1, 2, 3] + Array(repeating: 4, count: 127) + [5]) == nil)
        #expect(noticed([1, 2, 3] + Array(repeating: 4, count: 200)) == 3 + 128)
    }

    @Test(
        "a phrase is a loop after 192 tokens and 12 times, whatever stands before it",
        arguments: [2, 3, 15, 16, 17, 64])
    func phrases(_ period: Int) {
        let phrase = Array(100..<(100 + period))
        let tokens = [7, 8, 9] + Array(repeating: phrase, count: 192).flatMap { $0 }
        #expect(noticed(tokens) == 3 + max(192, 12 * period))
    }

    @Test("equal rows are a loop only after 32 of them", arguments: [7, 20, 64])
    func rows(_ period: Int) {
        let row = Array(100..<(100 + period))
        #expect(noticed(Array(repeating: row, count: 31).flatMap { $0 }, quotes: [100, 101]) == nil)
        #expect(
            noticed(Array(repeating: row, count: 40).flatMap { $0 }, quotes: [100, 101]) == max(192, 32 * period))
    }

    @Test("what repeats over more than 64 tokens, or not exactly, is no loop")
    func others() {
        #expect(noticed(Array(repeating: Array(0..<65), count: 40).flatMap { $0 }) == nil)
        var random = SeededGenerator(seed: 1)
        #expect(noticed((0..<20_000).map { _ in Int.random(in: 0..<3, using: &random) }) == nil)
        // A count at the end of each phrase.
        let phrases = (0..<400).flatMap { [1, 2, 3, 4, 100 + $0] }
        #expect(noticed(phrases) == nil)
    }

    private func answer(
        _ schema: String, budget: Int = 900, _ change: (inout GenerationRequest) -> Void = { _ in }
    ) throws -> Generation {
        let schema = try json(schema)
        var request = GenerationRequest(
            prompt: try RandomModel.prompt(), grammar: try Grammar(schema: schema), maximumTokens: budget)
        change(&request)
        let answer = try RiggedModel.generator().generate(request)
        #expect(try SchemaValidator(schema: schema).validate(JSONValue(parsing: answer.bytes)).isEmpty)
        #expect(answer.tokens.count <= budget)
        return answer
    }

    @Test("a string without end is closed where it begins to turn in circles, and marked")
    func endlessString() throws {
        let schema =
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["a","b"],"additionalProperties":false}"#
        let cut = try answer(schema)
        #expect(cut.endedByRepetition)
        #expect(!cut.endedByBudget)
        #expect((128..<160).contains(cut.tokens.count))
        let endless = try answer(schema) { $0.endsRepetition = false }
        #expect(!endless.endedByRepetition)
        #expect(endless.endedByBudget)
        #expect(endless.tokens.count > 890)
    }

    @Test("an ending fits behind a loop at every budget")
    func budgets() throws {
        let schema =
            #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string","minLength":9}},"required":["a","b"],"additionalProperties":false}"#
        var marked = 0
        for budget in 120..<170 where try answer(schema, budget: budget).endedByRepetition { marked += 1 }
        #expect(marked > 0)
    }

    @Test("equal rows without end are closed, 20 of them are not")
    func rows() throws {
        let row = #"{"const":"Coffee, one cup"}"#
        let endless = try answer("{\"type\":\"array\",\"items\":\(row)}")
        #expect(endless.endedByRepetition)
        #expect(try JSONValue(parsing: endless.bytes).arrayValue?.count ?? 0 >= 32)
        let table = try answer("{\"type\":\"array\",\"items\":\(row),\"minItems\":20,\"maxItems\":20}")
        #expect(!table.endedByRepetition)
        #expect(try JSONValue(parsing: table.bytes).arrayValue?.count == 20)
    }

    @Test("a repetition that the grammar asks for is no loop")
    func constant() throws {
        let zeros = Array(repeating: "0", count: 300).joined(separator: ",")
        for forcesTokens in [true, false] {
            let answer = try answer("{\"const\":[\(zeros)]}", budget: 2000) { $0.forcesTokens = forcesTokens }
            #expect(!answer.endedByRepetition)
        }
        let long = try answer(#"{"type":"string","minLength":600,"maxLength":700}"#)
        #expect(long.endedByRepetition)
        #expect(try JSONValue(parsing: long.bytes).stringValue?.utf8.count ?? 0 >= 600)
    }
}
