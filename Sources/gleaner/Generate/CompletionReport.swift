import Inference
import JSONSchema
import Mistral

/// The answers to one prompt as a JSON object: what `gleaner generate --json` prints.
struct CompletionReport {
    let value: JSONValue

    init(_ completion: ChatCompletion, generations: [Generation], model: String, loadSeconds: Double) {
        let first = generations.first
        value = [
            "model": .string(model),
            "seed": .string("\(completion.seed)"),
            "choices": .array(zip(completion.choices, generations).map(Self.value)),
            "usage": [
                "prompt_tokens": Self.number(completion.usage.promptTokens),
                "cached_tokens": Self.number(completion.usage.cachedTokens),
                "completion_tokens": Self.number(completion.usage.completionTokens),
                "total_tokens": Self.number(completion.usage.totalTokens),
            ],
            "seconds": [
                "load": Self.seconds(loadSeconds),
                "prefill": Self.seconds(first?.prefillSeconds ?? 0),
                "decode": Self.seconds(generations.map(\.decodeSeconds).max() ?? 0),
            ],
        ]
    }

    static func value(of call: ToolCall) -> JSONValue {
        [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
        ]
    }

    private static func value(_ choice: ChatCompletion.Choice, _ generation: Generation) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("index", number(choice.index)),
            ("text", .string(choice.text)),
            ("tool_calls", .array(choice.toolCalls.map(value))),
            ("finish_reason", .string(choice.finishReason.name)),
            ("ended_by_budget", .bool(choice.endedByBudget)),
            ("ended_by_repetition", .bool(generation.endedByRepetition)),
            ("tokens", .array(generation.tokens.map(number))),
        ]
        if case .stopString(let text) = choice.finishReason { members.append(("stopped_by", .string(text))) }
        if let logprobs = choice.logprobs { members.append(("logprobs", .array(logprobs.map(value)))) }
        return .object(JSONObject(members))
    }

    private static func value(_ logprob: ChatLogprob) -> JSONValue {
        guard case .object(let chosen) = value(logprob.token) else { return .null }
        let more: [(String, JSONValue)] = [
            ("forced", .bool(logprob.isForced)), ("top_logprobs", .array(logprob.alternatives.map(value))),
        ]
        return .object(JSONObject(chosen.members.map { ($0.key, $0.value) } + more))
    }

    private static func value(_ token: ChatLogprob.Token) -> JSONValue {
        [
            "id": number(token.id), "token": .string(token.text),
            "logprob": .number(JSONNumber(Double(token.logprob))),
            "bytes": token.bytes.map { .array($0.map { number(Int($0)) }) } ?? .null,
        ]
    }

    private static func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    /// To three decimals: more would be noise.
    private static func seconds(_ value: Double) -> JSONValue {
        .number(JSONNumber((value * 1000).rounded() / 1000))
    }
}
