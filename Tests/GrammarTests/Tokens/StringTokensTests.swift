import Testing

@testable import Grammar

private struct AnyString: StringWalker {
    func step(_ state: Int32, _ scalar: UInt32) -> Int32? { state }
    func canStep(_ state: Int32, into range: ClosedRange<UInt32>) -> Bool { true }
    func canEnd(_ state: Int32) -> Bool { true }
}

@Suite struct StringTokensTests {
    @Test(arguments: [false, true])
    func tokensAreSortedByTheirReading(isOpening: Bool) {
        let vocabulary = TokenTestVocabulary.vocabulary
        check(isOpening ? vocabulary.opening : vocabulary.inside, TokenTestVocabulary.tokens, isOpening: isOpening)
    }

    @Test func aWholeVocabularyIsSortedByItsReading() throws {
        let tokens = try TokenTestVocabulary.tekken()
        #expect(tokens.count == 131_072)
        let vocabulary = TokenVocabulary(tokenBytes: tokens)
        check(vocabulary.inside, tokens, isOpening: false)
        check(vocabulary.opening, tokens, isOpening: true)
        #expect(vocabulary.missingBytes.isEmpty)
        // All of a trie is what all lengths are.
        for strings in [vocabulary.inside, vocabulary.opening] {
            var walked = TokenMask(tokenCount: tokens.count)
            strings.insertInner(AnyString(), from: 0, into: &walked)
            #expect(walked == strings.innerMasks.last)
        }
    }

    @Test func aVocabularyWithoutStringsHasNoTokens() {
        let vocabulary = TokenVocabulary(tokenBytes: [nil, [0x80], [0x01]])
        for strings in [vocabulary.inside, vocabulary.opening] {
            #expect(strings.innerMasks == [TokenMask(tokenCount: 3)])
            #expect(strings.innerTrie.nodes.isEmpty && strings.closingTrie.nodes.isEmpty)
            #expect(strings.closing.suffixCount == 1)
            #expect(strings.closing.entries(of: 0).isEmpty)
        }
    }

    @Test func lengthsChooseTokens() {
        let tokens = TokenTestVocabulary.tokens
        let strings = TokenTestVocabulary.vocabulary.inside
        var accepted = TokenMask(tokenCount: strings.closing.suffixCount)
        for suffix in 0..<strings.closing.suffixCount where suffix % 3 == 0 { accepted.insert(suffix) }
        for lengths in [-2 ... -1, 0...0, 0...3, 1...1, 2...4, 3...10_000, 200...300, 256...300, 0...10_000] {
            var inner = TokenMask(tokenCount: tokens.count)
            strings.insertInner(lengths: lengths, into: &inner)
            var closing = TokenMask(tokenCount: tokens.count)
            strings.closing.insert(accepting: accepted, lengths: lengths, into: &closing)
            var expectedInner: Set<Int> = []
            var expectedClosing: Set<Int> = []
            for (token, bytes) in tokens.enumerated() {
                guard let bytes, 1...TokenTrie.maximumDepth ~= bytes.count else { continue }
                switch Spelling.read(bytes) {
                case .inner(let scalars) where lengths.contains(scalars.count): expectedInner.insert(token)
                case .partial(let scalars, _) where lengths.contains(scalars.count + 1): expectedInner.insert(token)
                case .closing(let scalars, let suffix) where lengths.contains(scalars.count):
                    if accepted.contains(strings.closing.id(of: suffix)) { expectedClosing.insert(token) }
                default: break
                }
            }
            #expect(inner.tokens == expectedInner)
            #expect(closing.tokens == expectedClosing)
        }
    }

    private func check(_ strings: StringTokens, _ tokens: [[UInt8]?], isOpening: Bool) {
        var lengths: [Int: Int] = [:]
        var partials: Set<StringTokens.PartialToken> = []
        var closing: [Int: Set<ClosingTokens.Entry>] = [:]
        for (token, bytes) in tokens.enumerated() {
            guard var bytes, 1...TokenTrie.maximumDepth ~= bytes.count else { continue }
            if isOpening {
                guard bytes.first == UInt8(ascii: "\"") else { continue }
                bytes.removeFirst()
            }
            switch Spelling.read(bytes) {
            case .dead: break
            case .inner(let scalars): lengths[token] = scalars.count
            case .partial(let scalars, let beginning):
                lengths[token] = scalars.count + 1
                guard let prefix = CodePointPrefix(beginning) else { continue }
                partials.insert(
                    StringTokens.PartialToken(token: Int32(token), wholeCount: Int32(scalars.count), prefix: prefix))
            case .closing(let scalars, let suffix):
                let id = strings.closing.id(of: suffix)
                closing[id, default: []].insert(
                    ClosingTokens.Entry(suffix: Int32(id), token: Int32(token), length: UInt8(scalars.count)))
            }
        }
        #expect(strings.innerMasks.count == (lengths.values.max() ?? 0) + 1)
        for (length, mask) in strings.innerMasks.enumerated() {
            #expect(mask.tokens == Set(lengths.filter { $0.value <= length }.keys))
        }
        #expect(Set(strings.partials) == partials && strings.partials.count == partials.count)
        #expect(strings.partials.map(\.wholeCount) == strings.partials.map(\.wholeCount).sorted())
        for suffix in 0..<strings.closing.suffixCount {
            let entries = strings.closing.entries(of: suffix)
            #expect(Set(entries) == closing[suffix] ?? [] && entries.count == closing[suffix]?.count ?? 0)
            #expect(entries.map(\.length) == entries.map(\.length).sorted())
        }
        #expect(closing[-1] == nil)
        #expect(strings.closing.id(of: []) == 0)
    }
}

extension ClosingTokens {
    /// The id of a suffix, or -1.
    fileprivate func id(of suffix: [UInt8]) -> Int {
        if suffix.isEmpty { return 0 }
        var node = Int(suffixTrie.roots[Int(suffix[0])])
        for byte in suffix.dropFirst() where node >= 0 { node = suffixTrie.child(of: node, byte) }
        return node < 0 ? -1 : Int(suffixTrie.nodes[node].token)
    }
}

extension CodePointPrefix {
    /// The prefix of those bytes, if they are one.
    fileprivate init?(_ bytes: [UInt8]) {
        var step = bytes.first.map(Self.first)
        for byte in bytes.dropFirst() {
            guard case .inside(let prefix) = step else { return nil }
            step = prefix.next(byte)
        }
        guard case .inside(let prefix) = step else { return nil }
        self = prefix
    }
}
