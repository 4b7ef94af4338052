import Testing

@testable import Grammar

@Suite struct CodePointIndexTests {
    private let tokens = TokenTestVocabulary.tokens
    private let strings = TokenTestVocabulary.vocabulary.inside

    private func inner(lengths: ClosedRange<Int>, without excluded: [ClosedRange<UInt32>]) -> Set<Int> {
        func isExcluded(_ scalar: UInt32) -> Bool { excluded.contains { $0.contains(scalar) } }
        return Set(
            tokens.indices.filter { token in
                guard let bytes = tokens[token], 1...TokenTrie.maximumDepth ~= bytes.count else { return false }
                switch Spelling.read(bytes) {
                case .inner(let scalars): return lengths.contains(scalars.count) && !scalars.contains(where: isExcluded)
                case .partial(let scalars, let beginning):
                    guard lengths.contains(scalars.count + 1), !scalars.contains(where: isExcluded) else {
                        return false
                    }
                    return (Spelling.beginnings[beginning]?.ranges ?? []).contains { range in
                        !excluded.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
                    }
                default: return false
                }
            })
    }

    @Test(
        arguments: [
            [], [0x2F...0x2F], [0x61...0x61], [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], [0...0x1F],
            [0...0x22, 0x5C...0x5C],
            [0x80...0x10_FFFF], [0...0x40, 0x7F...0xD7FF, 0xE000...0x10_FFFF], [0x80...0xD7FF], [0x6000...0x6FFF],
            [0x65C0...0x65FF],
            [0x1_0000...0x3_FFFF, 0x10_0000...0x10_FFFF], [0...0x10_FFFF], [0x10...0x1F],
            [0...0x07, 0x0B...0x0B, 0x0E...0x0F],
        ] as [[ClosedRange<UInt32>]])
    func excludedCodePointsAreInNoToken(excluded: [ClosedRange<UInt32>]) {
        for lengths in [0...1000, 2...3] {
            var mask = TokenMask(tokenCount: tokens.count)
            strings.insertInner(lengths: lengths, without: excluded, into: &mask)
            #expect(mask.tokens == inner(lengths: lengths, without: excluded))
        }
    }

    @Test func randomExclusionsAreHeld() {
        var generator = SeededGenerator(state: 17)
        let edges: [UInt32] = [
            0, 8, 0x20, 0x23, 0x30, 0x5B, 0x61, 0x80, 0xE9, 0x800, 0x65E5, 0x672D, 0x1_F600, 0x10_FFFF,
        ]
        for _ in 0..<60 {
            // Ends are never next to beginnings: each edge is one or the other.
            var excluded: [ClosedRange<UInt32>] = []
            var chosen = edges.filter { _ in Bool.random(using: &generator) }
            if chosen.count % 2 == 1 { chosen.removeLast() }
            for index in stride(from: 0, to: chosen.count, by: 2) { excluded.append(chosen[index]...chosen[index + 1]) }
            var mask = TokenMask(tokenCount: tokens.count)
            strings.insertInner(lengths: 0...1000, without: excluded, into: &mask)
            #expect(mask.tokens == inner(lengths: 0...1000, without: excluded), "\(excluded)")
        }
    }

    @Test func whatIsInTheMaskStays() {
        var mask = TokenMask(tokenCount: tokens.count)
        mask.insert(0)
        strings.insertInner(lengths: 1...1, without: [0x61...0x61], into: &mask)
        #expect(mask.tokens == inner(lengths: 1...1, without: [0x61...0x61]).union([0]))
    }

    @Test func costGrowsWithWhatIsExcluded() {
        let index = strings.innerIndex
        #expect(index.cost(ofRemoving: []) == 0)
        #expect(index.cost(ofRemoving: [0x61...0x61]) > 0)
        #expect(index.cost(ofRemoving: [0x61...0x7A]) > index.cost(ofRemoving: [0x61...0x62]))
    }
}
