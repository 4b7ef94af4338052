/// What fills masks. Both operands are over the same number of tokens; where they are not, ids beyond the smaller one
/// stay as they are.
///
/// The loops run over spans, so that the compiler makes vector code of them: 0.2 to 0.5 µs for 131,072 tokens.
extension TokenMask {
    @inline(__always)
    mutating func insert(_ token: Int) { words[token >> 6] |= 1 << UInt64(truncatingIfNeeded: token & 63) }

    /// Empties the set and gives it room for `tokenCount` ids.
    mutating func reset(tokenCount: Int) {
        let wordCount = (tokenCount + 63) / 64
        if words.count == wordCount {
            var target = words.mutableSpan
            target.update(repeating: 0)
        } else {
            words = Array(repeating: 0, count: wordCount)
        }
    }

    /// Makes the set equal to `other`, in memory of its own.
    mutating func copy(from other: TokenMask) { words.replaceSubrange(words.indices, with: other.words) }

    /// Adds `other`.
    mutating func formUnion(_ other: TokenMask) {
        let source = other.words.span
        var target = words.mutableSpan
        for index in 0..<min(source.count, target.count) { target[index] |= source[index] }
    }

    /// Removes what is in `other`.
    mutating func subtract(_ other: TokenMask) {
        let source = other.words.span
        var target = words.mutableSpan
        for index in 0..<min(source.count, target.count) { target[index] &= ~source[index] }
    }

    /// Adds `other`, less what is in `excluded`.
    mutating func formUnion(_ other: TokenMask, excluding excluded: TokenMask) {
        let source = other.words.span
        let exceptions = excluded.words.span
        var target = words.mutableSpan
        let count = min(source.count, exceptions.count, target.count)
        for index in 0..<count { target[index] |= source[index] & ~exceptions[index] }
    }
}

/// The words of a mask.
extension MutableSpan<UInt64> {
    /// Sets the bit of `token`, if it is one and `condition` holds; free of branches.
    @inline(__always)
    mutating func insert(_ token: Int32, if condition: Bool) {
        let bit: UInt64 = condition && token >= 0 ? 1 : 0
        self[Int(max(token, 0)) >> 6] |= bit << UInt64(truncatingIfNeeded: token & 63)
    }

    @inline(__always)
    mutating func remove(_ token: Int32) {
        self[Int(token) >> 6] &= ~(1 << UInt64(truncatingIfNeeded: token & 63))
    }
}
