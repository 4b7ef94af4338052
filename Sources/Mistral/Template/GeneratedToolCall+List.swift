import JSONSchema

extension GeneratedToolCall {
    /// The calls of a JSON array, in which models wrote them before v11.
    static func calls(inList text: String) throws(AssistantOutputError) -> [GeneratedToolCall] {
        let value: JSONValue
        do { value = try JSONValue(parsing: Array(text.utf8)) } catch { throw .callsNotJSON(reason: "\(error)") }
        guard let elements = value.arrayValue else { throw .callsNotJSON(reason: "not an array") }
        var calls: [GeneratedToolCall] = []
        for element in elements {
            let name = element["name"]?.stringValue ?? ""
            guard ToolCall.isValidName(name) else { throw .invalidName(call: calls.count, name: name) }
            guard let arguments = element["arguments"] else { throw .missingArguments(call: calls.count, name: name) }
            // Some models write the arguments as a string that holds their JSON text.
            let text = arguments.stringValue ?? PythonJSON.string(arguments)
            do { _ = try JSONValue(parsing: Array(text.utf8)) } catch {
                throw .argumentsNotJSON(call: calls.count, name: name, reason: "\(error)")
            }
            calls.append(GeneratedToolCall(name: name, id: element["id"]?.stringValue, arguments: text))
        }
        return calls
    }

    /// The news that the whole call is.
    func events(call: Int) -> [AssistantOutputEvent] {
        let id = id.map { [AssistantOutputEvent.toolCallID(call: call, $0)] } ?? []
        return [.toolCallName(call: call, name)] + id + [.toolCallArguments(call: call, arguments)]
    }
}
