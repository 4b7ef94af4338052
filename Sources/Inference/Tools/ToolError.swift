import Grammar
import JSONSchema

/// Why a tool cannot be called: nothing of it is silently left out.
public struct ToolError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The tool's name.
    public let tool: String
    /// The place in its `parameters`, where these are at fault.
    public let pointer: JSONPointer?
    /// What is wrong, and what to do.
    public let reason: String

    init(tool: String, pointer: JSONPointer? = nil, _ reason: String) {
        self.tool = tool
        self.pointer = pointer
        self.reason = reason
    }

    public var description: String {
        pointer == nil ? "tool \"\(tool)\" \(reason)" : "the parameters of tool \"\(tool)\": \(reason)"
    }
}
