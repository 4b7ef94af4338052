import Grammar
import Mistral

/// The tools of an answer, made ready for a tokenizer: matchers at the beginning of each part of a call, and what the
/// shortest calls cost.
final class ToolRules: Sendable {
    /// Control tokens; -1 for those that the version of the instruct format does without.
    let toolCalls: Int
    let callID: Int
    let arguments: Int
    /// Whether calls can be written at all, as the form and the tokenizer are of the same version. Where they cannot
    /// but must be, the shortest answer costs more than any budget.
    let canCall: Bool
    let requiresCall: Bool
    let allowsParallelCalls: Bool
    /// Whether a message can have text and calls.
    let allowsTextBeforeCalls: Bool
    let names: GrammarMatcher
    let callIDs: GrammarMatcher
    /// Of all calls together, where they are one array.
    let list: GrammarMatcher?
    /// By tool, as all below.
    let argumentMatchers: [GrammarMatcher]
    private let toolNames: [[UInt8]]
    private let isCallable: [Bool]
    private let shortestArguments: [Int]

    /// Characters of an id.
    static let callIDLength = 9

    /// Nil where nothing can be called.
    init?(_ form: ToolForm, vocabulary: TokenVocabulary, tokenizer: TekkenTokenizer) {
        let callable = form.callable
        guard !callable.isEmpty else { return nil }
        func id(_ token: ControlToken, if isUsed: Bool) -> Int {
            guard isUsed, let id = tokenizer.id(of: token), id < vocabulary.count else { return -1 }
            return id
        }
        toolCalls = id(.toolCalls, if: true)
        callID = id(.callID, if: form.version == .v11)
        arguments = id(.arguments, if: form.list == nil)
        requiresCall = form.requiresCall
        allowsParallelCalls = form.allowsParallelCalls
        allowsTextBeforeCalls = form.version != .v3
        canCall = toolCalls >= 0 && (form.list != nil || arguments >= 0) && form.version == tokenizer.version
        names = GrammarMatcher(grammar: form.names, vocabulary: vocabulary)
        callIDs = GrammarMatcher(grammar: form.callIDs, vocabulary: vocabulary)
        list = form.list.map { GrammarMatcher(grammar: $0, vocabulary: vocabulary) }
        toolNames = form.tools.tools.map { Array($0.name.utf8) }
        isCallable = toolNames.indices.map(callable.contains)
        argumentMatchers = form.tools.arguments.map { GrammarMatcher(grammar: $0, vocabulary: vocabulary) }
        shortestArguments = argumentMatchers.map(\.minimumBudget)
    }

    /// The control tokens behind a complete name.
    var behindName: [Int] { callID >= 0 ? [callID, arguments] : [arguments] }

    /// The tool of a complete name; nil if it is none that can be called.
    func tool(named name: [UInt8]) -> Int? { toolNames.indices.first { isCallable[$0] && toolNames[$0] == name } }

    /// Tokens of the shortest call, with its [TOOL_CALLS].
    var shortestCall: Int {
        guard canCall else { return .max }
        return Self.sum(1, list?.minimumBudget ?? shortestRest(of: []))
    }

    /// Tokens that complete a call whose name begins so. No more tokens than bytes are needed for the rest of it.
    func shortestRest(of name: [UInt8]) -> Int {
        var shortest = Int.max
        for tool in toolNames.indices where isCallable[tool] && toolNames[tool].starts(with: name) {
            shortest = min(shortest, Self.sum(toolNames[tool].count - name.count, shortestRest(of: tool)))
        }
        return shortest
    }

    /// Tokens of [ARGS] and the shortest arguments.
    func shortestRest(of tool: Int) -> Int { Self.sum(1, shortestArguments[tool]) }

    /// Tokens that complete a call from within its id, of which so many characters are written.
    func shortestRest(ofIDWith written: Int, tool: Int) -> Int {
        Self.sum(Self.callIDLength - written, shortestRest(of: tool))
    }

    /// `.max` stands for what cannot be written.
    private static func sum(_ a: Int, _ b: Int) -> Int {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }
}
