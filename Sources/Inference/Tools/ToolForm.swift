import Grammar

/// Which tools an answer may call, and whether it must.
///
/// The answer is `text ([TOOL_CALLS] name ([CALL_ID] id)? [ARGS] json)* </s>`: after [TOOL_CALLS] only the names can be
/// written, an id is 9 letters and digits, and the arguments are held by the grammar of the tool. Control tokens can
/// come nowhere else.
public struct ToolForm: Sendable {
    public let tools: ToolGrammars
    public let choice: ToolChoice
    /// Whether another call may follow the first.
    public let allowsParallelCalls: Bool

    let names: Grammar
    let callIDs: Grammar

    /// - Throws: where a call is asked for that cannot be: without tools, or of a tool that there is not.
    public init(
        _ tools: ToolGrammars, choice: ToolChoice = .auto, allowsParallelCalls: Bool = true
    ) throws(ParameterError) {
        self.tools = tools
        self.choice = choice
        self.allowsParallelCalls = allowsParallelCalls
        var names = tools.tools.map(\.name)
        switch choice {
        case .none, .auto: break
        case .required:
            guard !names.isEmpty else {
                throw ParameterError(parameter: "tool_choice", value: "\"required\"", range: "\"none\" without tools")
            }
        case .named(let name):
            guard tools.index(of: name.utf8) != nil else {
                throw ParameterError(
                    parameter: "tool_choice", value: "the function \"\(name)\"",
                    range: "one of the tools: \(names.isEmpty ? "there are none" : names.joined(separator: ", "))")
            }
            names = [name]
        }
        do {
            self.names = try Grammar(choices: names.isEmpty ? ["-"] : names)
            callIDs = try Grammar(pattern: "[a-zA-Z0-9]{9}")
        } catch {
            throw ParameterError(parameter: "tools", value: error.message, range: "names that can be written")
        }
    }

    /// Whether anything can be called at all.
    var allowsCalls: Bool { choice != .none && !tools.tools.isEmpty }

    /// Whether the answer begins with a call.
    var requiresCall: Bool {
        switch choice {
        case .none, .auto: false
        case .required, .named: true
        }
    }
}
