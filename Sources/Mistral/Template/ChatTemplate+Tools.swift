import JSONSchema

/// Tools, calls and results, whose form is what most tells the versions apart.
extension ChatTemplate {
    func append(_ tools: [Tool], to prompt: inout PromptTokens) {
        let list = tools.map { tool in
            JSONValue.object(
                JSONObject([
                    ("type", .string("function")),
                    (
                        "function",
                        .object(
                            JSONObject([
                                ("name", .string(tool.name)),
                                ("description", .string(tool.description)),
                                ("parameters", .object(tool.parameters)),
                            ]))
                    ),
                ]))
        }
        prompt.ids.append(control.beginAvailableTools)
        append(PythonJSON.string(.array(list)), to: &prompt)
        prompt.ids.append(control.endAvailableTools)
    }

    func append(_ calls: [ToolCall], to prompt: inout PromptTokens) {
        guard let arguments = control.arguments else {
            appendList(calls, to: &prompt)
            return
        }
        for call in calls {
            prompt.ids.append(control.toolCalls)
            append(call.name, to: &prompt)
            if let callID = control.callID {
                prompt.ids.append(callID)
                append(call.id, to: &prompt)
            }
            prompt.ids.append(arguments)
            append(PythonJSON.string(Self.value(call.arguments)), to: &prompt)
        }
    }

    /// All calls of a message as one JSON array.
    private func appendList(_ calls: [ToolCall], to prompt: inout PromptTokens) {
        guard !calls.isEmpty else { return }
        let list = calls.map { call in
            JSONValue.object(
                JSONObject([
                    ("name", .string(call.name)), ("arguments", Self.value(call.arguments)), ("id", .string(call.id)),
                ]))
        }
        prompt.ids.append(control.toolCalls)
        append(PythonJSON.string(.array(list)), to: &prompt)
    }

    func appendResult(of callID: String, _ text: String, to prompt: inout PromptTokens) {
        prompt.ids.append(control.beginToolResults)
        if let content = control.toolContent {
            append(callID, to: &prompt)
            prompt.ids.append(content)
            append(text, to: &prompt)
        } else if version == .v3 {
            let result = JSONValue.object(JSONObject([("content", Self.value(text)), ("call_id", .string(callID))]))
            append(PythonJSON.string(result), to: &prompt)
        } else {
            append(text, to: &prompt)
        }
        prompt.ids.append(control.endToolResults)
    }

    /// The value of a JSON text; text that is not JSON is a string, and no text an empty object.
    private static func value(_ text: String) -> JSONValue {
        if text.isEmpty { return .object(JSONObject()) }
        return (try? JSONValue(parsing: Array(text.utf8))) ?? .string(text)
    }
}
