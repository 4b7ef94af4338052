import Testing

@testable import Grammar

@Suite struct TokenMaskTests {
    private func mask(_ tokens: Set<Int>, _ tokenCount: Int) -> TokenMask {
        var mask = TokenMask(tokenCount: tokenCount)
        for token in tokens { mask.insert(token) }
        return mask
    }

    @Test(arguments: [1, 63, 64, 65, 1000, 131_072])
    func operationsAreThoseOfSets(tokenCount: Int) {
        var generator = SeededGenerator(state: UInt64(tokenCount))
        func randomSet() -> Set<Int> {
            Set((0..<min(tokenCount, 300)).map { _ in Int.random(in: 0..<tokenCount, using: &generator) })
        }
        for _ in 0..<5 {
            let (first, second, third) = (randomSet(), randomSet(), randomSet())
            var result = mask(first, tokenCount)
            #expect(result.tokens == first && result.count == first.count)
            #expect(!result.contains(-1) && !result.contains(tokenCount))
            result.formUnion(mask(second, tokenCount))
            #expect(result.tokens == first.union(second))
            result.copy(from: mask(first, tokenCount))
            #expect(result == mask(first, tokenCount))
            result.formUnion(mask(second, tokenCount), excluding: mask(third, tokenCount))
            #expect(result.tokens == first.union(second.subtracting(third)))
            result.subtract(mask(first, tokenCount))
            #expect(result.tokens == second.subtracting(third).subtracting(first))
            result.reset(tokenCount: tokenCount)
            #expect(result.isEmpty && result.words.count == (tokenCount + 63) / 64)
        }
    }

    @Test func copiesAreIndependentAndTakeTheSizeOfTheirSource() {
        let source = mask([3, 70], 200)
        var copy = TokenMask(tokenCount: 0)
        copy.copy(from: source)
        #expect(copy == source)
        copy.insert(100)
        #expect(source.tokens == [3, 70])
        copy.reset(tokenCount: 64)
        #expect(copy == TokenMask(tokenCount: 64))
    }
}
