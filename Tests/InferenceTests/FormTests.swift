import Grammar
import JSONSchema
import Mistral
import Testing

@testable import Inference

@Suite("Forms of an answer") struct FormTests {
    /// Bytes that may be shown while an answer is written.
    private func settled(_ request: GenerationRequest, seed: UInt64) throws -> (counts: [Int], answer: Answer) {
        var counts: [Int] = []
        let controls = try [ControlToken.toolCalls, .callID, .arguments].map { try AnswerPlayer.id($0) }
        let answer = try AnswerPlayer.write(request, seed: seed, favourites: controls) {
            counts.append($0.settledByteCount)
        }
        return (counts, answer)
    }

    @Test("what is settled never falls, is a part of the end result, and never ends inside a character")
    func settledBytes() throws {
        let grammar = try Grammar(schema: json(#"{"type":"array","items":{"type":"string"}}"#))
        let forms: [AnswerForm] = [
            .text(), .text(stop: try StopStrings(["e", "日本", "\u{1F600}", "ab"])), .grammar(grammar),
            .tools(try ToolSamples.form(), stop: try StopStrings(["é", "th"])),
        ]
        var behind = 0
        for (index, form) in forms.enumerated() {
            for seed in 0..<40 as Range<UInt64> {
                let (counts, answer) = try settled(AnswerPlayer.request(form, budget: 60), seed: seed)
                let bytes = Generation(answer).bytes
                #expect(counts.last == bytes.count)
                for (earlier, later) in zip(counts, counts.dropFirst()) { #expect(earlier <= later) }
                behind += zip(counts, counts.dropFirst()).count { $0 == $1 }
                guard index == 2 else { continue }
                for count in counts { #expect(String(validating: bytes[..<count], as: UTF8.self) != nil) }
            }
        }
        #expect(behind > 0)
    }

    @Test("nothing that may become a stop string is settled, and all else is")
    func heldBack() throws {
        let tokenBytes: [[UInt8]?] =
            [nil] + ["ab", "E", "N", "D", "x"].map { Array($0.utf8) } + [[0xE2], [0x82, 0xAC]]
        var answer = Answer(
            matcher: nil, textTokens: TextTokens(tokenBytes: tokenBytes), tokenBytes: tokenBytes, endOfSequence: 0,
            budget: 100, sampler: Sampler(SamplingParameters()), stops: try StopStrings(["END"]))
        try answer.begin()
        for (token, settled) in [(1, 2), (2, 2), (3, 2), (5, 5), (6, 5), (7, 8), (2, 8), (3, 8), (4, 8)] {
            var logits = [Float](repeating: 0, count: tokenBytes.count)
            logits[token] = 9
            try answer.next(logits: logits.span)
            #expect(answer.settledByteCount == settled)
        }
        #expect(answer.isAtEnd)
    }

    @Test("free text that repeats itself without end is ended there only where that is asked for")
    func repetition() throws {
        let phrase = try RandomModel.tokenizer.get().encode("and so on, ")
        let wanted = Array(repeating: phrase, count: 300).flatMap { $0 }
        var request = AnswerPlayer.request(.text(), budget: 900)
        let ended = try AnswerPlayer.write(request, wanted: wanted)
        #expect(ended.endedByRepetition && !ended.endedByBudget)
        #expect((192..<260).contains(ended.tokens.count))
        request.endsRepetition = false
        let endless = try AnswerPlayer.write(request, wanted: wanted)
        #expect(!endless.endedByRepetition && endless.endedByBudget)
        #expect(endless.tokens.count == 900)
    }

    @Test("patterns and choices end where nothing can follow, and fit any budget")
    func plainText() throws {
        let choices = ["yes", "no", "perhaps not"]
        let grammars = try [Grammar(choices: choices), Grammar(pattern: "(INV|CN)-[0-9]{4}( copy)?")]
        for (index, grammar) in grammars.enumerated() {
            var seen: Set<String> = []
            var request = AnswerPlayer.request(.grammar(grammar))
            let shortest = try AnswerPlayer.basis.get().answer(to: request).shortest
            for seed in 0..<200 as Range<UInt64> {
                request.maximumTokens = shortest + Int(seed % 9)
                let answer = try AnswerPlayer.write(request, seed: seed)
                let text = String(decoding: answer.bytes, as: UTF8.self)
                #expect(answer.tokens.count <= request.maximumTokens)
                #expect(
                    try index == 0
                        ? choices.contains(text) : text.wholeMatch(of: Regex("(INV|CN)-[0-9]{4}( copy)?")) != nil)
                seen.insert(text)
            }
            #expect(seen.count >= 3)
        }
        // All of it is forced where there is one choice.
        let only = try AnswerPlayer.write(AnswerPlayer.request(.grammar(Grammar(choices: ["perhaps not"]))), seed: 1)
        #expect(only.forcedPositions.count == only.tokens.count)
        // An empty text is one as well.
        let empty = try AnswerPlayer.write(AnswerPlayer.request(.grammar(Grammar(pattern: ""))), seed: 1)
        #expect(empty.tokens.isEmpty && empty.isAtEnd)
    }
}
