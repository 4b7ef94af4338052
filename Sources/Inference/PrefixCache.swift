import Mistral

/// Keys and values of prompts that were read, for prompts that begin like them.
///
/// What is given out and taken in shares its pages with what is kept here. The longest common beginning is found by the
/// hashes of all beginnings of 32, 64, ... tokens, as in vLLM's prefix caching; what a hash points to is compared.
struct PrefixCache {
    private struct Entry {
        let key: PrefixCacheKey
        let cache: KVCache
        let byteCount: Int
        var lastUse: Int
    }

    private var entries: [Int: Entry] = [:]
    /// Numbers of the entries that begin with the tokens of a hash.
    private var numbers: [Int: [Int]] = [:]
    private var nextNumber = 0
    private var clock = 0
    private(set) var statistics = PrefixCacheStatistics()

    /// The longest beginning of a prompt that is known, as a cache of that many positions.
    ///
    /// - Parameter most: the most positions that are of use.
    mutating func longest(_ key: PrefixCacheKey, most: Int) -> KVCache? {
        guard let last = key.hashes.last(where: { numbers[$0] != nil }), let found = numbers[last] else { return nil }
        var best = (number: 0, common: 0, lastUse: 0)
        for number in found {
            guard let entry = entries[number] else { continue }
            let common = entry.key.commonPrefix(with: key)
            if (common, entry.lastUse) > (best.common, best.lastUse) { best = (number, common, entry.lastUse) }
        }
        guard min(best.common, most) > 0, var cache = entries[best.number]?.cache else { return nil }
        use(best.number)
        cache.truncate(to: min(best.common, most))
        return cache
    }

    /// Counts a prompt that begins, with so many tokens that were known.
    mutating func note(savedTokens: Int) {
        if savedTokens > 0 { statistics.hits += 1 } else { statistics.misses += 1 }
        statistics.savedTokens += savedTokens
    }

    /// Keeps a prompt, unless a longer one that begins with it is kept already; gives up others for it, those first
    /// that were not used for longest.
    ///
    /// - Parameters:
    ///   - cache: with at least the positions of the key.
    ///   - limit: the most bytes that all may have.
    mutating func insert(_ key: PrefixCacheKey, _ cache: KVCache, limit: Int) {
        guard let last = key.hashes.last, cache.count >= key.ids.count else { return }
        let similar = numbers[last] ?? []
        if let longer = similar.first(where: { entries[$0]?.key.commonPrefix(with: key) == key.ids.count }) {
            return use(longer)
        }
        var cache = cache
        cache.truncate(to: key.ids.count)
        let byteCount = cache.byteCount
        guard byteCount <= limit else { return }
        shrink(to: limit - byteCount)
        clock += 1
        entries[nextNumber] = Entry(key: key, cache: cache, byteCount: byteCount, lastUse: clock)
        for hash in key.hashes { numbers[hash, default: []].append(nextNumber) }
        nextNumber += 1
        statistics.entries = entries.count
        statistics.bytes += byteCount
    }

    /// Gives up what was not used for longest until no more than so many bytes are left.
    mutating func shrink(to limit: Int) {
        while statistics.bytes > max(0, limit) {
            guard let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key else { return }
            remove(oldest)
            statistics.evictions += 1
        }
    }

    private mutating func use(_ number: Int) {
        clock += 1
        entries[number]?.lastUse = clock
    }

    private mutating func remove(_ number: Int) {
        guard let entry = entries.removeValue(forKey: number) else { return }
        for hash in entry.key.hashes {
            numbers[hash]?.removeAll { $0 == number }
            if numbers[hash]?.isEmpty == true { numbers[hash] = nil }
        }
        statistics.entries = entries.count
        statistics.bytes -= entry.byteCount
    }
}

/// What became of the keys and values of prompts.
public struct PrefixCacheStatistics: Hashable, Sendable {
    /// Prompts whose beginning was known, and those of which nothing was.
    public internal(set) var hits = 0
    public internal(set) var misses = 0
    /// Tokens that did not have to be read again.
    public internal(set) var savedTokens = 0
    public internal(set) var evictions = 0
    /// What is kept now. Pages that several prompts share are counted for each.
    public internal(set) var entries = 0
    public internal(set) var bytes = 0
}
