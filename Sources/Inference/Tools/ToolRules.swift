import Grammar
import Mistral

/// The tools of an answer, made ready for a tokenizer: matchers at the beginning of each part of a call, and what the
/// shortest calls cost.
final class ToolRules: Sendable {
    let toolCalls: Int
    let callID: Int
    let arguments: Int
    let requiresCall: Bool
    let allowsParallelCalls: Bool
    let names: GrammarMatcher
    let callIDs: GrammarMatcher
    /// By tool, as all below.
    let argumentMatchers: [GrammarMatcher]
    private let toolNames: [[UInt8]]
    private let isCallable: [Bool]
    private let shortestArguments: [Int]

    /// Characters of an id.
    static let callIDLength = 9

    /// Nil where nothing can be called: also where the tokenizer has no tokens for it.
    init?(_ form: ToolForm, vocabulary: TokenVocabulary, tokenizer: TekkenTokenizer) {
        guard form.allowsCalls, let toolCalls = tokenizer.id(of: .toolCalls), let callID = tokenizer.id(of: .callID),
            let arguments = tokenizer.id(of: .arguments), max(toolCalls, callID, arguments) < vocabulary.count
        else { return nil }
        (self.toolCalls, self.callID, self.arguments) = (toolCalls, callID, arguments)
        requiresCall = form.requiresCall
        allowsParallelCalls = form.allowsParallelCalls
        names = GrammarMatcher(grammar: form.names, vocabulary: vocabulary)
        callIDs = GrammarMatcher(grammar: form.callIDs, vocabulary: vocabulary)
        toolNames = form.tools.tools.map { Array($0.name.utf8) }
        isCallable = form.tools.tools.map { tool in
            if case .named(let name) = form.choice { tool.name == name } else { true }
        }
        argumentMatchers = form.tools.arguments.map { GrammarMatcher(grammar: $0, vocabulary: vocabulary) }
        shortestArguments = argumentMatchers.map(\.minimumBudget)
    }

    /// The tool of a complete name; nil if it is none that can be called.
    func tool(named name: [UInt8]) -> Int? { toolNames.indices.first { isCallable[$0] && toolNames[$0] == name } }

    /// Tokens of the shortest call, with its [TOOL_CALLS].
    var shortestCall: Int { Self.sum(1, shortestRest(of: [])) }

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
