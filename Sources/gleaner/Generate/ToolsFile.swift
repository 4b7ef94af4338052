import ArgumentParser
import JSONSchema
import Mistral

/// Functions as OpenAI's API has them: `[{"type": "function", "function": {"name", "description", "parameters"}}]`.
enum ToolsFile {
    static func read(_ path: String) throws(FileFailure) -> [Tool] {
        func failure(_ reason: String) -> FileFailure { FileFailure(message: "\(path): \(reason)", code: .usage) }
        guard let list = try JSONFile.read(path).arrayValue else {
            throw failure("this is no JSON array of functions")
        }
        var tools: [Tool] = []
        for (index, entry) in list.enumerated() {
            guard entry["type"]?.stringValue == "function", let function = entry["function"],
                let name = function["name"]?.stringValue
            else { throw failure("entry \(index) needs \"type\": \"function\" and \"function\" with a \"name\"") }
            let parameters = function["parameters"] ?? .object(JSONObject([]))
            guard let schema = parameters.objectValue else {
                throw failure("the \"parameters\" of \"\(name)\" must be a JSON Schema object")
            }
            tools.append(
                Tool(name: name, description: function["description"]?.stringValue ?? "", parameters: schema))
        }
        return tools
    }
}
