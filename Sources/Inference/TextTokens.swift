import Grammar

/// The tokens that free text is made of: all that have bytes, so no control tokens.
struct TextTokens: Sendable {
    let mask: TokenMask

    init(tokenBytes: [[UInt8]?]) {
        var mask = TokenMask(tokenCount: tokenBytes.count)
        mask.formUnion(tokenBytes.indices.lazy.filter { tokenBytes[$0]?.isEmpty == false })
        self.mask = mask
    }
}

extension [[UInt8]?] {
    /// The bytes of a token; none of control tokens and of what is no token.
    func bytes(of token: Int) -> [UInt8] { indices.contains(token) ? self[token] ?? [] : [] }
}
