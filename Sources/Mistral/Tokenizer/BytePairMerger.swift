/// Byte pair encoding of one piece of text.
///
/// Starts from single bytes and repeatedly merges the neighbours whose concatenation has the lowest rank, the leftmost
/// on ties, until no concatenation of neighbours is in the vocabulary. Keeps its buffers between pieces.
struct BytePairMerger {
    /// Above this length a heap replaces the search through all pairs, which is quadratic but quicker on short pieces.
    private static let longestSearched = 96

    /// Start of each part; one further entry holds the end of the piece.
    private var starts: [Int] = []
    /// Rank of each part.
    private var ranks: [UInt32] = []
    /// Rank of the concatenation of each part with the next one.
    private var pairRanks: [UInt32] = []
    private var longPieces = LongPieceMerger()

    /// Appends the ids of `text[start..<end]`, where id = rank + `firstID`.
    mutating func encode(
        _ text: Span<UInt8>, from start: Int, to end: Int, table: TokenTable, firstID: Int, into ids: inout [Int]
    ) {
        if end - start > Self.longestSearched {
            longPieces.encode(text, from: start, to: end, table: table, firstID: firstID, into: &ids)
            return
        }
        load(text, from: start, to: end, table: table)
        while let lowest = indexOfLowestPair() {
            ranks[lowest] = pairRanks[lowest]
            ranks.remove(at: lowest + 1)
            starts.remove(at: lowest + 1)
            pairRanks.remove(at: lowest + 1)
            pairRanks[lowest] = pairRank(lowest, text, table)
            if lowest > 0 { pairRanks[lowest - 1] = pairRank(lowest - 1, text, table) }
        }
        for rank in ranks { ids.append(Int(rank) + firstID) }
    }

    private mutating func load(_ text: Span<UInt8>, from start: Int, to end: Int, table: TokenTable) {
        starts.removeAll(keepingCapacity: true)
        ranks.removeAll(keepingCapacity: true)
        pairRanks.removeAll(keepingCapacity: true)
        for position in start..<end {
            starts.append(position)
            ranks.append(UInt32(text[position]))  // the first 256 ranks are the single bytes
            let next = position + 1
            pairRanks.append(next < end ? table.rank(of: text, from: position, to: next + 1) : TokenTable.none)
        }
        starts.append(end)
    }

    private func indexOfLowestPair() -> Int? {
        var lowest = TokenTable.none
        var found: Int?
        for index in pairRanks.indices where pairRanks[index] < lowest {
            lowest = pairRanks[index]
            found = index
        }
        return found
    }

    private func pairRank(_ index: Int, _ text: Span<UInt8>, _ table: TokenTable) -> UInt32 {
        guard index + 1 < ranks.count else { return TokenTable.none }
        return table.rank(of: text, from: starts[index], to: starts[index + 2])
    }
}
