/// Ids of the control tokens that the template places; nil for those that the version does without.
struct TemplateTokens: Sendable {
    let beginSequence, endSequence: Int
    let beginInstruction, endInstruction: Int
    let beginAvailableTools, endAvailableTools: Int
    let beginToolResults, endToolResults: Int
    let toolCalls: Int
    /// Around system messages, since v7.
    let beginSystemPrompt, endSystemPrompt: Int?
    /// Between id and content of a tool result: v7 and v11.
    let toolContent: Int?
    /// Between name and id of a call: v11.
    let callID: Int?
    /// Before the arguments of a call, since v11.
    let arguments: Int?
    /// nil for a vocabulary without images.
    let image, imageBreak, imageEnd: Int?

    init(_ tokenizer: TekkenTokenizer) throws(ChatTemplateError) {
        let version = tokenizer.version
        func id(_ token: ControlToken) throws(ChatTemplateError) -> Int {
            guard let id = tokenizer.id(of: token) else { throw .missingControlToken(token) }
            return id
        }
        func id(_ token: ControlToken, if isNeeded: Bool) throws(ChatTemplateError) -> Int? {
            isNeeded ? try id(token) : nil
        }
        beginSequence = try id(.beginSequence)
        endSequence = try id(.endSequence)
        beginInstruction = try id(.beginInstruction)
        endInstruction = try id(.endInstruction)
        beginAvailableTools = try id(.beginAvailableTools)
        endAvailableTools = try id(.endAvailableTools)
        beginToolResults = try id(.beginToolResults)
        endToolResults = try id(.endToolResults)
        toolCalls = try id(.toolCalls)
        beginSystemPrompt = try id(.beginSystemPrompt, if: version.hasSystemMessages)
        endSystemPrompt = try id(.endSystemPrompt, if: version.hasSystemMessages)
        toolContent = try id(.toolContent, if: version == .v7 || version == .v11)
        callID = try id(.callID, if: version == .v11)
        arguments = try id(.arguments, if: !version.writesCallsAsJSON)
        let hasImages = tokenizer.imageSettings != nil
        image = try id(.image, if: hasImages)
        imageBreak = try id(.imageBreak, if: hasImages)
        imageEnd = try id(.imageEnd, if: hasImages)
    }
}

extension TekkenVersion {
    /// Whether system messages stand between control tokens at their place; else they precede the last user message.
    var hasSystemMessages: Bool { self != .v3 }
    /// Whether tool calls are one JSON array; else each is its name, perhaps its id, and its arguments.
    var writesCallsAsJSON: Bool { self == .v3 || self == .v7 }
    /// Whether the tools stand before the first user message, else before the last.
    var hasToolsFirst: Bool { self == .v13 }
    /// Whether tool results are put in the order of the calls.
    var ordersResults: Bool { self == .v11 || self == .v13 }
    /// Whether a message can have text and tool calls.
    var allowsTextWithCalls: Bool { self != .v3 }
    /// Whether the ids of calls reach the prompt, which have a fixed form then.
    var writesCallIDs: Bool { self != .v13 }
}
