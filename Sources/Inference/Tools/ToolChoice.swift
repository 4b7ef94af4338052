/// Whether the model may or must call a tool: `tool_choice` of the public APIs.
public enum ToolChoice: Hashable, Sendable {
    /// It cannot.
    case none
    /// It decides, at any place of its text.
    case auto
    /// It calls at least one, and writes no text.
    case required
    /// It calls this one, and writes no text.
    case named(String)
}
