/// The tokens that may come inside a JSON string, as they are read from a point between two code points.
///
/// An *inner* token stays inside the string: whole code points, and possibly the beginning of one. A *closing* token
/// has whole code points, the closing quote, and a suffix of any bytes. Other tokens are in no string from there.
/// Lengths are in code points; one that a token begins and does not finish counts as one.
struct StringTokens: Sendable {
    /// An inner token that ends inside a code point.
    struct PartialToken: Sendable, Hashable {
        let token: Int32
        /// Whole code points before the unfinished one.
        let wholeCount: Int32
        let prefix: CodePointPrefix
    }

    /// Whether these tokens begin with the quote that opens the string, before what is read here.
    let isOpening: Bool
    /// At k, the inner tokens of at most k code points, up to the longest.
    let innerMasks: [TokenMask]
    /// In order of `wholeCount`.
    let partials: [PartialToken]
    /// Payloads are the inner tokens; a walk finds those that an automaton allows.
    let innerTrie: CodePointTrie
    let innerIndex: CodePointIndex
    /// Payloads are numbers of lists in `closing`: what closes the string after those code points.
    let closingTrie: CodePointTrie
    let closing: ClosingTokens

    /// Adds the inner tokens of `lengths` code points.
    func insertInner(lengths: ClosedRange<Int>, into mask: inout TokenMask) {
        guard lengths.upperBound >= 0 else { return }
        let longest = innerMasks[min(lengths.upperBound, innerMasks.count - 1)]
        if lengths.lowerBound <= 0 {
            mask.formUnion(longest)
        } else if lengths.lowerBound < innerMasks.count {
            mask.formUnion(longest, excluding: innerMasks[lengths.lowerBound - 1])
        }
    }

    /// Adds the inner tokens of `lengths` code points none of which is in `excluded`, nor must become one of these.
    ///
    /// It does what a walk does in a state after which the same code points stay excluded however many are read.
    /// - Parameter excluded: ascending ranges, none next to another; `innerIndex` tells what they cost.
    func insertInner(lengths: ClosedRange<Int>, without excluded: [ClosedRange<UInt32>], into mask: inout TokenMask) {
        var allowed = TokenMask(tokenCount: mask.words.count * 64)
        insertInner(lengths: lengths, into: &allowed)
        innerIndex.remove(excluded, from: &allowed)
        mask.formUnion(allowed)
    }

    /// Adds the inner tokens that `walker` allows from `start` on.
    func insertInner<Walker: StringWalker & ~Copyable & ~Escapable>(
        _ walker: borrowing Walker, from start: Walker.State, into mask: inout TokenMask
    ) {
        if walker.canStop(start) { for token in innerTrie.rootPayloads { mask.insert(Int(token)) } }
        var words = mask.words.mutableSpan
        innerTrie.walk(walker, from: start) { token, state, prefix in
            let canStop = if let prefix { walker.canStop(state, inside: prefix) } else { walker.canStop(state) }
            words.insert(token, if: canStop)
        }
    }

    /// Adds the tokens that close the string where `walker` may end, and then have a suffix that is in `accepted`.
    func insertClosing<Walker: StringWalker & ~Copyable & ~Escapable>(
        _ walker: borrowing Walker, from start: Walker.State, accepting accepted: TokenMask, into mask: inout TokenMask
    ) {
        if walker.canEnd(start) {
            for list in closingTrie.rootPayloads { closing.insert(list: list, accepting: accepted, into: &mask) }
        }
        closingTrie.walk(walker, from: start) { list, state, _ in
            if list >= 0, walker.canEnd(state) { closing.insert(list: list, accepting: accepted, into: &mask) }
        }
    }
}
