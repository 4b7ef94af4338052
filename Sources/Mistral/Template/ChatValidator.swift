/// Checks a conversation by the rules of the reference implementation.
///
/// Stricter than the reference where it lets a prompt pass that cannot be answered: a tool result as the first message,
/// a system message as the last of several, and before v11 results that belong to no call.
struct ChatValidator {
    let version: TekkenVersion
    let imageSettings: TekkenImageSettings?

    func check(_ messages: [ChatMessage], tools: [Tool]) throws(ChatTemplateError) {
        guard !messages.isEmpty else { throw .emptyConversation }
        try checkOrder(messages)
        try checkEnds(messages)
        for (index, message) in messages.enumerated() {
            if let problem = problem(with: message, isLast: index == messages.count - 1) {
                throw .invalidMessage(index: index, role: message.role, problem)
            }
        }
        try checkAssistantTurns(messages)
        try checkPairing(messages)
        for (index, tool) in tools.enumerated() where !ToolCall.isValidName(tool.name) {
            throw .invalidTool(index: index, .functionNameFormat(tool.name))
        }
    }

    private func checkEnds(_ messages: [ChatMessage]) throws(ChatTemplateError) {
        let first = messages[0].role
        if first == .tool || (first == .assistant && messages.count == 1) {
            throw .invalidMessage(index: 0, role: first, .cannotBeFirst)
        }
        let lastIndex = messages.count - 1
        let isAcceptable =
            switch messages[lastIndex] {
            case .user, .tool: true
            case .system: messages.count == 1
            case .assistant(_, _, let isPrefix): isPrefix
            }
        guard isAcceptable else {
            throw .invalidMessage(index: lastIndex, role: messages[lastIndex].role, .cannotBeLast)
        }
    }

    private func checkOrder(_ messages: [ChatMessage]) throws(ChatTemplateError) {
        for index in messages.indices.dropFirst() {
            let role = messages[index].role
            let before = messages[index - 1].role
            let isExpected =
                switch before {
                case .system, .user: role != .tool
                case .assistant, .tool: role != .system
                }
            guard isExpected else { throw .invalidMessage(index: index, role: role, .unexpectedAfter(before)) }
        }
    }

    private func problem(with message: ChatMessage, isLast: Bool) -> ChatTemplateError.MessageProblem? {
        for case .image(let grid) in message.content.chunks {
            guard message.role == .user else { return .imageNotAllowed }
            if let problem = problem(with: grid) { return problem }
        }
        switch message {
        case .assistant(_, let calls, let isPrefix):
            if !calls.isEmpty, !version.allowsTextWithCalls, message.content.chunks.contains(where: { $0 != .text("") })
            {
                return .textWithCalls
            }
            for call in calls {
                guard isValidID(call.id) else { return .callIDFormat(call.id) }
                guard ToolCall.isValidName(call.name) else { return .functionNameFormat(call.name) }
            }
            return isPrefix && !isLast ? .prefixIsNotLast : nil
        case .tool(_, let callID, let name):
            guard isValidID(callID) else { return .callIDFormat(callID) }
            if let name, !ToolCall.isValidName(name) { return .functionNameFormat(name) }
            return nil
        case .system, .user: return nil
        }
    }

    /// Ids that do not reach the prompt can have any form.
    private func isValidID(_ id: String) -> Bool {
        version.writesCallIDs ? ToolCall.isValidID(id) : !id.isEmpty && id != "null"
    }

    private func problem(with grid: ImageTokenGrid) -> ChatTemplateError.MessageProblem? {
        guard let imageSettings else { return .imagesNotSupported }
        let sides = 1...imageSettings.maximumTokensPerSide
        guard sides.contains(grid.tokensWide), sides.contains(grid.tokensHigh) else {
            return .imageGridOutOfRange(grid, maximumPerSide: sides.upperBound)
        }
        return nil
    }

    /// Neighbouring assistant messages become one turn, which as a whole needs text or a call.
    private func checkAssistantTurns(_ messages: [ChatMessage]) throws(ChatTemplateError) {
        var hasContent = false
        for (index, message) in messages.enumerated() {
            guard case .assistant(let content, let calls, _) = message else {
                hasContent = false
                continue
            }
            if !calls.isEmpty || content.chunks.contains(where: { $0 != .text("") }) { hasContent = true }
            let isEndOfTurn = index + 1 == messages.count || messages[index + 1].role != .assistant
            if isEndOfTurn, !hasContent { throw .invalidMessage(index: index, role: .assistant, .noContent) }
        }
    }

    /// Every result belongs to a call, and all calls have results before the assistant speaks again.
    private func checkPairing(_ messages: [ChatMessage]) throws(ChatTemplateError) {
        var expected: Set<String> = []
        var observed: Set<String> = []
        for (index, message) in messages.enumerated() {
            func refusal(_ problem: ChatTemplateError.MessageProblem) -> ChatTemplateError {
                .invalidMessage(index: index, role: message.role, problem)
            }
            switch message {
            case .assistant(_, let calls, _):
                guard observed == expected else {
                    throw refusal(.unansweredCalls(expected.subtracting(observed).sorted()))
                }
                expected = []
                observed = []
                // The reference does not count the calls of the very first message: no result can follow them.
                for call in calls where index > 0 {
                    guard expected.insert(call.id).inserted else { throw refusal(.duplicateCallID(call.id)) }
                }
            case .tool(_, let callID, _):
                guard expected.contains(callID) else { throw refusal(.unexpectedResult(callID: callID)) }
                guard observed.insert(callID).inserted else { throw refusal(.duplicateResult(callID: callID)) }
            case .system, .user: break
            }
        }
    }
}
