import Grammar
import JSONSchema
import Mistral
import Tensors
import Testing

@testable import Inference

@Suite("Chat requests") struct ChatRequestTests {
    private let template: ChatTemplate

    init() throws { template = try ChatTemplate(RandomModel.tokenizer.get()) }

    private func prepared(
        _ messages: [ChatMessage] = [.user("Hi")], change: (inout ChatRequest) -> Void = { _ in }
    ) throws -> PreparedChat {
        var request = ChatRequest(messages: messages)
        change(&request)
        return try request.prepared(template: template, contextLength: 1024)
    }

    @Test("have the recommended temperature, and no other parameter, unless they say so")
    func defaults() throws {
        let chat = try prepared { $0.seed = 1 }
        #expect(chat.request.sampling == SamplingParameters(temperature: 0.15, seed: 1))
        #expect(chat.request.logprobs == nil && chat.request.choices == 1 && !chat.request.endsRepetition)
        #expect(chat.request.form.grammar == nil && chat.request.form.tools == nil)
        #expect(chat.request.prompt == (try template.encode([.user("Hi")])))
        // What the context leaves.
        #expect(chat.request.maximumTokens == 1024 - chat.request.prompt.ids.count)
        let request = ChatRequest(messages: [.user("Hi")])
        #expect(try request.prepared(template: template, contextLength: 100_000).request.maximumTokens == 4096)
        // A seed of its own each time.
        #expect(try prepared().seed != prepared().seed)
    }

    @Test("refuse every value that is out of its range, by parameter, value and range")
    func ranges() throws {
        let changes: [(String, (inout ChatRequest) -> Void)] = [
            ("temperature", { $0.temperature = -0.1 }), ("temperature", { $0.temperature = .nan }),
            ("temperature", { $0.temperature = .infinity }),
            ("top_p", { $0.topP = 0 }), ("top_p", { $0.topP = 1.01 }), ("top_p", { $0.topP = .nan }),
            ("top_k", { $0.topK = -2 }), ("min_p", { $0.minP = -0.1 }), ("min_p", { $0.minP = 1.1 }),
            ("frequency_penalty", { $0.frequencyPenalty = 2.1 }), ("frequency_penalty", { $0.frequencyPenalty = -2.1 }),
            ("presence_penalty", { $0.presencePenalty = 2.1 }), ("presence_penalty", { $0.presencePenalty = .nan }),
            ("stop", { $0.stop = ["a", "b", "c", "d", "e"] }), ("stop", { $0.stop = [""] }),
            ("max_tokens", { $0.maximumTokens = 0 }), ("max_tokens", { $0.maximumTokens = .min }),
            ("n", { $0.choices = 0 }), ("n", { $0.choices = 17 }),
            ("top_logprobs", { $0.topLogprobs = 3 }),
            (
                "top_logprobs",
                {
                    $0.logprobs = true
                    $0.topLogprobs = 21
                }
            ),
            (
                "top_logprobs",
                {
                    $0.logprobs = true
                    $0.topLogprobs = -1
                }
            ),
            ("tool_choice", { $0.toolChoice = .required }), ("tool_choice", { $0.toolChoice = .named("f") }),
            (
                "stop",
                {
                    $0.stop = ["a"]
                    $0.responseFormat = .jsonObject
                }
            ),
            ("images", { $0.imageFeatures = [Matrix(rows: 1, columns: 32)] }),
        ]
        for (parameter, change) in changes {
            let error = #expect(throws: ChatError.self) { try prepared(change: change) }
            guard case .parameter(let problem)? = error else {
                Issue.record("\(parameter): \(String(describing: error))")
                continue
            }
            #expect(problem.parameter == parameter)
            #expect(problem.description.contains("must be"))
        }
        // All values at the ends of their ranges are taken.
        let extreme = try prepared { request in
            (request.temperature, request.topP, request.topK, request.minP) = (0, .leastNonzeroMagnitude, -1, 1)
            (request.frequencyPenalty, request.presencePenalty, request.choices) = (2, -2, 16)
            (request.logprobs, request.topLogprobs, request.maximumTokens) = (true, 20, 1)
        }
        #expect(extreme.request.choices == 16 && extreme.request.maximumTokens == 1)
        #expect(extreme.request.logprobs?.alternatives == 20)
    }

    @Test("refuse messages, tools and formats by what is wrong with them")
    func refusals() throws {
        func refusal(
            _ messages: [ChatMessage] = [.user("Hi")], change: (inout ChatRequest) -> Void = { _ in }
        ) -> ChatError? {
            #expect(throws: ChatError.self) { try prepared(messages, change: change) }
        }
        guard case .messages(.emptyConversation)? = refusal([]) else {
            Issue.record("an empty conversation")
            return
        }
        guard case .messages? = refusal([.assistant("a")]) else {
            Issue.record("an assistant message")
            return
        }
        let schema = try json(#"{"properties":{"a":{"type":"strin"}}}"#)
        guard case .responseFormat(let error)? = refusal(change: { $0.responseFormat = .jsonSchema(schema) }) else {
            Issue.record("a malformed schema")
            return
        }
        #expect(error.pointer.description == "/properties/a")
        guard case .responseFormat? = refusal(change: { $0.responseFormat = .pattern("(") }),
            case .responseFormat? = refusal(change: { $0.responseFormat = .choices([]) })
        else {
            Issue.record("a malformed pattern")
            return
        }
        let bad = Tool(name: "f", parameters: try #require(schema.objectValue))
        guard case .tool(let tool)? = refusal(change: { $0.tools = [bad] }) else {
            Issue.record("a tool")
            return
        }
        #expect(tool.tool == "f" && tool.pointer?.description == "/properties/a")
        // A prompt that fills the context.
        let long = String(repeating: "word ", count: 2000)
        guard case .contextTooShort(let tokens, 1, 1024)? = refusal([.user(ChatContent(long))]) else {
            Issue.record("a long prompt")
            return
        }
        #expect(tokens > 2000)
        for budget in [1024, .max] {
            guard case .contextTooShort(_, budget, 1024)? = refusal(change: { $0.maximumTokens = budget }) else {
                Issue.record("a budget of \(budget)")
                return
            }
        }
    }

    @Test("pass a strict schema only where all of it is held, and any other otherwise")
    func strictness() throws {
        let schema = try json(#"{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"shape":1}"#)
        #expect(throws: ChatError.self) { try prepared { $0.responseFormat = .jsonSchema(schema, isStrict: true) } }
        let lenient = try prepared { $0.responseFormat = .jsonSchema(schema, isStrict: false) }
        #expect(lenient.request.form.grammar != nil)
    }

    @Test("pass on what the generator is to do")
    func passing() throws {
        let chat = try prepared { ($0.endsRepetition, $0.cacheFormat, $0.imageDigests) = (true, .quantized8, [[1]]) }
        #expect(chat.request.endsRepetition && chat.request.cacheFormat == .quantized8)
        #expect(chat.request.imageDigests == [[1]])
    }

    @Test("count the vectors of each image")
    func images() throws {
        let messages: [ChatMessage] = [
            .user([.text("What is it?"), .image(ImageTokenGrid(tokensWide: 2, tokensHigh: 1))])
        ]
        #expect(throws: ChatError.self) { try prepared(messages) }
        #expect(throws: ChatError.self) { try prepared(messages) { $0.imageFeatures = [Matrix(rows: 3, columns: 32)] } }
        let chat = try prepared(messages) { $0.imageFeatures = [Matrix(rows: 2, columns: 32)] }
        #expect(chat.request.imageFeatures.count == 1)
        #expect(chat.request.prompt.images.count == 1)
    }

    @Test("continue an assistant's text, and put the tools before the last user message")
    func prompts() throws {
        let end = try AnswerPlayer.id(.endSequence)
        let prefix = try prepared([.user("Hi"), .assistant("Dear", isPrefix: true)])
        #expect(prefix.request.prompt.ids.last != end)
        let dear = try RandomModel.tokenizer.get().encode("Dear")
        #expect(prefix.request.prompt.ids.suffix(1) == dear.suffix(1))
        for choice in [ToolChoice.none, .auto, .required] {
            let chat = try prepared {
                $0.tools = ToolSamples.tools
                $0.toolChoice = choice
            }
            #expect(chat.request.prompt.ids.contains(try AnswerPlayer.id(.beginAvailableTools)))
            #expect(chat.request.form.tools?.choice == choice)
            #expect(chat.request.form.tools?.allowsParallelCalls == true)
        }
        let single = try prepared {
            $0.tools = ToolSamples.tools
            $0.parallelToolCalls = false
        }
        #expect(single.request.form.tools?.choice == .auto)
        #expect(single.request.form.tools?.allowsParallelCalls == false)
    }
}
