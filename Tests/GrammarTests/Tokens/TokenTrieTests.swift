import Testing

@testable import Grammar

@Suite struct TokenTrieTests {
    private let tokens = TokenTestVocabulary.tokens
    private let vocabulary = TokenTestVocabulary.vocabulary

    @Test func everyTokenIsOnItsPath() {
        var found: [Int: [UInt8]] = [:]
        var path: [UInt8] = []
        for (index, node) in vocabulary.trie.nodes.enumerated() {
            path.removeLast(path.count - Int(node.depth) + 1)
            path.append(node.byte)
            #expect(Int(node.subtreeEnd) > index && Int(node.subtreeEnd) <= vocabulary.trie.nodes.count)
            if node.token >= 0 {
                #expect(found.updateValue(path, forKey: Int(node.token)) == nil)
            }
        }
        let expected = tokens.indices.filter { 1...TokenTrie.maximumDepth ~= tokens[$0]?.count ?? 0 }
        #expect(Set(found.keys) == Set(expected))
        for (token, bytes) in found { #expect(tokens[token] == bytes) }
        #expect(Set(vocabulary.overlong.map { tokens[Int($0)]?.count }) == [TokenTrie.maximumDepth + 1])
    }

    @Test func longestMatchIsTheLongestToken() {
        var generator = SeededGenerator(state: 3)
        for _ in 0..<200 {
            var text: [UInt8] = []
            for _ in 0..<4 { text += (tokens.randomElement(using: &generator) ?? nil) ?? [] }
            for start in text.indices {
                let longest = tokens.lazy.compactMap { $0 }
                    .filter { $0.count <= TokenTrie.maximumDepth && text[start...].starts(with: $0) }.map(\.count).max()
                let match = vocabulary.trie.longestMatch(in: text, from: start)
                #expect(match?.length == longest)
                if let match { #expect(tokens[match.token] == Array(text[start..<start + match.length])) }
            }
            #expect(vocabulary.trie.longestMatch(in: text, from: text.count) == nil)
        }
    }

    @Test func missingBytesAreNoTokens() {
        #expect(vocabulary.missingBytes.isEmpty)
        #expect(TokenVocabulary(tokenBytes: [[1], [2, 3]]).missingBytes == [0] + (2...255))
        #expect(TokenVocabulary(tokenBytes: []).missingBytes.count == 256)
    }

    /// At most so many bytes of each kind; stops only after an even number of bytes.
    private struct Counter: ByteWalker {
        struct State: BitwiseCopyable {
            var low = 0
            var high = 0
        }
        let limit: Int

        func step(_ state: State, _ byte: UInt8) -> State? {
            var next = state
            if byte < 0x60 { next.low += 1 } else { next.high += 1 }
            return next.low <= limit && next.high <= limit ? next : nil
        }

        func canStop(_ state: State) -> Bool { (state.low + state.high) % 2 == 0 }
    }

    @Test(arguments: [0, 1, 2, 5, 300])
    func walksFindWhatTheAutomatonAllows(limit: Int) {
        var mask = TokenMask(tokenCount: vocabulary.count)
        vocabulary.trie.walk(Counter(limit: limit), from: Counter.State(), into: &mask)
        let expected = tokens.indices.filter { token in
            guard let bytes = tokens[token], 1...TokenTrie.maximumDepth ~= bytes.count else { return false }
            let low = bytes.count { $0 < 0x60 }
            return low <= limit && bytes.count - low <= limit && bytes.count % 2 == 0
        }
        #expect(mask.tokens == Set(expected))
    }
}
