import Grammar
import Inference
import JSONSchema
import Mistral
import TestSupport
import Testing

@Suite("Forced tokens")
struct ForcedTokenTests {
    static let schemas =
        variedSchemas + [
            #"{"type":"object","properties":{"invoice_number":{"type":"string"},"Überweisung an":{"type":["string","null"]},"日本B":{"type":"boolean"}},"required":["invoice_number","Überweisung an","日本B"],"additionalProperties":false}"#,
            #"{"enum":["Leading  spaces, and\n\nlines","Leading  spaces","ÉTÉ 2026 été","日本語のテキスト"]}"#,
            #"{"type":"object","properties":{"a":{"const":"   "},"ʰB":{"const":"\t\t//\r\n -"},"-12":{"enum":[-1,-12,100]}},"required":["a","ʰB","-12"],"additionalProperties":false}"#,
        ]

    @Test("each is the token that encoding the whole answer has at its place", arguments: schemas)
    func areCanonical(_ text: String) throws {
        let tokenizer = try RandomModel.tokenizer.get()
        let schema = try json(text)
        let grammar = try Grammar(schema: schema)
        let validator = try SchemaValidator(schema: schema)
        let generator = try RandomModel.generator(seed: UInt64(text.utf8.count))
        let shortest = generator.shortestAnswer(grammar)
        // Every budget from the shortest on, where forced tokens compete with the room for an ending.
        for round in 0..<60 {
            let answer = try generator.generate(
                GenerationRequest(
                    prompt: RandomModel.prompt(), grammar: grammar, maximumTokens: shortest + round,
                    sampling: .init(temperature: round % 4 == 0 ? 0 : 1, seed: UInt64(round))))
            #expect(answer.tokens.count <= shortest + round)
            #expect(validator.validate(try JSONValue(parsing: answer.bytes)).isEmpty)
            let canonical = places(tokenizer.encode(utf8: answer.bytes), tokenizer)
            let written = places(answer.tokens, tokenizer)
            for position in answer.forcedPositions {
                let (offset, token) = written[position]
                #expect(
                    canonical.contains { $0 == (offset, token) },
                    "token \(token) at byte \(offset) of \(String(decoding: answer.bytes, as: UTF8.self))")
            }
        }
    }

    /// Each token with the offset of its first byte.
    private func places(_ tokens: [Int], _ tokenizer: TekkenTokenizer) -> [(Int, Int)] {
        var offset = 0
        return tokens.map { token in
            defer { offset += tokenizer.tokenBytes(token)?.count ?? 0 }
            return (offset, token)
        }
    }

    @Test("an answer without any choice is its canonical encoding, and the model is not asked")
    func constant() throws {
        let text = #"{"total_amount":["Net 30 days",null,true],"Überweisung":"日本語"}"#
        let generator = try RandomModel.generator()
        let answer = try generator.generate(
            GenerationRequest(
                prompt: RandomModel.prompt(),
                grammar: Grammar(schema: json(#"{"const":"# + text + "}"), options: .init(whitespace: .none)),
                maximumTokens: 200))
        #expect(answer.tokens == (try RandomModel.tokenizer.get()).encode(utf8: answer.bytes))
        #expect(answer.forcedPositions == Array(answer.tokens.indices))
        #expect(answer.passes == 0)
        #expect(try JSONValue(parsing: answer.bytes) == json(text))
    }

    @Test("nothing is forced without a tokenizer, nor where it is not wanted")
    func off() throws {
        let grammar = try Grammar(schema: json(#"{"const":{"invoice_number":"an invoice"}}"#))
        let generator = try RandomModel.generator()
        let bytes = (0..<256).map { [UInt8($0)] as [UInt8]? }
        let plain = Generator(model: generator.model, tokenBytes: bytes, endOfSequence: nil)
        var request = GenerationRequest(prompt: try RandomModel.prompt(), grammar: grammar, maximumTokens: 100)
        #expect(try generator.generate(request).forcedTokens > 0)
        request.prompt = PromptTokens(ids: [1])
        #expect(try plain.generate(request).forcedTokens == 0)
        request.forcesTokens = false
        #expect(try generator.generate(request).forcedTokens == 0)
    }

    /// With equal logits a choice depends on the grammar and the random number of its place alone.
    @Test("what is drawn does not depend on whether tokens are forced")
    func sameDraws() throws {
        let digits = #"{"enum":[0,1,2,3,4,5,6,7,8,9]}"#
        let keys = ["invoice_number", "amount due", "Überweisung"]
        let properties = keys.map { "\"\($0)\":\(digits)" }.joined(separator: ",")
        let required = keys.map { "\"\($0)\"" }.joined(separator: ",")
        let grammar = try Grammar(
            schema: json(
                "{\"type\":\"object\",\"properties\":{\(properties)},\"required\":[\(required)],\"additionalProperties\":false}"
            ))
        let generator = try RiggedModel.generator()
        var texts: Set<[UInt8]> = []
        for seed in 0..<20 as Range<UInt64> {
            var request = GenerationRequest(
                prompt: try RandomModel.prompt(), grammar: grammar, maximumTokens: 100,
                sampling: .init(temperature: 1, seed: seed))
            let forced = try generator.generate(request)
            request.forcesTokens = false
            let chosen = try generator.generate(request)
            #expect(forced.forcedTokens > 0)
            #expect(forced.bytes == chosen.bytes)
            texts.insert(forced.bytes)
        }
        #expect(texts.count > 10)
    }

    /// With equal logits the lowest token is taken, here the 1, unless the forced 1 counts against it.
    @Test("penalties count forced tokens like all others")
    func penalties() throws {
        let grammar = try Grammar(
            schema: json(
                #"{"type":"array","prefixItems":[{"const":1},{"enum":[1,2]}],"items":false,"minItems":2}"#),
            options: .init(whitespace: .none))
        let generator = try RiggedModel.generator()
        for forcesTokens in [true, false] {
            for (penalty, text) in [(0, "[1,1]"), (0.5, "[1,2]")] as [(Float, String)] {
                var request = GenerationRequest(
                    prompt: try RandomModel.prompt(), grammar: grammar, maximumTokens: 20,
                    sampling: try .checked(temperature: 0, presencePenalty: penalty))
                request.forcesTokens = forcesTokens
                let answer = try generator.generate(request)
                #expect(String(decoding: answer.bytes, as: UTF8.self) == text)
                #expect(answer.forcedTokens > 1 || !forcesTokens)
            }
        }
    }
}
