/// Byte pair encoding of long pieces in O(n log n): a linked list of parts and a heap of candidate merges.
///
/// Gives the same result as the search in `BytePairMerger`.
struct LongPieceMerger {
    /// All arrays are indexed by the offset of a part's first byte in the piece.
    private var next: [Int] = []
    private var previous: [Int] = []
    private var ranks: [UInt32] = []
    /// Rank of the concatenation with the following part; `TokenTable.none` also for parts merged away.
    private var pairRanks: [UInt32] = []
    private var candidates = CandidateHeap()

    mutating func encode(
        _ text: Span<UInt8>, from start: Int, to end: Int, table: TokenTable, firstID: Int, into ids: inout [Int]
    ) {
        let count = end - start
        next = Array(1...count)
        previous = Array(-1..<(count - 1))
        ranks = (start..<end).map { UInt32(text[$0]) }
        pairRanks = [UInt32](repeating: TokenTable.none, count: count)
        for offset in 0..<(count - 1) { updatePair(at: offset, text, start, table) }

        while let (rank, offset) = candidates.popLowest() {
            // Entries are never removed when a part changes: an outdated one no longer agrees with the part.
            guard pairRanks[offset] == rank else { continue }
            let absorbed = next[offset]
            ranks[offset] = rank
            pairRanks[absorbed] = TokenTable.none
            next[offset] = next[absorbed]
            if next[offset] < count { previous[next[offset]] = offset }
            updatePair(at: offset, text, start, table)
            if previous[offset] >= 0 { updatePair(at: previous[offset], text, start, table) }
        }
        var offset = 0
        while offset < count {
            ids.append(Int(ranks[offset]) + firstID)
            offset = next[offset]
        }
    }

    private mutating func updatePair(at offset: Int, _ text: Span<UInt8>, _ start: Int, _ table: TokenTable) {
        let following = next[offset]
        var rank = TokenTable.none
        if following < next.count { rank = table.rank(of: text, from: start + offset, to: start + next[following]) }
        pairRanks[offset] = rank
        if rank != TokenTable.none { candidates.insert(rank: rank, offset: offset) }
    }
}

/// Binary heap of merges ordered by rank, then by offset.
private struct CandidateHeap {
    private struct Entry {
        let rank: UInt32
        let offset: Int

        func precedes(_ other: Entry) -> Bool { (rank, offset) < (other.rank, other.offset) }
    }

    private var entries: [Entry] = []

    mutating func insert(rank: UInt32, offset: Int) {
        entries.append(Entry(rank: rank, offset: offset))
        var child = entries.count - 1
        while child > 0, entries[child].precedes(entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popLowest() -> (rank: UInt32, offset: Int)? {
        guard let lowest = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty {
            entries[0] = last
            siftDown()
        }
        return (lowest.rank, lowest.offset)
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var smallest = parent
            let left = parent * 2 + 1
            let right = left + 1
            if left < entries.count, entries[left].precedes(entries[smallest]) { smallest = left }
            if right < entries.count, entries[right].precedes(entries[smallest]) { smallest = right }
            if smallest == parent { return }
            entries.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
