/// A regular expression as a tree.
indirect enum PatternNode {
    enum Assertion {
        case start
        case end
        case wordBoundary
        case noWordBoundary
    }

    case empty
    case set(ScalarSet)
    case concatenation([PatternNode])
    case alternation([PatternNode])
    /// `maximum` nil is unbounded.
    case repetition(PatternNode, minimum: Int, maximum: Int?)
    case assertion(Assertion)
    case look(PatternNode, isAhead: Bool, isNegated: Bool)
}
