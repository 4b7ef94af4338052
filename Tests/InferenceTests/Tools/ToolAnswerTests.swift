import Grammar
import JSONSchema
import Mistral
import Testing

@testable import Inference

@Suite("Tool calls") struct ToolAnswerTests {
    private let tokenizer: TekkenTokenizer

    init() throws { tokenizer = try RandomModel.tokenizer.get() }

    private func write(
        _ parts: [OutputPart], _ choice: ToolChoice = .auto, parallel: Bool = true, budget: Int = 200,
        _ change: (inout GenerationRequest) -> Void = { _ in }
    ) throws -> Answer {
        var request = AnswerPlayer.request(.tools(try ToolSamples.form(choice, parallel: parallel)), budget: budget)
        change(&request)
        return try AnswerPlayer.write(request, wanted: OutputPart.tokens(parts))
    }

    private static let twoCalls: [OutputPart] = [
        "Let me look.", .control(.toolCalls), "get_weather", .control(.callID), "abcDEF789", .control(.arguments),
        #"{"location": "Paris", "format": "celsius"}"#, .control(.toolCalls), "now", .control(.arguments), "{}",
    ]

    @Test("are written as the model wants them: text, names, ids, arguments, one call and another")
    func wanted() throws {
        for forcesTokens in [true, false] {
            let answer = try write(Self.twoCalls) { $0.forcesTokens = forcesTokens }
            #expect(answer.tokens == (try OutputPart.tokens(Self.twoCalls)))
            #expect(answer.isAtEnd && !answer.endedByBudget)
            let output = try AssistantOutputParser.parse(answer.tokens, tokenizer: tokenizer)
            #expect(output.text == "Let me look.")
            #expect(output.toolCalls.map(\.id) == ["abcDEF789", nil])
            #expect(answer.forcedPositions.isEmpty != forcesTokens)
        }
    }

    @Test("end with the first where only one is allowed")
    func oneCall() throws {
        let answer = try write(Self.twoCalls, parallel: false)
        #expect(answer.tokens == (try OutputPart.tokens(Array(Self.twoCalls[..<7]))))
        #expect(answer.isAtEnd)
    }

    @Test("cannot begin where the choice is none, and nothing of the prompt's control tokens can ever come")
    func forbidden() throws {
        let call = try AnswerPlayer.id(.toolCalls)
        #expect(try !write(Self.twoCalls, .none).tokens.contains(call))
        for control in ControlToken.allCases where ![.toolCalls, .callID, .arguments].contains(control) {
            let answer = try write(["a", .control(control), .control(control)], budget: 9)
            #expect(!answer.tokens.contains { tokenizer.isSpecialToken($0) }, "\(control)")
        }
        // Nor those of a call outside of one.
        #expect(try !write(["a", .control(.arguments), "b"], budget: 9).tokens.contains(AnswerPlayer.id(.arguments)))
    }

    @Test("that must come begin without asking the model, as does a name that is the only one")
    func forced() throws {
        let begin = try AnswerPlayer.id(.toolCalls)
        let required = try write([], .required, budget: 60)
        #expect(required.tokens.first == begin)
        #expect(required.forcedPositions.first == 0)
        let name = tokenizer.encode("get_weather")
        let named = try write([], .named("get_weather"), budget: 60)
        #expect(Array(named.tokens.prefix(1 + name.count)) == [begin] + name)
        #expect(Array(named.forcedPositions.prefix(1 + name.count)) == Array(0...name.count))
        let chosen = try write([], .named("get_weather"), budget: 60) { $0.forcesTokens = false }
        #expect(chosen.forcedPositions.isEmpty)
        #expect(
            try AssistantOutputParser.parse(chosen.tokens, tokenizer: tokenizer).toolCalls.first?.name == "get_weather")
    }

    @Test("are not begun where their shortest ending does not fit, and are marked then")
    func budget() throws {
        let shortest = try AnswerPlayer.basis.get().answer(
            to: AnswerPlayer.request(.tools(ToolSamples.form(.required)))
        ).shortest
        let wanted: [OutputPart] = ["a", .control(.toolCalls), "now", .control(.arguments), "{}"]
        for budget in 1...(shortest + 3) {
            let answer = try write(wanted, budget: budget)
            let output = try AssistantOutputParser.parse(answer.tokens, tokenizer: tokenizer)
            #expect(answer.tokens.count <= budget)
            #expect(output.toolCalls.count == (budget > shortest ? 1 : 0), "budget \(budget)")
            #expect(answer.endedByBudget == (budget <= shortest))
        }
        // A second one as little.
        let first = try OutputPart.tokens(wanted).count
        let again = try write(wanted + wanted.dropFirst(), budget: first + shortest - 1)
        #expect(try AssistantOutputParser.parse(again.tokens, tokenizer: tokenizer).toolCalls.count == 1)
        #expect(again.endedByBudget)
    }

    @Test("hold what looks like a stop string, which ends text alone")
    func stopStrings() throws {
        let parts = Self.twoCalls
        for (stop, calls) in [("Paris", 2), ("now", 2), ("look", 0), ("L", 0)] {
            let form = AnswerForm.tools(try ToolSamples.form(), stop: try StopStrings([stop]))
            let answer = try AnswerPlayer.write(AnswerPlayer.request(form), wanted: OutputPart.tokens(parts))
            let output = try AssistantOutputParser.parse(Generation(answer).tokens, tokenizer: tokenizer)
            #expect(output.toolCalls.count == calls, "\(stop)")
            #expect(answer.stop?.text == (calls == 0 ? stop : nil))
        }
    }

    @Test("have log probabilities and penalties as text has")
    func logprobs() throws {
        let answer = try write(Self.twoCalls) { $0.logprobs = try? LogprobsRequest(alternatives: 2) }
        #expect(answer.logprobs.map(\.chosen.token) == answer.tokens)
        for (index, place) in answer.logprobs.enumerated() {
            #expect(place.isForced == answer.forcedPositions.contains(index))
            #expect(place.alternatives.count == (place.isForced ? 0 : 2))
        }
        // Once a penalty is on [TOOL_CALLS], a second call is less likely than other tokens.
        let wanted: [OutputPart] = [
            .control(.toolCalls), "now", .control(.arguments), "{}", .control(.toolCalls), "now", .control(.arguments),
            "{}",
        ]
        func calls(_ sampling: SamplingParameters) throws -> Int {
            var request = AnswerPlayer.request(.tools(try ToolSamples.form(.required)))
            request.sampling = sampling
            let answer = try AnswerPlayer.write(request, wanted: OutputPart.tokens(wanted), weight: 2)
            return try AssistantOutputParser.parse(answer.tokens, tokenizer: tokenizer).toolCalls.count
        }
        #expect(try calls(.init()) == 2)
        #expect(try calls(.checked(temperature: 0, frequencyPenalty: 2, presencePenalty: 2)) == 1)
    }

    @Test("draw no random number twice")
    func randomNumbers() throws {
        // After a control token all names are equally likely: so is each of them over many seeds.
        var counts = [Int](repeating: 0, count: 2)
        let names = ["alpha", "beta"]
        let tools = try ToolGrammars(names.map { Tool(name: $0, parameters: JSONObject()) })
        let basis = try AnswerPlayer.basis.get()
        let begin = try AnswerPlayer.id(.toolCalls)
        let plain = try #require(tokenizer.encode("x").first)
        for seed in 0..<4000 as Range<UInt64> {
            var request = AnswerPlayer.request(.tools(try ToolForm(tools)), budget: 60)
            request.sampling = SamplingParameters(temperature: 1, seed: seed)
            request.forcesTokens = false
            var answer = basis.answer(to: request)
            try answer.begin()
            // Half of the weight is on a call, half on text.
            var logits = [Float](repeating: -100, count: basis.tokenBytes.count)
            (logits[begin], logits[plain]) = (5, 5)
            try answer.next(logits: logits.span)
            guard answer.tokens == [begin] else { continue }
            let first = names.map { tokenizer.encode($0)[0] }
            logits = [Float](repeating: -100, count: basis.tokenBytes.count)
            for token in first { logits[token] = 5 }
            try answer.next(logits: logits.span)
            if let place = first.firstIndex(of: answer.tokens[1]) { counts[place] += 1 }
        }
        let sum = counts.reduce(0, +)
        #expect((1800..<2200).contains(sum))
        // Some 4.5 standard deviations.
        #expect(abs(counts[0] - sum / 2) < 100, "\(counts)")
    }

    @Test("without end are ended behind one of them")
    func loops() throws {
        let call: [OutputPart] = [.control(.toolCalls), "get", .control(.arguments), #"{"id":1}"#]
        let wanted = Array(repeating: call, count: 200).flatMap { $0 }
        let endless = try write(wanted, budget: 1200) { $0.endsRepetition = false }
        #expect(!endless.endedByRepetition && endless.endedByBudget)
        let ended = try write(wanted, budget: 1200)
        #expect(ended.endedByRepetition && !ended.endedByBudget)
        #expect(ended.tokens.count < 500)
        let output = try AssistantOutputParser.parse(ended.tokens, tokenizer: tokenizer)
        for call in output.toolCalls { #expect(try ToolSamples.violation(call) == nil) }
    }

    @Test("have no arguments where the tool describes none")
    func noParameters() throws {
        for (text, isFree) in [
            ("{}", false), (#"{"type":"object","properties":{},"required":[]}"#, false),
            (#"{"type":["object","null"],"additionalProperties":true}"#, true), (#"{"minProperties":1}"#, true),
        ] {
            let tool = Tool(name: "f", parameters: try #require(try json(text).objectValue))
            let form = AnswerForm.tools(
                try ToolForm(ToolGrammars([tool]), choice: .required, allowsParallelCalls: false))
            let wanted: [OutputPart] = [.control(.toolCalls), "f", .control(.arguments), #"{"a":1}"#]
            let answer = try AnswerPlayer.write(AnswerPlayer.request(form), wanted: OutputPart.tokens(wanted))
            let output = try AssistantOutputParser.parse(answer.tokens, tokenizer: tokenizer)
            #expect(output.toolCalls.map(\.arguments) == [isFree ? #"{"a":1}"# : "{}"], "\(text)")
        }
    }

    @Test("are refused where there is no such tool, and tools where they cannot be held")
    func refusals() throws {
        func parameters(_ text: String) throws -> JSONObject { try #require(try json(text).objectValue) }
        let none = try ToolGrammars([])
        #expect(throws: ParameterError.self) { try ToolForm(none, choice: .required) }
        let unknown = #expect(throws: ParameterError.self) { try ToolSamples.form(.named("nothing")) }
        #expect(unknown?.parameter == "tool_choice")
        #expect(unknown?.description.contains("get_weather") == true)
        for (name, text, pointer, reason) in [
            ("a b", "{}", nil, "1 to 64"), ("", "{}", nil, "1 to 64"),
            (String(repeating: "a", count: 65), "{}", nil, "64"),
            ("f", #"{"type":"string"}"#, "/type", "object"),
            ("f", #"{"properties":{"a":{"type":"sting"}}}"#, "/properties/a", "type"),
            ("f", #"{"properties":{"a":{"pattern":"(b)\\1"}}}"#, "/properties/a", "pattern"),
            ("f", #"{"required":["a"],"properties":{"a":false}}"#, "", "no finite value"),
        ] as [(String, String, String?, String)] {
            let error = #expect(throws: ToolError.self) {
                try ToolGrammars([Tool(name: name, parameters: parameters(text))])
            }
            #expect(error?.tool == name)
            #expect(error?.pointer?.description == pointer)
            #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        }
        let twice = try Tool(name: "f", parameters: parameters("{}"))
        #expect(throws: ToolError.self) { try ToolGrammars([twice, twice]) }
        let many = (0..<129).map { Tool(name: "f\($0)", parameters: JSONObject()) }
        #expect(throws: ToolError.self) { try ToolGrammars(many) }
    }
}
