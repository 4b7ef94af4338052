/// Inner tokens by the code points in them: which ones go where a few code points are excluded, and all else is free.
///
/// It finds the tokens of `[^/]*` or `.*` in microseconds, where a walk would go through nearly all of a trie.
struct CodePointIndex: Sendable {
    /// The tokens that have a code point, or that end inside one.
    private struct Entry {
        /// The code point, or the bits of a `CodePointPrefix`, which are greater.
        let key: UInt32
        /// Where the tokens are in `tokens`, or -1.
        var start: Int32 = -1
        var count: Int32
        /// Where they are in `masks`, or -1.
        var mask: Int32 = -1
    }

    /// In ascending order of keys.
    private var entries: [Entry] = []
    private var tokens: [Int32] = []
    private var masks: [TokenMask] = []
    /// The tokens with a code point from U+0080 on, or with the beginning of one.
    private var nonASCII: TokenMask

    init(_ trie: CodePointTrie, tokenCount: Int) {
        nonASCII = TokenMask(tokenCount: tokenCount)
        var path = [UInt32](repeating: 0, count: TokenTrie.maximumDepth + 2)
        var lists = OccurrenceLists()
        for node in trie.nodes {
            // A prefix comes after the code points before it.
            let length = Int(node.depth) + (node.isWhole ? 0 : 1)
            path[length] = node.isWhole ? node.scalar : node.prefix.bits
            guard node.payload >= 0 else { continue }
            for index in 1...length where !path[1..<index].contains(path[index]) {
                lists.append(node.payload, to: path[index])
                let isEscape = index == length && !node.isWhole && node.prefix.isEscape
                if path[index] >= 0x80, !isEscape { nonASCII.insert(Int(node.payload)) }
            }
        }
        for (key, list) in zip(lists.keys, lists.lists).sorted(by: { $0.0 < $1.0 }) {
            var entry = Entry(key: key, count: Int32(list.count))
            // Whichever is smaller.
            if list.count * 32 > tokenCount {
                entry.mask = Int32(masks.count)
                var mask = TokenMask(tokenCount: tokenCount)
                for token in list { mask.insert(Int(token)) }
                masks.append(mask)
            } else {
                entry.start = Int32(tokens.count)
                tokens += list
            }
            entries.append(entry)
        }
    }

    /// What `remove` costs, in steps of about a nanosecond.
    /// - Parameter excluded: ascending ranges of code points, none next to another; surrogates do not matter.
    func cost(ofRemoving excluded: [ClosedRange<UInt32>]) -> Int {
        var cost = 0
        forEachEntry(in: excluded) { cost += $0.mask >= 0 ? masks[Int($0.mask)].words.count / 4 : Int($0.count) + 10 }
        return cost
    }

    /// Removes the tokens with a code point in `excluded`, and those that end inside one that can only become such.
    /// - Parameter excluded: ascending ranges of code points, none next to another; surrogates do not matter.
    func remove(_ excluded: [ClosedRange<UInt32>], from mask: inout TokenMask) {
        if Self.coversNonASCII(excluded) { mask.subtract(nonASCII) }
        forEachEntry(in: excluded) { entry in
            if entry.mask >= 0 {
                mask.subtract(masks[Int(entry.mask)])
            } else {
                var words = mask.words.mutableSpan
                for index in Int(entry.start)..<Int(entry.start + entry.count) { words.remove(tokens[index]) }
            }
        }
    }

    /// Calls `body` with what `excluded` rules out, but for the tokens of `nonASCII` if all of them are.
    private func forEachEntry(in excluded: [ClosedRange<UInt32>], _ body: (Entry) -> Void) {
        let isASCIIOnly = Self.coversNonASCII(excluded)
        for range in excluded {
            let last = isASCIIOnly ? min(range.upperBound, 0x7F) : range.upperBound
            var index = firstEntry(from: range.lowerBound)
            while index < entries.count, entries[index].key <= last {
                body(entries[index])
                index += 1
            }
        }
        for entry in entries[firstEntry(from: 1 << 21)...] {
            let prefix = CodePointPrefix(bits: entry.key)
            if isASCIIOnly, !prefix.isEscape { continue }
            let isFree = prefix.containsRange { range in !Self.covers(excluded, range) }
            if !isFree { body(entry) }
        }
    }

    /// The first entry whose key is not less than `key`.
    private func firstEntry(from key: UInt32) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func coversNonASCII(_ ranges: [ClosedRange<UInt32>]) -> Bool {
        covers(ranges, 0x80...0xD7FF) && covers(ranges, 0xE000...0x10_FFFF)
    }

    /// Whether one of `ranges`, in ascending order, has all of `range`.
    private static func covers(_ ranges: [ClosedRange<UInt32>], _ range: ClosedRange<UInt32>) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < range.upperBound { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= range.lowerBound
            && range.upperBound <= ranges[low].upperBound
    }
}

/// Lists of tokens by code points or by the bits of prefixes, while an index is built.
private struct OccurrenceLists {
    private(set) var keys: [UInt32] = []
    private(set) var lists: [[Int32]] = []
    /// The list of each code point, or -1: for hundreds of thousands of occurrences a dictionary would take long.
    private var places = [Int32](repeating: -1, count: 0x11_0000)
    private var prefixPlaces: [UInt32: Int32] = [:]

    mutating func append(_ token: Int32, to key: UInt32) {
        let isScalar = key < 0x11_0000
        var place = isScalar ? places[Int(key)] : prefixPlaces[key] ?? -1
        if place < 0 {
            place = Int32(lists.count)
            keys.append(key)
            lists.append([])
            if isScalar { places[Int(key)] = place } else { prefixPlaces[key] = place }
        }
        lists[Int(place)].append(token)
    }
}
