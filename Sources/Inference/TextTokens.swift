/// The tokens that free text is made of: all that have bytes, so no control tokens.
struct TextTokens: Sendable {
    /// Bit `id % 64` of word `id / 64` stands for token `id`, as in `TokenMask`.
    let words: [UInt64]

    init(tokenBytes: [[UInt8]?]) {
        var words = [UInt64](repeating: 0, count: (tokenBytes.count + 63) / 64)
        for (token, bytes) in tokenBytes.enumerated() where bytes?.isEmpty == false {
            words[token >> 6] |= 1 << UInt64(truncatingIfNeeded: token & 63)
        }
        self.words = words
    }
}
