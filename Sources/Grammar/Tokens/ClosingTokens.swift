/// The tokens that close a string, by what they have after the quote, and by what they have before it.
struct ClosingTokens: Sendable {
    struct Entry: Sendable, Hashable {
        let suffix: Int32
        let token: Int32
        /// Code points before the quote.
        let length: UInt8
    }

    /// What follows the quote in some token, by suffix id; the empty suffix has id 0.
    let suffixes: TokenBytes
    /// Terminals are suffix ids; the empty suffix is not in it.
    let suffixTrie: TokenTrie
    var suffixCount: Int { suffixes.count }

    /// In order of suffix, then length.
    private let entries: [Entry]
    /// Suffix s has the entries from `offsets[s]` up to `offsets[s + 1]`.
    private let offsets: [Int32]
    /// For suffixes of many tokens, all of these.
    private let masks: [TokenMask?]
    /// The entries again, those with the same code points before the quote side by side.
    private let lists: [Entry]
    private let listOffsets: [Int32]

    /// A mask is worth its memory from so many tokens on.
    private static let fewestTokensForMask = 65

    /// - Parameter lists: tokens with the same code points before the quote.
    init(suffixes: TokenBytes, lists: [[Entry]], tokenCount: Int) {
        self.suffixes = suffixes
        suffixTrie = TokenTrie(suffixes)
        self.lists = lists.flatMap { $0 }
        listOffsets = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) }
        entries = self.lists.sorted { ($0.suffix, $0.length, $0.token) < ($1.suffix, $1.length, $1.token) }
        var counts = [Int32](repeating: 0, count: suffixes.count)
        for entry in entries { counts[Int(entry.suffix)] += 1 }
        offsets = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        var masks = counts.map { $0 < Self.fewestTokensForMask ? nil : TokenMask(tokenCount: tokenCount) }
        for entry in entries { masks[Int(entry.suffix)]?.insert(Int(entry.token)) }
        self.masks = masks
    }

    /// The entries of `suffix` in order of length.
    func entries(of suffix: Int) -> ArraySlice<Entry> { entries[Int(offsets[suffix])..<Int(offsets[suffix + 1])] }

    /// Adds the tokens of `lengths` code points before the quote and with `suffix` after it.
    func insert(suffix: Int, lengths: ClosedRange<Int>, into mask: inout TokenMask) {
        let entries = entries(of: suffix)
        guard let first = entries.first, let last = entries.last else { return }
        if let all = masks[suffix], lengths.contains(Int(first.length)), lengths.contains(Int(last.length)) {
            mask.formUnion(all)
            return
        }
        for entry in entries where lengths.contains(Int(entry.length)) { mask.insert(Int(entry.token)) }
    }

    /// Adds the tokens of `lengths` code points before the quote and with a suffix in `accepted` after it.
    func insert(accepting accepted: TokenMask, lengths: ClosedRange<Int>, into mask: inout TokenMask) {
        accepted.forEachAllowed { insert(suffix: $0, lengths: lengths, into: &mask) }
    }

    /// Adds those of a list whose suffix is in `accepted`.
    func insert(list: Int32, accepting accepted: TokenMask, into mask: inout TokenMask) {
        for index in Int(listOffsets[Int(list)])..<Int(listOffsets[Int(list) + 1])
        where accepted.contains(Int(lists[index].suffix)) {
            mask.insert(Int(lists[index].token))
        }
    }
}
