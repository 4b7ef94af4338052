/// Control tokens of the Tekken vocabulary that this library uses, by their name in the file.
///
/// Text is never scanned for these names: only the chat template places control tokens.
public enum ControlToken: String, CaseIterable, Sendable {
    case unknown = "<unk>"
    case beginSequence = "<s>"
    case endSequence = "</s>"
    case padding = "<pad>"
    case beginInstruction = "[INST]"
    case endInstruction = "[/INST]"
    case beginSystemPrompt = "[SYSTEM_PROMPT]"
    case endSystemPrompt = "[/SYSTEM_PROMPT]"
    case beginAvailableTools = "[AVAILABLE_TOOLS]"
    case endAvailableTools = "[/AVAILABLE_TOOLS]"
    case beginToolResults = "[TOOL_RESULTS]"
    case toolContent = "[TOOL_CONTENT]"
    case endToolResults = "[/TOOL_RESULTS]"
    case toolCalls = "[TOOL_CALLS]"
    case callID = "[CALL_ID]"
    case arguments = "[ARGS]"
    case image = "[IMG]"
    case imageBreak = "[IMG_BREAK]"
    case imageEnd = "[IMG_END]"

    /// Names of the ids from 0 on in vocabularies that do not list them.
    static let firstNames = [
        "<unk>", "<s>", "</s>", "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_RESULTS]",
        "[/TOOL_RESULTS]", "[TOOL_CALLS]", "[IMG]", "<pad>", "[IMG_BREAK]", "[IMG_END]", "[PREFIX]", "[MIDDLE]",
        "[SUFFIX]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[TOOL_CONTENT]",
    ]
}
