import Grammar
import JSONSchema
import Mistral
import TestSupport
import Testing

@testable import Inference

/// Calls in the other versions of the instruct format.
@Suite("Tool calls of other versions") struct ToolVersionTests {
    /// The small vocabulary under a version.
    private static func basis(_ version: TekkenVersion) throws -> (AnswerBasis, TekkenTokenizer) {
        let bytes = try Repository.bytes(of: Repository.reference("tokenizer/tekken_v11_tiny.json"))
        let text = replacing(#""version":"v11""#, #""version":"\#(version.rawValue)""#)(
            String(decoding: bytes, as: UTF8.self))
        let tokenizer = try TekkenTokenizer(json: Array(text.utf8))
        #expect(tokenizer.version == version)
        let basis = AnswerBasis(
            tokenBytes: (0..<tokenizer.vocabularySize).map(tokenizer.tokenBytes),
            endOfSequence: tokenizer.id(of: .endSequence), tokenizer: tokenizer)
        return (basis, tokenizer)
    }

    private static let tools: [Tool] = ToolSamples.tools + [referring].compactMap { $0 }
    /// References lead within the parameters.
    private static let referring =
        (try? json(
            ##"{"properties":{"tree":{"$ref":"#/$defs/tree"}},"required":["tree"],"$defs":{"tree":{"type":"object","properties":{"left":{"$ref":"#/$defs/tree"},"n":{"type":"integer"}},"required":["n"]}}}"##
        ).objectValue)
        .flatMap { $0 }.map { Tool(name: "walk", parameters: $0) }

    private func form(
        _ version: TekkenVersion, _ choice: ToolChoice = .auto, parallel: Bool = true
    ) throws -> AnswerForm {
        .tools(
            try ToolForm(
                ToolGrammars(Self.tools), choice: choice, allowsParallelCalls: parallel, version: version))
    }

    @Test("random ones parse, validate and keep their budget", arguments: TekkenVersion.allCases)
    func random(version: TekkenVersion) throws {
        let (basis, tokenizer) = try Self.basis(version)
        #expect(Self.tools.count == 5)
        let controls = [ControlToken.toolCalls, .callID, .arguments].compactMap { tokenizer.id(of: $0) }
        var calls: Set<String> = []
        var withText = 0
        for choice in [.auto, .required, .named("get_weather"), .named("walk")] as [ToolChoice] {
            for (index, parallel) in [true, false].enumerated() {
                var request = AnswerPlayer.request(try form(version, choice, parallel: parallel))
                let shortest = basis.answer(to: request).shortest
                for round in 0..<40 {
                    request.maximumTokens = shortest + (round < 10 ? round : 4 * round)
                    request.forcesTokens = round % 2 == 0
                    let answer = try AnswerPlayer.write(
                        request, seed: UInt64(round << 1 | index), favourites: controls, basis: basis)
                    let output = try AssistantOutputParser.parse(answer.tokens, tokenizer: tokenizer)
                    #expect(answer.tokens.count <= request.maximumTokens)
                    if choice != .auto { #expect(!output.toolCalls.isEmpty && output.text.isEmpty) }
                    if !parallel { #expect(output.toolCalls.count <= 1) }
                    if version == .v3, !output.toolCalls.isEmpty { #expect(output.text.isEmpty) }
                    if version == .v13 { #expect(output.toolCalls.allSatisfy { $0.id == nil }) }
                    for call in output.toolCalls { #expect(try violation(call) == nil) }
                    calls.formUnion(output.toolCalls.map(\.name))
                    withText += !output.toolCalls.isEmpty && !output.text.isEmpty ? 1 : 0
                    let stream = try streamed(answer, tokenizer)
                    #expect(stream.map(\.arguments) == output.toolCalls.map(\.arguments))
                }
            }
        }
        #expect(calls.count == 5)
        #expect((withText > 0) == (version != .v3))
    }

    private func violation(_ call: GeneratedToolCall) throws -> String? {
        let tool = try #require(Self.tools.first { $0.name == call.name })
        return try SchemaValidator(schema: .object(tool.parameters)).validate(json(call.arguments)).first?.description
    }

    /// The calls as a stream has them.
    private func streamed(_ answer: Answer, _ tokenizer: TekkenTokenizer) throws -> [ToolCall] {
        var stream = ChatStream(tokenizer, seed: 1)
        var calls: [ToolCall] = []
        let deltas = try stream.append(tokens: answer.tokens, bytes: answer.bytes) + stream.finish()
        for delta in deltas {
            switch delta {
            case .text: #expect(calls.isEmpty)
            case .toolCall(let index, let id, let name):
                #expect(index == calls.count && id.utf8.count == 9)
                calls.append(ToolCall(id: id, name: name, arguments: ""))
            case .toolCallArguments(_, let more):
                guard let call = calls.popLast() else { continue }
                calls.append(ToolCall(id: call.id, name: call.name, arguments: call.arguments + more))
            }
        }
        return calls
    }

    @Test("a model that writes as the template does is not hindered", arguments: TekkenVersion.allCases)
    func template(version: TekkenVersion) throws {
        let (basis, tokenizer) = try Self.basis(version)
        let template = try ChatTemplate(tokenizer)
        let calls = [
            ToolCall(id: "abcdefghi", name: "get", arguments: #"{"id": 3}"#),
            ToolCall(id: "123456789", name: "walk", arguments: #"{"tree": {"left": {"n": 1}, "n": 2}}"#),
        ]
        let start = try template.encode([.user("u")]).ids
        let end = try #require(tokenizer.id(of: .endSequence))
        let rest = try template.encode(
            [.user("u"), .assistant(toolCalls: calls)] + [
                .tool("r", callID: "abcdefghi"), .tool("s", callID: "123456789"),
            ]
        ).ids.dropFirst(start.count)
        let wanted = Array(rest.prefix { $0 != end })
        for choice in [ToolChoice.auto, .required] {
            let request = AnswerPlayer.request(try form(version, choice))
            let answer = try AnswerPlayer.write(request, wanted: wanted, basis: basis)
            #expect(answer.tokens == wanted)
        }
    }

    @Test("with the tokenizer of another version nothing can be called, and what must be is refused")
    func mismatch() throws {
        let (basis, tokenizer) = try Self.basis(.v7)
        let required = basis.answer(to: AnswerPlayer.request(try form(.v11, .required)))
        #expect(required.shortest == .max)
        let auto = AnswerPlayer.request(try form(.v11), budget: 20)
        let begin = try #require(tokenizer.id(of: .toolCalls))
        #expect(try !AnswerPlayer.write(auto, wanted: [begin, begin], basis: basis).tokens.contains(begin))
    }
}
