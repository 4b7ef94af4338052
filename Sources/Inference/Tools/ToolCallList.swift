import Grammar
import JSONSchema

/// The JSON array of calls that models wrote before v11 of the instruct format:
/// `[{"name": …, "arguments": …, "id": …}, …]`.
enum ToolCallList {
    static let idPattern = "[a-zA-Z0-9]{9}"

    /// - Parameters:
    ///   - callable: indices of the tools that can be called.
    ///   - isOne: whether the array has one call alone.
    static func grammar(_ tools: ToolGrammars, _ callable: [Int], isOne: Bool) throws(GrammarError) -> Grammar {
        let call: JSONValue = ["anyOf": .array(callable.map { Self.call(of: tools, $0) })]
        let calls: JSONValue =
            isOne
            ? ["type": "array", "items": call, "minItems": 1, "maxItems": 1]
            : ["type": "array", "items": call, "minItems": 1]
        return try Grammar(schema: calls, options: tools.options)
    }

    private static func call(of tools: ToolGrammars, _ index: Int) -> JSONValue {
        var arguments = tools.schemas[index].objectValue?.members.map { ($0.key, $0.value) } ?? []
        // So that its references lead within itself.
        if !arguments.contains(where: { $0.0 == "$id" }) { arguments.append(("$id", .string("tool:///\(index)"))) }
        return [
            "type": "object",
            "properties": [
                "name": ["const": .string(tools.tools[index].name)],
                "arguments": .object(JSONObject(arguments)),
                "id": ["type": "string", "pattern": .string("^\(idPattern)$")],
            ],
            "required": ["name", "arguments"],
            "additionalProperties": false,
        ]
    }
}
