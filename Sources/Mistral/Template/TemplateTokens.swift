/// Ids of the control tokens that the template places.
struct TemplateTokens: Sendable {
    let beginSequence, endSequence: Int
    let beginInstruction, endInstruction: Int
    let beginSystemPrompt, endSystemPrompt: Int
    let beginAvailableTools, endAvailableTools: Int
    let beginToolResults, toolContent, endToolResults: Int
    let toolCalls, callID, arguments: Int
    let image, imageBreak, imageEnd: Int

    init(_ tokenizer: TekkenTokenizer) throws(ChatTemplateError) {
        func id(_ token: ControlToken) throws(ChatTemplateError) -> Int {
            guard let id = tokenizer.id(of: token) else { throw .missingControlToken(token) }
            return id
        }
        beginSequence = try id(.beginSequence)
        endSequence = try id(.endSequence)
        beginInstruction = try id(.beginInstruction)
        endInstruction = try id(.endInstruction)
        beginSystemPrompt = try id(.beginSystemPrompt)
        endSystemPrompt = try id(.endSystemPrompt)
        beginAvailableTools = try id(.beginAvailableTools)
        endAvailableTools = try id(.endAvailableTools)
        beginToolResults = try id(.beginToolResults)
        toolContent = try id(.toolContent)
        endToolResults = try id(.endToolResults)
        toolCalls = try id(.toolCalls)
        callID = try id(.callID)
        arguments = try id(.arguments)
        image = try id(.image)
        imageBreak = try id(.imageBreak)
        imageEnd = try id(.imageEnd)
    }
}
