import Synchronization

/// The tokens of a model as bytes, prepared for masks: a trie, and what may stand inside strings.
///
/// Building takes about a tenth of a second for 131,072 tokens; build one and share it (copies share storage).
/// Tokens may hold any bytes, also parts of UTF-8 sequences; several tokens may have the same bytes.
public struct TokenVocabulary: Sendable {
    /// Number of token ids, control tokens included.
    public let count: Int
    /// Bytes that are no token by themselves: a grammar may need bytes that no tokens make.
    public let missingBytes: [UInt8]

    /// Tells vocabularies apart; copies of one have the same.
    let identity: Int
    let bytes: TokenBytes
    /// All tokens but control tokens and those of `overlong`.
    let trie: TokenTrie
    /// Tokens of more than 255 bytes. No mask has them; other tokens make the same text.
    let overlong: [Int32]
    /// Read from inside a string.
    let inside: StringTokens
    /// The tokens that begin with a quote, read after that quote: they open the string themselves.
    let opening: StringTokens
    private let plainTokens = PlainTokens()

    private static let made = Atomic(0)

    /// - Parameter tokenBytes: by token id; nil or empty for control tokens, which no grammar allows.
    public init(tokenBytes: [[UInt8]?]) {
        count = tokenBytes.count
        identity = Self.made.add(1, ordering: .relaxed).newValue
        let bytes = TokenBytes(tokenBytes)
        let trie = TokenTrie(bytes)
        overlong = (0..<Int32(bytes.count)).filter { bytes.range(of: $0).count > TokenTrie.maximumDepth }
        inside = StringTokens(trie, tokenCount: count, isOpening: false)
        opening = StringTokens(trie, tokenCount: count, isOpening: true)
        missingBytes = (0...255).filter { byte in
            let root = trie.roots[Int(byte)]
            return root < 0 || trie.nodes[Int(root)].token < 0
        }
        self.bytes = bytes
        self.trie = trie
    }

    /// Read from a place in a text that is no JSON.
    var plain: StringTokens { plainTokens.tokens(of: self) }
}

/// Tokens as parts of plain text: made when they are first asked for, since few grammars have any.
private final class PlainTokens: Sendable {
    private let made = Mutex<StringTokens?>(nil)

    func tokens(of vocabulary: TokenVocabulary) -> StringTokens {
        made.withLock { made in
            if let made { return made }
            let tokens = StringTokens(
                vocabulary.trie, tokenCount: vocabulary.count, isOpening: false, spelling: .plain)
            made = tokens
            return tokens
        }
    }
}
