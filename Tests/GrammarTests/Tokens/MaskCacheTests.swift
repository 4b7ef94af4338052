import Testing

@testable import Grammar

@Suite struct MaskCacheTests {
    private let tokenCount = 640

    private func key(_ number: Int) -> MaskCache.Key {
        MaskCache.Key(low: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, high: UInt64(number))
    }

    private func mask(_ number: Int) -> TokenMask {
        var mask = TokenMask(tokenCount: tokenCount)
        mask.insert(number % tokenCount)
        return mask
    }

    @Test func masksComeBackAsTheyWere() {
        let cache = MaskCache(tokenCount: tokenCount, capacity: 1 << 20)
        var copy = mask(7)
        #expect(!cache.copyMask(of: key(0), into: &copy))
        #expect(copy == mask(7))
        // The key of all zeros is a key as others are.
        for number in 0..<100 { cache.insert(mask(number), for: key(number)) }
        for number in 0..<100 {
            #expect(cache.copyMask(of: key(number), into: &copy))
            #expect(copy == mask(number))
            copy.insert(639)
        }
        cache.insert(mask(200), for: key(5))
        #expect(cache.copyMask(of: key(5), into: &copy))
        #expect(copy == mask(200))
        #expect(!cache.copyMask(of: MaskCache.Key(low: key(5).low, high: 1), into: &copy))
    }

    @Test func theLeastRecentlyUsedMaskIsGivenUp() {
        // One set of eight.
        let cache = MaskCache(tokenCount: tokenCount, capacity: 0)
        for number in 0..<8 { cache.insert(mask(number), for: key(number)) }
        var copy = TokenMask(tokenCount: tokenCount)
        for number in [0, 1, 2, 4, 5, 6, 7] { #expect(cache.copyMask(of: key(number), into: &copy)) }
        cache.insert(mask(8), for: key(8))
        #expect(!cache.copyMask(of: key(3), into: &copy))
        for number in [0, 1, 2, 4, 5, 6, 7, 8] { #expect(cache.copyMask(of: key(number), into: &copy)) }
    }

    @Test func capacityIsHeld() {
        let capacity = 64 << 10
        let cache = MaskCache(tokenCount: tokenCount, capacity: capacity)
        for number in 0..<5000 { cache.insert(mask(number), for: key(number)) }
        var copy = TokenMask(tokenCount: tokenCount)
        let kept = (0..<5000).count { cache.copyMask(of: key($0), into: &copy) }
        #expect(kept > 100 && kept * tokenCount / 8 <= capacity)
    }

    @Test func threadsShareIt() async {
        let cache = MaskCache(tokenCount: tokenCount, capacity: 16 << 10)
        await withTaskGroup(of: Bool.self) { group in
            for seed in 0..<4 {
                group.addTask {
                    var generator = SeededGenerator(state: UInt64(seed))
                    var copy = TokenMask(tokenCount: 0)
                    for _ in 0..<20_000 {
                        let number = Int.random(in: 0..<400, using: &generator)
                        if cache.copyMask(of: key(number), into: &copy) {
                            if copy != mask(number) { return false }
                        } else {
                            cache.insert(mask(number), for: key(number))
                        }
                    }
                    return true
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
