import Grammar

/// Where an answer is in its form, and which tokens may come next: those of its text, and control tokens, but for the
/// end of the sequence.
struct AnswerMatcher: Sendable {
    /// The parts of an answer. Without tools all of it is text. Where all calls are one array, that is what the
    /// arguments are.
    enum Part: Sendable {
        case text, name, callID, arguments
    }

    private(set) var part = Part.text
    /// That of the part; nil in free text.
    private(set) var grammar: GrammarMatcher?
    private let textTokens: TextTokens
    private let tokenBytes: [[UInt8]?]
    /// Nil where no tool can be called.
    private let tools: ToolRules?
    /// Bytes of the name or the id that is being written.
    private var written: [UInt8] = []
    /// Of the call that is being written, once its name is complete.
    private var tool = 0
    /// Whether nothing has been written.
    private var isAtStart = true

    /// - Parameter grammar: of the text; nil for free text.
    init(grammar: GrammarMatcher?, tools: ToolRules?, textTokens: TextTokens, tokenBytes: [[UInt8]?]) {
        self.grammar = grammar
        self.textTokens = textTokens
        self.tokenBytes = tokenBytes
        self.tools = tools
    }

    /// Whether any text may come here, which stop strings can be a part of.
    var isFreeText: Bool { part == .text && grammar == nil && !mustCall }

    /// Whether the same tokens may come as at another place: those of free text.
    func hasSameText(as other: AnswerMatcher) -> Bool {
        isFreeText && other.isFreeText && mayCall == other.mayCall
    }

    private var mustCall: Bool { part == .text && isAtStart && tools?.requiresCall == true }

    /// Whether the answer may end here.
    var isComplete: Bool {
        switch part {
        case .text: !mustCall && grammar?.isComplete ?? true
        case .name, .callID: false
        case .arguments: grammar?.isComplete ?? false
        }
    }

    /// Takes a token.
    ///
    /// - Throws: `.grammar` if it is not allowed here; the state is as it was then.
    mutating func accept(_ token: Int) throws(InferenceError) {
        if let tools, controls.contains(token) {
            begin(token, tools)
        } else if mustCall {
            throw .grammar("token \(token) stands where a call must begin")
        } else if grammar != nil {
            do {
                try grammar?.accept(token)
            } catch {
                throw .grammar(error.description)
            }
            if part == .name || part == .callID { written += tokenBytes.bytes(of: token) }
        } else if !textTokens.mask.contains(token) {
            throw .grammar("token \(token) is a control token, which no text holds")
        }
        isAtStart = false
    }

    /// Begins the part of a call that a control token stands before.
    private mutating func begin(_ control: Int, _ tools: ToolRules) {
        switch control {
        case tools.toolCalls:
            (part, grammar) = tools.list.map { (.arguments, $0) } ?? (.name, tools.names)
        case tools.callID:
            tool = tools.tool(named: written) ?? 0
            (part, grammar) = (.callID, tools.callIDs)
        default:
            if part == .name { tool = tools.tool(named: written) ?? 0 }
            (part, grammar) = (.arguments, tools.argumentMatchers[tool])
        }
        written = []
    }
}

// What may follow.
extension AnswerMatcher {
    /// Puts into `mask` the tokens that may follow such that an ending still fits; `.max` for no budget.
    mutating func fillMask(_ mask: inout TokenMask, remainingTokens: Int) {
        let hasEndings = part == .text || part == .arguments
        if mustCall {
            mask = TokenMask(tokenCount: tokenBytes.count)
        } else if grammar != nil {
            grammar?.fillMask(&mask, remainingTokens: hasEndings ? remainingTokens : .max)
        } else {
            mask = textTokens.mask
        }
        let controls = controls
        guard !controls.isEmpty || !hasEndings else { return }
        mask.formUnion(controls)
        guard remainingTokens < .max else { return }
        // What the grammar of the part knows no ending of: few tokens.
        mask.subtract((hasEndings ? controls : mask.tokens).filter { !fits($0, within: remainingTokens) })
    }

    /// Whether a token may follow and leaves room for an ending.
    private func fits(_ token: Int, within count: Int) -> Bool {
        var following = self
        return (try? following.accept(token)) != nil && following.canEnd(within: count - 1)
    }

    /// The control tokens that may follow, whatever the budget.
    private var controls: [Int] {
        guard let tools else { return [] }
        return switch part {
        case .text: mayCall ? [tools.toolCalls] : []
        case .name: tools.tool(named: written) == nil ? [] : tools.behindName
        case .callID: written.count == ToolRules.callIDLength ? [tools.arguments] : []
        case .arguments: tools.allowsParallelCalls && tools.list == nil && isComplete ? [tools.toolCalls] : []
        }
    }

    /// Whether a call may begin in the text: anywhere in free text, and instead of the text of a grammar.
    private var mayCall: Bool {
        guard let tools, tools.canCall else { return false }
        return isAtStart || grammar == nil && tools.allowsTextBeforeCalls
    }

    /// The token that must come next, if that is a control token.
    var forcedControl: Int? {
        guard !isComplete, mustCall || part == .callID, controls.count == 1 else { return nil }
        return controls.first
    }

    /// Appends the bytes that must come next whatever is chosen, at most `limit`.
    func appendForcedBytes(to bytes: inout [UInt8], limit: Int) {
        guard let grammar, part != .text || !mayCall else { return }
        grammar.appendForcedBytes(to: &bytes, limit: limit)
    }
}

// Endings.
extension AnswerMatcher {
    /// Tokens of an ending that is always available from here; 0 if the answer is complete.
    var minimumBudget: Int {
        guard let tools else { return grammar?.minimumBudget ?? 0 }
        if mustCall { return tools.shortestCall }
        let rest = grammar?.minimumBudget ?? 0
        return switch part {
        case .text: mayCall ? min(rest, tools.shortestCall) : rest
        case .name: tools.shortestRest(of: written)
        case .callID: tools.shortestRest(ofIDWith: written.count, tool: tool)
        case .arguments: rest
        }
    }

    /// Whether an ending of at most so many tokens is available from here.
    mutating func canEnd(within count: Int) -> Bool {
        if part == .text || part == .arguments, !mustCall, grammar?.canEnd(within: count) ?? true { return true }
        return minimumBudget <= count
    }

    /// The shortest bytes that make the text or the arguments whole.
    var shortestCompletion: [UInt8] { grammar?.shortestCompletion ?? [] }
}

extension TokenMask {
    fileprivate var tokens: [Int] {
        var tokens: [Int] = []
        forEachAllowed { tokens.append($0) }
        return tokens
    }
}
