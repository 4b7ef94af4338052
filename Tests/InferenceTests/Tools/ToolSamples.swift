import Grammar
import JSONSchema
import Mistral

@testable import Inference

/// Tools of different needs; two names of which one begins like the other.
enum ToolSamples {
    static let tools: [Tool] =
        (try? [
            (
                "get",
                #"{"type":"object","properties":{"id":{"type":"integer","minimum":0}},"required":["id"],"additionalProperties":false}"#
            ),
            (
                "get_weather",
                #"{"type":"object","properties":{"location":{"type":"string","minLength":3},"format":{"enum":["celsius","fahrenheit"]},"days":{"type":"array","items":{"type":"integer"},"maxItems":3}},"required":["location","format"]}"#
            ),
            ("now", #"{"type":"object","properties":{},"additionalProperties":false}"#),
            // Not said to be an object.
            (
                "search-web",
                #"{"properties":{"query":{"type":"string","pattern":"^[a-zé ]+$"},"k":{"type":"number"}},"required":["query"]}"#
            ),
        ].map { name, parameters in
            Tool(name: name, parameters: try json(parameters).objectValue ?? JSONObject())
        }) ?? []

    private static let grammars = Result { try ToolGrammars(tools) }

    static func form(_ choice: ToolChoice = .auto, parallel: Bool = true) throws -> ToolForm {
        try ToolForm(grammars.get(), choice: choice, allowsParallelCalls: parallel)
    }

    /// What is wrong with the arguments of a call; nil for nothing.
    static func violation(_ call: GeneratedToolCall) throws -> String? {
        guard let tool = tools.first(where: { $0.name == call.name }) else { return "no such tool: \(call.name)" }
        let value = try JSONValue(parsing: Array(call.arguments.utf8))
        guard value.objectValue != nil else { return "no object: \(call.arguments)" }
        return try SchemaValidator(schema: .object(tool.parameters)).validate(value).first?.description
    }
}
