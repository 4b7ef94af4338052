extension MaskFiller {
    /// So many tokens are rather tried one by one than found by a walk, which looks at all of them.
    private static let fewTokens = 2000
    /// Steps of taking code points out of a set of tokens that a walk is quicker than.
    private static let dearRemoval = 30_000

    /// Adds the inner tokens of a state of a string rule, as far as lengths do not matter; the few that are long enough
    /// to meet a bound are tried one by one. False, and nothing is added, where lengths or taken words matter at once.
    ///
    /// - Parameter origin: where words that are taken may not come again: then many must be left after each token, and
    ///   those that are tried are tried from there.
    mutating func insertFree(
        _ tokens: StringTokens, rule index: Int32, from state: Int32, count: Int,
        avoidingTaken origin: Configuration?, into mask: inout TokenMask
    ) -> Bool {
        let rule = machine.tables.strings[Int(index)]
        let around = machine.program.states(of: index).surroundings(of: state)
        if origin != nil, !around.keepsManyWords { return false }
        let longest = tokens.innerMasks.count - 1
        let reserve = origin == nil ? 0 : StringStates.manyWordsReach
        let counted = rule.freeCount == .max ? longest : min(rule.freeCount - count - reserve, longest)
        guard counted > 0 else { return false }
        // Where taken words matter, what comes behind the reach is not known.
        let free = origin == nil ? counted : min(counted, StringStates.reach)
        var allowed = TokenMask(tokenCount: vocabulary.count)
        let key = MaskCache.Key(
            low: TextHash.mix(
                UInt64(UInt32(bitPattern: index)) << 1 | (tokens.isOpening ? 1 : 0),
                UInt64(UInt32(bitPattern: state))), high: 0)
        let isShared = origin == nil && counted == longest
        if isShared, masks.copyMask(of: key, into: &allowed) {
            mask.formUnion(allowed)
            return true
        }
        var others = TokenMask(tokenCount: vocabulary.count)
        if !insertBySet(tokens, around, upTo: min(free, StringStates.reach), into: &allowed, leaving: &others) {
            others.reset(tokenCount: vocabulary.count)
            tokens.insertInner(AutomatonWalker(rule.automaton), from: state, into: &allowed)
            if free < longest {
                others.copy(from: allowed)
                others.subtract(tokens.innerMasks[free])
                allowed.subtract(others)
            }
        }
        var untried: [Int] = []
        others.forEachAllowed { untried.append($0) }
        let skipped = tokens.isOpening ? 1 : 0
        for token in untried {
            let bytes = vocabulary.bytes.storage[vocabulary.bytes.range(of: Int32(token))].dropFirst(skipped)
            let leadsOn =
                if let origin { machine.leadsOn(origin, bytes, limit: .max) } else {
                    rule.isLive(state, count: count, after: bytes)
                }
            if leadsOn { allowed.insert(token) }
        }
        mask.formUnion(allowed)
        if isShared { masks.insert(allowed, for: key) }
        return true
    }

    /// Finds the tokens of at most `length` code points all of which may come wherever they lead, and leaves those that
    /// have others too; false if that is dearer than a walk.
    private func insertBySet(
        _ tokens: StringTokens, _ around: StringStates.Surroundings, upTo length: Int, into allowed: inout TokenMask,
        leaving others: inout TokenMask
    ) -> Bool {
        guard tokens.innerIndex.cost(ofRemoving: around.excludedSomewhere) < Self.dearRemoval,
            tokens.innerIndex.cost(ofRemoving: around.excludedEverywhere) < Self.dearRemoval
        else { return false }
        tokens.insertInner(
            lengths: 0...tokens.innerMasks.count, without: around.excludedEverywhere, into: &others)
        tokens.insertInner(lengths: 0...length, without: around.excludedSomewhere, into: &allowed)
        others.subtract(allowed)
        guard others.count <= Self.fewTokens else {
            allowed.reset(tokenCount: vocabulary.count)
            return false
        }
        return true
    }
}

/// Runs an automaton over tries of code points, whatever the length.
private struct AutomatonWalker: StringWalker {
    private let transitions: [Int32]
    private let ascii: [UInt16]
    private let width: Int
    private let automaton: StringAutomaton

    init(_ automaton: StringAutomaton) {
        self.automaton = automaton
        transitions = automaton.transitions
        ascii = automaton.classes.ascii
        width = automaton.classes.count
    }

    @inline(__always)
    func step(_ state: Int32, _ scalar: UInt32) -> Int32? {
        let next =
            scalar < 0x80
            ? transitions[Int(state) &* width &+ Int(ascii[Int(scalar)])] : automaton.next(state, scalar)
        return next < 0 ? nil : next
    }

    func canStep(_ state: Int32, into range: ClosedRange<UInt32>) -> Bool {
        automaton.hasTransition(from: state, into: range)
    }

    func canEnd(_ state: Int32) -> Bool { automaton.isAccepting(state) }
}
