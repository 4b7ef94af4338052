import JSONSchema
import Mistral
import Testing

/// A conversation of the reference files.
struct ChatConversation {
    let messages: [ChatMessage]
    let tools: [Tool]
    /// Sizes of its images in tokens.
    let grids: [ImageTokenGrid]

    /// - Parameters:
    ///   - test: has `messages` and `tools`.
    ///   - golden: has `images_chw`, the sizes of the images after preprocessing in the order of the conversation.
    init(_ test: JSONValue, golden: JSONValue? = nil) throws {
        grids = ((golden ?? test)["images_chw"]?.arrayValue ?? []).map { size in
            ImageTokenGrid(tokensWide: (size[2]?.intValue ?? 0) / 28, tokensHigh: (size[1]?.intValue ?? 0) / 28)
        }
        var rest = grids[...]
        messages = try (test.member("messages").arrayValue ?? []).map { try Self.message($0, &rest) }
        tools = try (test["tools"]?.arrayValue ?? []).map { tool in
            Tool(
                name: try tool.text("name"), description: tool["description"]?.stringValue ?? "",
                parameters: try #require(try tool.member("parameters").objectValue))
        }
    }

    private static func message(_ message: JSONValue, _ grids: inout ArraySlice<ImageTokenGrid>) throws -> ChatMessage {
        let content = try content(message["content"] ?? .null, &grids)
        switch try message.text("role") {
        case "system": return .system(content)
        case "user": return .user(content)
        case "tool":
            return .tool(content, callID: try message.text("tool_call_id"), name: message["name"]?.stringValue)
        default:
            let calls = try (message["tool_calls"]?.arrayValue ?? []).map { call in
                ToolCall(id: try call.text("id"), name: try call.text("name"), arguments: try call.text("arguments"))
            }
            return .assistant(content, toolCalls: calls, isPrefix: message["prefix"]?.boolValue ?? false)
        }
    }

    private static func content(_ value: JSONValue, _ grids: inout ArraySlice<ImageTokenGrid>) throws -> ChatContent {
        if let text = value.stringValue { return ChatContent(text) }
        return ChatContent(
            try (value.arrayValue ?? []).map { chunk in
                if try chunk.text("type") == "text" { return .text(try chunk.text("text")) }
                // A conversation that is refused has no sizes.
                return .image(grids.popFirst() ?? ImageTokenGrid(tokensWide: 1, tokensHigh: 1))
            })
    }
}
