/// The tokens of a model as bytes, prepared for masks: a trie, and what may stand inside strings.
///
/// Building takes about a tenth of a second for 131,072 tokens; build one and share it (copies share storage).
/// Tokens may hold any bytes, also parts of UTF-8 sequences; several tokens may have the same bytes.
public struct TokenVocabulary: Sendable {
    /// Number of token ids, control tokens included.
    public let count: Int
    /// Bytes that are no token by themselves. With any, budgets still hold but masks are found token by token, slowly,
    /// and a grammar may need bytes that no tokens make: its matcher then has the budget `Int.max`.
    public let missingBytes: [UInt8]

    let bytes: TokenBytes
    /// All tokens but control tokens.
    let trie: TokenTrie
    /// The tokens that are not whole characters allowed inside JSON strings.
    let specialTrie: TokenTrie
    /// At k, the tokens of at least one and at most k whole code points that may stand unescaped in a JSON string.
    let plainMasks: [TokenMask]

    /// There is a mask for each length; the few tokens beyond this one are walked instead.
    private static let longestPlainToken = 256

    /// - Parameter tokenBytes: by token id; nil or empty for control tokens, which no grammar allows.
    public init(tokenBytes: [[UInt8]?]) {
        count = tokenBytes.count
        bytes = TokenBytes(tokenBytes)
        let sorted = bytes.sortedTokens()
        trie = TokenTrie(sorted: sorted, bytes: bytes)
        var special: [Int32] = []
        var plain: [(token: Int, length: Int)] = []
        var longest = 0
        for token in sorted {
            let length = StringAutomaton.plainLength(bytes.storage[bytes.range(of: token)])
            if let length, length <= Self.longestPlainToken {
                plain.append((Int(token), length))
                longest = max(longest, length)
            } else {
                special.append(token)
            }
        }
        specialTrie = TokenTrie(sorted: special, bytes: bytes)
        var masks = [TokenMask](repeating: TokenMask(tokenCount: count), count: longest + 1)
        for (token, length) in plain { masks[length].insert(token) }
        for length in masks.indices.dropFirst() { masks[length].formUnion(masks[length - 1], excluding: nil) }
        plainMasks = masks
        let trie = trie
        missingBytes = (0...255).filter { byte in
            let root = trie.roots[Int(byte)]
            return root < 0 || trie.nodes[Int(root)].token < 0
        }
    }
}
