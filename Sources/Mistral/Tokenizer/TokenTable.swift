/// Byte strings of the vocabulary by rank, and ranks by byte string.
///
/// Open addressing over one flat byte store: a lookup hashes a range of the text and allocates nothing.
struct TokenTable: Sendable {
    /// Stands for "not in the vocabulary"; larger than any rank, so that it loses every comparison for the lowest.
    static let none = UInt32.max

    /// All tokens, one after another.
    private var bytes: [UInt8] = []
    /// Token of rank r occupies `bytes[offsets[r]..<offsets[r + 1]]`.
    private var offsets: [UInt32] = [0]
    /// Upper half: hash. Lower half: rank + 1, or 0 for a free slot. The count is a power of two.
    private var slots: [UInt64]
    /// Rank of every two-byte string, at first * 256 + second: these are asked for most when merging.
    private var pairRanks = [UInt32](repeating: TokenTable.none, count: 1 << 16)
    private(set) var longestToken = 0

    init(capacity: Int) {
        var slotCount = 16
        while slotCount < capacity * 2 { slotCount *= 2 }
        slots = [UInt64](repeating: 0, count: slotCount)
        offsets.reserveCapacity(capacity + 1)
    }

    var count: Int { offsets.count - 1 }

    /// Bytes of the token with this rank, which must be below `count`.
    func token(_ rank: Int) -> ArraySlice<UInt8> { bytes[Int(offsets[rank])..<Int(offsets[rank + 1])] }

    /// Adds a token under the next rank.
    ///
    /// - Returns: nil if added, else the rank under which the same token is already there.
    mutating func append(_ token: [UInt8]) -> Int? {
        let present = rank(of: token.span, from: 0, to: token.count)
        if present != Self.none { return Int(present) }
        if slots.count < (count + 1) * 2 { grow() }
        insert(rank: UInt32(count), hash: Self.hash(token.span, from: 0, to: token.count))
        if token.count == 2 { pairRanks[Int(token[0]) << 8 | Int(token[1])] = UInt32(count) }
        longestToken = max(longestToken, token.count)
        bytes.append(contentsOf: token)
        offsets.append(UInt32(bytes.count))
        return nil
    }

    /// Rank of `text[start..<end]`, or `none`.
    func rank(of text: Span<UInt8>, from start: Int, to end: Int) -> UInt32 {
        let length = end - start
        if length == 2 { return pairRanks[Int(text[start]) << 8 | Int(text[start + 1])] }
        if length > longestToken { return Self.none }
        let hash = Self.hash(text, from: start, to: end)
        let mask = slots.count - 1
        var index = Int(hash) & mask
        while true {
            let slot = slots[index]
            if slot == 0 { return Self.none }
            if UInt32(truncatingIfNeeded: slot >> 32) == hash {
                let rank = UInt32(truncatingIfNeeded: slot) - 1
                if isToken(rank, equalTo: text, from: start, length: length) { return rank }
            }
            index = (index + 1) & mask
        }
    }

    @inline(__always)
    private func isToken(_ rank: UInt32, equalTo text: Span<UInt8>, from start: Int, length: Int) -> Bool {
        let offset = Int(offsets[Int(rank)])
        guard Int(offsets[Int(rank) + 1]) - offset == length else { return false }
        for index in 0..<length where bytes[offset + index] != text[start + index] { return false }
        return true
    }

    private mutating func insert(rank: UInt32, hash: UInt32) {
        let mask = slots.count - 1
        var index = Int(hash) & mask
        while slots[index] != 0 { index = (index + 1) & mask }
        slots[index] = UInt64(hash) << 32 | UInt64(rank + 1)
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        for slot in old where slot != 0 {
            insert(rank: UInt32(truncatingIfNeeded: slot) - 1, hash: UInt32(truncatingIfNeeded: slot >> 32))
        }
    }

    /// FNV-1a with a final mix, folded to 32 bits.
    @inline(__always)
    private static func hash(_ text: Span<UInt8>, from start: Int, to end: Int) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in start..<end { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
        return UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
    }
}
