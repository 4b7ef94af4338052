/// A set of token ids, one bit each.
public struct TokenMask: Sendable, Hashable {
    /// Bit `id % 64` of word `id / 64` stands for token `id`.
    public internal(set) var words: [UInt64]

    /// The empty set over `tokenCount` ids.
    public init(tokenCount: Int) {
        words = Array(repeating: 0, count: (tokenCount + 63) / 64)
    }

    /// How many tokens are in the set.
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
    public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Adds tokens, such as control tokens, which no grammar allows. Those that are no ids are left out.
    public mutating func formUnion(_ tokens: some Sequence<Int>) {
        for token in tokens where token >= 0 && token >> 6 < words.count { insert(token) }
    }

    /// Takes tokens out.
    public mutating func subtract(_ tokens: some Sequence<Int>) {
        for token in tokens where contains(token) {
            words[token >> 6] &= ~(1 << UInt64(truncatingIfNeeded: token & 63))
        }
    }

    public func contains(_ token: Int) -> Bool {
        guard token >= 0, token >> 6 < words.count else { return false }
        return words[token >> 6] >> UInt64(token & 63) & 1 == 1
    }

    /// Calls `body` with each token in ascending order.
    public func forEachAllowed(_ body: (Int) throws -> Void) rethrows {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                try body(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }
}
