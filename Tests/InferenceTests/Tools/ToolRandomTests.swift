import Grammar
import JSONSchema
import Mistral
import Testing

@testable import Inference

/// Calls of a model that knows nothing: every token that is allowed is about as likely as any other.
@Suite("Random tool calls") struct ToolRandomTests {
    static let choices: [ToolChoice] = [.none, .auto, .required] + ToolSamples.tools.map { .named($0.name) }

    private struct Case {
        let choice: ToolChoice
        let isParallel: Bool
        let grammar: Grammar?
        let stop: [String]
        let forcesTokens: Bool
        let room: Int
    }

    private static func cases(_ choice: ToolChoice) throws -> [Case] {
        let grammar = try Grammar(
            schema: json(#"{"type":"object","properties":{"a":{"type":"boolean"}},"required":["a"]}"#))
        var cases: [Case] = []
        for number in 0..<96 {
            cases.append(
                Case(
                    choice: choice, isParallel: number % 2 == 0, grammar: number % 3 == 2 ? grammar : nil,
                    stop: number % 3 == 1 ? ["e", "in"] : [], forcesTokens: number % 4 < 2,
                    room: number % 8 < 4 ? number % 4 : 3 * number))
        }
        return cases
    }

    @Test("parse, validate, keep any budget from the shortest on, and are as the choice has it", arguments: 0..<7)
    func areValid(_ index: Int) throws {
        let choice = Self.choices[index]
        let tokenizer = try RandomModel.tokenizer.get()
        let controls = try [ControlToken.toolCalls, .callID, .arguments].map { try AnswerPlayer.id($0) }
        var calls = 0
        var answersWithoutCall = 0
        for (number, test) in try Self.cases(choice).enumerated() {
            let form = try AnswerForm(
                grammar: test.grammar, tools: ToolSamples.form(choice, parallel: test.isParallel), stop: test.stop)
            var request = AnswerPlayer.request(form)
            let shortest = try AnswerPlayer.basis.get().answer(to: request).shortest
            request.maximumTokens = shortest + test.room
            request.forcesTokens = test.forcesTokens
            for round in 0..<6 as Range<UInt64> {
                let answer = try AnswerPlayer.write(request, seed: UInt64(number) << 8 | round, favourites: controls)
                let generation = Generation(answer)
                let output = try AssistantOutputParser.parse(generation.tokens, tokenizer: tokenizer)
                #expect(answer.tokens.count <= request.maximumTokens)
                for call in output.toolCalls { #expect(try ToolSamples.violation(call) == nil) }
                calls += output.toolCalls.count
                if output.toolCalls.isEmpty { answersWithoutCall += 1 }
                if !test.isParallel { #expect(output.toolCalls.count <= 1) }
                switch choice {
                case .none: #expect(output.toolCalls.isEmpty)
                case .auto: break
                case .required: #expect(!output.toolCalls.isEmpty && output.text.isEmpty)
                case .named(let name):
                    #expect(output.text.isEmpty)
                    #expect(!output.toolCalls.isEmpty && output.toolCalls.allSatisfy { $0.name == name })
                }
                try check(output, generation, test)
                checkForced(answer, tokenizer)
            }
        }
        #expect((calls > 0) == (choice != .none))
        #expect((answersWithoutCall > 0) == [.none, .auto].contains(choice))
    }

    private func check(_ output: AssistantOutput, _ generation: Generation, _ test: Case) throws {
        guard test.grammar != nil else {
            // The last token may go on into the stop text.
            let text = output.toolCalls.isEmpty ? String(decoding: generation.bytes, as: UTF8.self) : output.text
            for stop in test.stop { #expect(!text.contains(stop)) }
            return
        }
        if output.toolCalls.isEmpty {
            #expect(try JSONValue(parsing: Array(output.text.utf8))["a"]?.boolValue != nil)
        } else {
            #expect(output.text.isEmpty)
        }
    }

    /// Each forced token is the one that encoding its part has at its place; parts are what control tokens divide.
    private func checkForced(_ answer: Answer, _ tokenizer: TekkenTokenizer) {
        var start = 0
        let ends = answer.tokens.indices.filter { tokenizer.isSpecialToken(answer.tokens[$0]) } + [answer.tokens.count]
        for end in ends {
            let part = Array(answer.tokens[start..<end])
            let bytes = part.flatMap { tokenizer.tokenBytes($0) ?? [] }
            let canonical = Dictionary(
                uniqueKeysWithValues: zip(
                    offsets(tokenizer.encode(utf8: bytes), tokenizer), tokenizer.encode(utf8: bytes)))
            for (index, offset) in offsets(part, tokenizer).enumerated()
            where answer.forcedPositions.contains(start + index) {
                #expect(canonical[offset] == part[index], "\(String(decoding: bytes, as: UTF8.self))")
            }
            start = end + 1
        }
    }

    private func offsets(_ tokens: [Int], _ tokenizer: TekkenTokenizer) -> [Int] {
        var offset = 0
        return tokens.map { token in
            defer { offset += tokenizer.tokenBytes(token)?.count ?? 0 }
            return offset
        }
    }

    /// The mask against its definition: try every token, and what ending it leaves.
    @Test("have masks that are what their definition says", arguments: 0..<7)
    func masks(_ index: Int) throws {
        let controls = try [ControlToken.toolCalls, .callID, .arguments].map { try AnswerPlayer.id($0) }
        let basis = try AnswerPlayer.basis.get()
        var places = 0
        for parallel in [true, false] {
            let form = AnswerForm.tools(try ToolSamples.form(Self.choices[index], parallel: parallel))
            var request = AnswerPlayer.request(form, budget: 60)
            request.forcesTokens = false
            _ = try AnswerPlayer.write(request, seed: UInt64(index), favourites: controls) { answer in
                // Places of every kind come within the first tokens.
                guard !answer.isAtEnd, answer.tokens.count < 8 else { return }
                for remaining in [answer.matcher.minimumBudget + 1, .max] {
                    var matcher = answer.matcher
                    var mask = TokenMask(tokenCount: basis.tokenBytes.count)
                    matcher.fillMask(&mask, remainingTokens: remaining)
                    var masked: [Int] = []
                    mask.forEachAllowed { masked.append($0) }
                    let expected = basis.tokenBytes.indices.filter { token in
                        var following = answer.matcher
                        return (try? following.accept(token)) != nil && following.canEnd(within: remaining - 1)
                    }
                    // Under a budget a grammar leaves some out that would just fit, but never all.
                    let isRight =
                        remaining == .max
                        ? masked == expected : Set(masked).isSubset(of: expected) && masked.isEmpty == expected.isEmpty
                    #expect(isRight, "\(remaining) tokens after \(answer.tokens)")
                    #expect(controls.allSatisfy { mask.contains($0) == expected.contains($0) })
                }
                places += 1
            }
        }
        #expect(places >= 10)
    }
}
