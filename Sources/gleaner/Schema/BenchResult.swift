import Grammar
import JSONSchema

/// What `gleaner schema bench` found out about one schema.
struct BenchResult {
    struct Test {
        /// The label of the input.
        let expected: Bool?
        /// Nil if the validator refuses the schema.
        var validator: Bool?
        /// Nil if the grammar refuses the schema.
        var automaton: Bool?
        /// Bytes of the text before the token that was not allowed; all of them if the text was not complete.
        var stoppedAt: Int?
        /// How mask and automaton contradict each other: a defect.
        var contradiction: Contradiction?
    }

    enum Contradiction: String {
        case maskLacksToken = "the mask lacks a token that the automaton takes"
        case maskHasToken = "the mask has a token that the automaton does not take"
    }

    var name: JSONValue?
    var compileMicroseconds = 0.0
    var refusal: GrammarError?
    var validatorRefusal: SchemaError?
    /// Whether the schema is sound and nothing satisfies it.
    var isEmpty = false
    /// For each token of the valid tests, in order: to make the mask, and to take the token.
    var maskMicroseconds: [Double] = []
    var acceptMicroseconds: [Double] = []
    /// Tokens of the valid tests that could be no others.
    var forcedTokens = 0
    var tests: [Test] = []

    var isCompiled: Bool { refusal == nil }

    /// The line of output.
    var value: JSONValue {
        func numbers(_ values: [Double]) -> JSONValue { .array(values.map { .number(JSONNumber($0)) }) }
        var members: [(key: String, value: JSONValue)] = []
        if let name { members.append(("name", name)) }
        members += [
            ("compiled", .bool(isCompiled)),
            ("refused", refusal?.value ?? .null),
            ("compile_us", .number(JSONNumber(compileMicroseconds))),
            ("mask_us", numbers(maskMicroseconds)),
            ("accept_us", numbers(acceptMicroseconds)),
            ("forced", .number(JSONNumber(forcedTokens))),
            ("tests", .array(tests.map(\.value))),
        ]
        if isEmpty { members.append(("empty", true)) }
        if let validatorRefusal { members.append(("validator_refused", .string(validatorRefusal.message))) }
        return .object(JSONObject(members))
    }
}

extension BenchResult.Test {
    fileprivate var value: JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("validator", validator.map(JSONValue.bool) ?? .null),
            ("automaton", automaton.map(JSONValue.bool) ?? .null),
        ]
        if let stoppedAt { members.append(("stopped_at", .number(JSONNumber(stoppedAt)))) }
        if let contradiction { members.append(("wrong", .string(contradiction.rawValue))) }
        return .object(JSONObject(members))
    }
}

extension GrammarError {
    fileprivate var value: JSONValue {
        ["keyword": .string(keyword), "pointer": .string(pointer.description), "message": .string(message)]
    }
}
