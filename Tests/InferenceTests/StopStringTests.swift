import Grammar
import Mistral
import Tensors
import Testing

@testable import Inference

@Suite("Stop strings")
struct StopStringTests {
    /// Free text of the given tokens, as far as it goes.
    private func write(_ pieces: [[UInt8]], stop: [String], budget: Int = 100) throws -> Generation {
        let tokenBytes: [[UInt8]?] = [nil] + pieces
        var answer = Answer(
            matcher: nil, textTokens: TextTokens(tokenBytes: tokenBytes), tokenBytes: tokenBytes, endOfSequence: 0,
            budget: budget, sampler: Sampler(SamplingParameters()), stops: try StopStrings(stop),
            logprobs: try LogprobsRequest())
        try answer.begin()
        for next in Array(1...pieces.count) + [0] where !answer.isAtEnd {
            var logits = [Float](repeating: 0, count: tokenBytes.count)
            logits[next] = 9
            try answer.next(logits: logits.span)
        }
        #expect(answer.isAtEnd)
        return Generation(answer, hasLogprobs: true, prefillSeconds: 0, decodeSeconds: 0)
    }

    private func write(_ pieces: [String], stop: [String]) throws -> Generation {
        try write(pieces.map { Array($0.utf8) }, stop: stop)
    }

    @Test("end the text, in one token, at its border and over several, and are no part of it")
    func borders() throws {
        for (pieces, stop, text, tokens, generated) in [
            (["ab", "cd", "ef"], "x", "abcdef", 3, 3),
            (["ab", "cd", "ef"], "cd", "ab", 1, 2),
            (["ab", "cd", "ef"], "bc", "a", 1, 2),
            (["ab", "cd", "ef"], "bcde", "a", 1, 3),
            (["ab", "cd", "ef"], "a", "", 0, 1),
            (["ab", "cd", "ef"], "f", "abcde", 3, 3),
            (["a", "a", "b", "a", "a", "c", "d"], "aac", "aab", 3, 6),
            (["x\n", "\n", "\ny"], "\n\n", "x", 1, 2),
        ] as [([String], String, String, Int, Int)] {
            let answer = try write(pieces, stop: [stop])
            #expect(String(decoding: answer.bytes, as: UTF8.self) == text)
            #expect(answer.tokens == Array(1..<(tokens + 1)))
            #expect(answer.logprobs?.map(\.chosen.token) == answer.tokens)
            #expect(answer.generatedTokens == generated)
            #expect(answer.stoppedBy == (stop == "x" ? nil : stop))
            #expect(!answer.endedByBudget)
        }
    }

    @Test("may be any text, also where tokens divide its characters")
    func characters() throws {
        let text = Array("für 5 € 日本".utf8)
        for stop in ["ü", "€", "€ 日", "本", "日本"] {
            for size in 1...5 {
                let pieces = stride(from: 0, to: text.count, by: size).map {
                    Array(text[$0..<min($0 + size, text.count)])
                }
                let answer = try write(pieces, stop: [stop])
                let expected = String(decoding: text, as: UTF8.self).components(before: stop)
                #expect(String(decoding: answer.bytes, as: UTF8.self) == expected)
                #expect(answer.stoppedBy == stop)
            }
        }
    }

    @Test("the one that is complete first ends the text, the longest of several, however tokens divide it")
    func several() throws {
        for pieces in [["one two three"], ["one", " two", " three"], "one two three".map { String($0) }] {
            #expect(try write(pieces, stop: ["three", "two"]).stoppedBy == "two")
            #expect(try write(pieces, stop: ["o three", "tw"]).stoppedBy == "tw")
            let longest = try write(pieces, stop: ["o", "wo", " two", "zwo"].filter { $0 != "o" })
            #expect(longest.stoppedBy == " two")
            #expect(longest.bytes == Array("one".utf8))
        }
    }

    @Test("what may become one is held back from a reader, and only that")
    func heldBack() throws {
        let stops = try StopStrings(["END", "€"])
        for (text, held) in [("", 0), ("abc", 0), ("abE", 1), ("abEN", 2), ("ENE", 1), ("ENx", 0)] {
            #expect(stops.heldBack(from: Array(text.utf8)) == held)
        }
        #expect(stops.heldBack(from: [0x41, 0xE2, 0x82]) == 2)
        #expect(StopStrings().heldBack(from: [0x41]) == 0)
    }

    @Test("more than four, an empty and an endless one are refused, and any under a grammar")
    func refusals() throws {
        func refusal(_ stop: [String], grammar: Grammar? = nil) -> String? {
            #expect(throws: ParameterError.self) { try AnswerForm(grammar: grammar, stop: stop) }?.description
        }
        #expect(refusal(["a", "b", "c", "d", "e"]) == "stop is 5 strings, but must be at most 4")
        #expect(refusal(["a", ""]) == "stop is a string of 0 bytes, but must be strings of 1 to 1024 bytes")
        #expect(refusal([String(repeating: "a", count: 1025)])?.contains("1025 bytes") == true)
        let grammar = try Grammar(schema: json(#"{"type":"string"}"#))
        #expect(refusal(["a"], grammar: grammar)?.contains("texts are whole") == true)
        #expect(throws: Never.self) { try AnswerForm(grammar: grammar, stop: []) }
        #expect(throws: Never.self) { try AnswerForm(grammar: nil, stop: ["a", "b", "c", "d"]) }
    }

    @Test("end what a model writes where the text without them first has one")
    func model() throws {
        let generator = try RandomModel.generator()
        var stopped = 0
        for seed in 0..<8 as Range<UInt64> {
            var request = GenerationRequest(
                prompt: try RandomModel.prompt(), form: .text(), maximumTokens: 60,
                sampling: .init(temperature: 1, seed: seed))
            let whole = try generator.generate(request)
            #expect(whole.stoppedBy == nil)
            let bytes = whole.bytes
            // Two bytes of ASCII, somewhere in the middle.
            guard
                let offset = bytes.indices.dropFirst(20).dropLast().first(where: {
                    bytes[$0] < 128 && bytes[$0 + 1] < 128
                })
            else { continue }
            let stop = Array(bytes[offset...(offset + 1)])
            let first = bytes.indices.dropLast().first { Array(bytes[$0...($0 + 1)]) == stop }
            request.form = try AnswerForm(grammar: nil, stop: [String(decoding: stop, as: UTF8.self)])
            let cut = try generator.generate(request)
            #expect(cut.bytes == Array(bytes[..<(first ?? 0)]))
            #expect(cut.tokens == Array(whole.tokens.prefix(cut.tokens.count)))
            #expect(cut.generatedTokens < whole.generatedTokens)
            stopped += 1
        }
        #expect(stopped >= 4)
    }
}

extension String {
    fileprivate func components(before stop: String) -> String {
        guard let range = firstRange(of: stop) else { return self }
        return String(self[..<range.lowerBound])
    }
}
