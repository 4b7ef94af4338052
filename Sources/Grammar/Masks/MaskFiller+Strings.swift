extension MaskFiller {
    /// What may follow inside a string; see `add`.
    mutating func addString(
        _ string: Configuration, _ tokens: StringTokens, into mask: inout TokenMask
    ) -> Configuration? {
        let isUnique = machine.isUniqueArray(string.frame)
        let rule = machine.tables.strings[Int(string.place)]
        // A language that may run out of strings that are no elements yet has few of them.
        if isUnique, limit < .max || !machine.hasManyStrings(string) {
            return string
        }

        let start = machine.configurationCount
        let mark = machine.mark
        if isUnique {
            // Whether the string is an element already is seen where it ends.
            machine.emit(Configuration(kind: .after, frame: string.frame))
        } else {
            machine.finish(string.frame, hash: 0)
        }
        var accepted = suffixes(tokens, from: start)
        machine.configurationCount = start
        machine.goBack(to: mark)
        addTokens(
            withSuffixes: separateEnds(&accepted, tokens, in: string.frame), after: string, tokens, into: &mask)

        let tail = machine.tail(string.frame) + 1
        let room = limit == .max ? Int.max : limit - tail
        if rule.automaton.isUniversal(from: string.state), !isUnique {
            let most = rule.maximum == .max ? Int(Int32.max) : rule.maximum - Int(string.count)
            let fewest = max(0, rule.minimum - Int(string.count))
            addFree(tokens, fewest: fewest, most: most, room: room, into: &mask)
            if fewest <= most { tokens.closing.insert(accepting: accepted, lengths: fewest...most, into: &mask) }
            return nil
        }
        if isUnique, rule.automaton.isUniversal(from: string.state) {
            addFreeUnique(string, rule, tokens, into: &mask)
        }
        let isInserted =
            isUnique && rule.automaton.isUniversal(from: string.state)
            || limit == .max
                && insertFree(
                    tokens, rule: string.place, from: string.state, count: Int(string.count),
                    avoidingTaken: isUnique ? string : nil, into: &mask)
        if isUnique {
            let walker = UniqueStringWalker(string, rule: rule, machine: machine)
            let state = UniqueStringWalker.State(
                string: StringRuleWalker.State(state: string.state, count: string.count), hash: string.hash)
            if !isInserted { tokens.insertInner(walker, from: state, into: &mask) }
            tokens.insertClosing(walker, from: state, accepting: accepted, into: &mask)
        } else {
            let walker = StringRuleWalker(rule: rule, room: room)
            let state = StringRuleWalker.State(state: string.state, count: string.count)
            if !isInserted { tokens.insertInner(walker, from: state, into: &mask) }
            tokens.insertClosing(walker, from: state, accepting: accepted, into: &mask)
        }
        return nil
    }

    /// What may follow in a text that is no JSON.
    mutating func addPlain(_ text: Configuration, into mask: inout TokenMask) {
        let tokens = vocabulary.plain
        let rule = machine.tables.strings[Int(text.place)]
        if rule.automaton.isUniversal(from: text.state) {
            let most = rule.maximum == .max ? Int(Int32.max) : rule.maximum - Int(text.count)
            addFree(tokens, fewest: max(0, rule.minimum - Int(text.count)), most: most, room: limit, into: &mask)
            return
        }
        if limit == .max,
            insertFree(
                tokens, rule: text.place, from: text.state, count: Int(text.count), avoidingTaken: nil, into: &mask)
        {
            return
        }
        tokens.insertInner(
            StringRuleWalker(rule: rule, room: limit),
            from: StringRuleWalker.State(state: text.state, count: text.count), into: &mask)
    }

    /// The inner tokens of a string in which every code point may stand, but which must not be an element already: that is
    /// a matter of those that fill it up.
    private func addFreeUnique(
        _ string: Configuration, _ rule: StringRule, _ tokens: StringTokens, into mask: inout TokenMask
    ) {
        let longest = tokens.innerMasks.count - 1
        let most = rule.maximum == .max ? longest + 1 : rule.maximum - Int(string.count)
        if most > 0 { tokens.insertInner(lengths: 0...most - 1, into: &mask) }
        guard most <= longest else { return }
        var filling = tokens.innerMasks[most]
        if most > 0 { filling.subtract(tokens.innerMasks[most - 1]) }
        let elements = machine.frames[Int(string.frame)].array.elements
        let skipped = tokens.isOpening ? 1 : 0
        filling.forEachAllowed { token in
            var hash = TextHash(string.hash)
            for byte in vocabulary.bytes.storage[vocabulary.bytes.range(of: Int32(token))].dropFirst(skipped) {
                hash.add(byte)
            }
            hash.add(UInt8(ascii: "\""))
            if !machine.store.contains(hash.value, from: elements) { mask.insert(token) }
        }
    }

    /// The inner tokens of a string in which every code point may stand: at least `fewest` and at most `most` are to come.
    private func addFree(
        _ tokens: StringTokens, fewest: Int, most: Int, room: Int, into mask: inout TokenMask
    ) {
        guard room >= 0, most >= 0 else { return }
        // After k code points, at least `fewest - k` bytes are to come.
        let shortest = room == .max ? 0 : max(0, fewest - room)
        guard shortest <= most else { return }
        guard room < fewest + 8 else {
            tokens.insertInner(lengths: shortest...most, into: &mask)
            return
        }
        // Near the end of the budget the code points that a token does not finish count with their bytes.
        var inner = TokenMask(tokenCount: vocabulary.count)
        tokens.insertInner(lengths: shortest...most, into: &inner)
        var words = inner.words.mutableSpan
        for partial in tokens.partials {
            let length = Int(partial.wholeCount) + 1
            if partial.prefix.remaining + max(0, fewest - length) > room { words.remove(partial.token) }
        }
        mask.formUnion(inner)
    }
}

/// Runs a string rule over tries of code points.
struct StringRuleWalker: StringWalker {
    struct State: BitwiseCopyable {
        let state: Int32
        let count: Int32
    }

    let rule: StringRule
    /// Bytes that the rest of the string may have, its quote aside.
    let room: Int

    @inline(__always)
    func step(_ state: State, _ scalar: UInt32) -> State? {
        let next = rule.automaton.next(state.state, scalar)
        guard next >= 0 else { return nil }
        let count = rule.normalized(Int(state.count) + 1)
        guard count <= rule.freeCount || rule.isLive(next, count: count) else { return nil }
        return State(state: next, count: Int32(truncatingIfNeeded: count))
    }

    func canStep(_ state: State, into range: ClosedRange<UInt32>) -> Bool {
        rule.automaton.hasTransition(from: state.state, into: range)
    }

    func canStop(_ state: State) -> Bool {
        room == .max || rule.shortest(state.state, count: Int(state.count)) <= room
    }

    func canStop(_ state: State, inside prefix: CodePointPrefix) -> Bool {
        rule.isLive(state.state, count: Int(state.count), inside: prefix)
            && (room == .max || rule.shortest(state.state, count: Int(state.count), inside: prefix) <= room)
    }

    func canEnd(_ state: State) -> Bool { rule.canEnd(state.state, count: Int(state.count)) }
}

/// Runs a string rule whose strings must not be elements of an array already.
struct UniqueStringWalker: StringWalker {
    struct State: BitwiseCopyable {
        let string: StringRuleWalker.State
        let hash: UInt64
    }

    private let walker: StringRuleWalker
    private let machine: PushdownMachine
    private let string: Configuration
    private let elements: Int32
    private let taken: Int
    private let states: StringStates

    init(_ string: Configuration, rule: StringRule, machine: PushdownMachine) {
        walker = StringRuleWalker(rule: rule, room: .max)
        self.machine = machine
        self.string = string
        elements = machine.frames[Int(string.frame)].array.elements
        taken = machine.store.count(from: elements)
        states = machine.program.states(of: string.place)
    }

    func step(_ state: State, _ scalar: UInt32) -> State? {
        guard let next = walker.step(state.string, scalar) else { return nil }
        var hash = TextHash(state.hash)
        hash.add(scalar: scalar)
        if !walker.rule.hasMoreWords(than: taken, from: next.state, count: Int(next.count), states) {
            var configuration = string
            configuration.state = next.state
            configuration.count = next.count
            configuration.hash = hash.value
            guard machine.freeString(configuration) != nil else { return nil }
        }
        return State(string: next, hash: hash.value)
    }

    func canStep(_ state: State, into range: ClosedRange<UInt32>) -> Bool { walker.canStep(state.string, into: range) }
    func canStop(_ state: State, inside prefix: CodePointPrefix) -> Bool {
        walker.canStop(state.string, inside: prefix)
    }

    func canEnd(_ state: State) -> Bool {
        guard walker.canEnd(state.string) else { return false }
        var hash = TextHash(state.hash)
        hash.add(UInt8(ascii: "\""))
        return !machine.store.contains(hash.value, from: elements)
    }
}
