extension StringRule {
    /// Whether a glance shows that more than `limit` strings can still come of a state. False says nothing.
    func hasMoreWords(than limit: Int, from state: Int32, count: Int, _ states: StringStates) -> Bool {
        if limit == 0 { return true }
        guard limit < StringStates.manyWords else { return false }
        if automaton.isUniversal(from: state) { return count < maximum }
        let words = automaton.wordCount(from: state)
        if maximum == .max, minimum == 0 { return words > limit }
        return words > limit && states.hasManyWords(state)
            && (freeCount == .max || count + StringStates.manyWordsReach <= freeCount)
    }
}

extension StringRule {
    /// Whether a member is within reach after some bytes.
    func isLive(_ state: Int32, count: Int, after bytes: some Sequence<UInt8>) -> Bool {
        var state = state
        var count = count
        var prefix: CodePointPrefix?
        for byte in bytes {
            switch prefix?.next(byte) ?? characters.spelling.first(byte) {
            case .inside(let inside): prefix = inside
            case .scalar(let scalar):
                prefix = nil
                state = automaton.next(state, scalar)
                count = normalized(count + 1)
                guard state >= 0, isLive(state, count: count) else { return false }
            case .dead, .quote: return false
            }
        }
        return prefix.map { isLive(state, count: count, inside: $0) } ?? true
    }
}
