/// Versions of the instruct format, which the tokenizer file names: they differ in the chat template.
public enum TekkenVersion: String, CaseIterable, Sendable {
    case v3, v7, v11, v13

    /// The version of a vocabulary that does not name it, by its control tokens: [SYSTEM_PROMPT] came with v7, [ARGS]
    /// with v11, [THINK] with v13.
    ///
    /// - Parameter chatTemplate: tells v11, which writes [CALL_ID], from v13, which does not.
    init(controlTokens names: [String], chatTemplate: String?) {
        func mentions(_ name: String) -> Bool? { chatTemplate.map { $0.contains(name) } }
        if names.contains(ControlToken.arguments.rawValue) {
            let writesID = mentions(ControlToken.callID.rawValue) ?? !names.contains("[THINK]")
            let writesArguments = mentions(ControlToken.arguments.rawValue) ?? true
            self = writesID || !writesArguments ? .v11 : .v13
        } else {
            self = names.contains(ControlToken.beginSystemPrompt.rawValue) ? .v7 : .v3
        }
    }
}
