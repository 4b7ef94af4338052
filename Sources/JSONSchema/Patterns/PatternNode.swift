/// A regular expression as a tree.
indirect enum PatternNode {
    case empty
    case set(CodePointSet)
    case concatenation([PatternNode])
    case alternation([PatternNode])
    /// At least `minimum` times and at most `maximum`, without limit if nil.
    case repetition(PatternNode, minimum: Int, maximum: Int?)
    case assertion(PatternAssertion)
    /// `(?=…)`, `(?!…)`, `(?<=…)`, `(?<!…)`.
    case lookaround(PatternNode, isAhead: Bool, isNegated: Bool)
    /// `\1` or `\k<name>`: well-formed, but no automaton can follow it.
    case backreference(String)

    /// Whether the automaton needs no instruction for it.
    var isTrivial: Bool {
        switch self {
        case .empty: true
        case .concatenation(let nodes): nodes.allSatisfy(\.isTrivial)
        case .repetition(let node, _, let maximum): maximum == 0 || node.isTrivial
        default: false
        }
    }
}

/// A condition on a place between two code points.
enum PatternAssertion {
    case start, end, wordBoundary, noWordBoundary

    func holds(at position: Int, in text: [UInt32]) -> Bool {
        switch self {
        case .start: position == 0
        case .end: position == text.count
        case .wordBoundary: Self.isWordBoundary(position, text)
        case .noWordBoundary: !Self.isWordBoundary(position, text)
        }
    }

    private static func isWordBoundary(_ position: Int, _ text: [UInt32]) -> Bool {
        let before = position > 0 && isWordCharacter(text[position - 1])
        let after = position < text.count && isWordCharacter(text[position])
        return before != after
    }

    private static func isWordCharacter(_ codePoint: UInt32) -> Bool {
        switch codePoint {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }
}

/// Why a pattern is not a regular expression, or not one that can be matched here.
struct PatternError: Error {
    let message: String
}
