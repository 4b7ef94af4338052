import Grammar
import Mistral

/// Which tools an answer may call, and whether it must.
///
/// The answer is `text ([TOOL_CALLS] name ([CALL_ID] id)? [ARGS] json)* </s>`: after [TOOL_CALLS] only the names can be
/// written, an id is 9 letters and digits, and the arguments are held by the grammar of the tool. Control tokens can
/// come nowhere else. Before v11 of the instruct format it is `text ([TOOL_CALLS] json)? </s>`, one array of all calls.
public struct ToolForm: Sendable {
    public let tools: ToolGrammars
    public let choice: ToolChoice
    /// Whether another call may follow the first.
    public let allowsParallelCalls: Bool
    /// Of the instruct format, which decides how calls are written.
    public let version: TekkenVersion

    let names: Grammar
    let callIDs: Grammar
    /// The array of calls, in the versions that have one.
    let list: Grammar?

    /// - Parameter version: that of the tokenizer; with another one nothing can be called.
    /// - Throws: where a call is asked for that cannot be: without tools, or of a tool that there is not.
    public init(
        _ tools: ToolGrammars, choice: ToolChoice = .auto, allowsParallelCalls: Bool = true,
        version: TekkenVersion = .v11
    ) throws(ParameterError) {
        self.tools = tools
        self.choice = choice
        self.allowsParallelCalls = allowsParallelCalls
        self.version = version
        let all = tools.tools.map(\.name)
        switch choice {
        case .none, .auto: break
        case .required:
            guard !all.isEmpty else {
                throw ParameterError(parameter: "tool_choice", value: "\"required\"", range: "\"none\" without tools")
            }
        case .named(let name):
            guard tools.index(of: name.utf8) != nil else {
                throw ParameterError(
                    parameter: "tool_choice", value: "the function \"\(name)\"",
                    range: "one of the tools: \(all.isEmpty ? "there are none" : all.joined(separator: ", "))")
            }
        }
        let callable = Self.callable(tools, choice)
        do {
            names = try Grammar(choices: callable.isEmpty ? ["-"] : callable.map { all[$0] })
            callIDs = try Grammar(pattern: ToolCallList.idPattern)
            let hasList = (version == .v3 || version == .v7) && !callable.isEmpty
            list = hasList ? try ToolCallList.grammar(tools, callable, isOne: !allowsParallelCalls) : nil
        } catch {
            throw ParameterError(
                parameter: "tools", value: "a set that cannot be held while decoding (\(error.message))",
                range: "fewer or simpler")
        }
    }

    /// Indices of the tools that can be called.
    private static func callable(_ tools: ToolGrammars, _ choice: ToolChoice) -> [Int] {
        switch choice {
        case .none: []
        case .auto, .required: Array(tools.tools.indices)
        case .named(let name): tools.index(of: name.utf8).map { [$0] } ?? []
        }
    }

    /// Indices of the tools that can be called.
    var callable: [Int] { Self.callable(tools, choice) }

    /// Whether the answer begins with a call.
    var requiresCall: Bool {
        switch choice {
        case .none, .auto: false
        case .required, .named: true
        }
    }
}
