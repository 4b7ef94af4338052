extension MaskFiller {
    /// With fewer names to come, each byte is looked at by itself.
    private static let manyNames = 10_000

    /// What may follow inside a key that need not be one of the members; see `add`.
    mutating func addKey(
        _ key: Configuration, _ tokens: StringTokens, into mask: inout TokenMask
    ) -> Configuration? {
        // Members alone are few.
        guard key.state >= 0 else { return key }
        let tables = machine.tables
        let frame = machine.frames[Int(key.frame)]
        let object = tables.objects[Int(frame.shape)]
        let rule = tables.strings[Int(object.nameRule)]
        // Names that may run out are few too.
        guard rule.automaton.wordCount(from: key.state) > Self.manyNames else { return key }

        let walker = KeyWalker(key, rule: rule, machine: machine)
        let start = KeyWalker.State(node: key.place, state: key.state, hash: key.hash)
        let isUniversal = rule.automaton.isUniversal(from: key.state)
        // Where other names may not have all letters, the members are stepped apart.
        let needsMembers = limit < .max || !isUniversal
        if limit == .max {
            if isUniversal {
                tokens.insertInner(lengths: 0...Int(Int32.max), into: &mask)
            } else if !insertFree(
                tokens, rule: object.nameRule, from: key.state, count: 0,

                avoidingTaken: walker.isAnyTaken ? key : nil, into: &mask)
            {
                tokens.insertInner(
                    walker, from: KeyWalker.State(node: -1, state: key.state, hash: key.hash), into: &mask)
            }
        } else if isUniversal, object.labelCount == 1 {
            insertNames(key, walker, from: start, tokens, into: &mask)
        }
        // Near the end of the budget names that patterns tell apart do not grow: they only end.
        var colons: [Int32: TokenMask] = [:]
        var ends: Set<Int> = []
        func close(_ list: Int32, _ state: KeyWalker.State) {
            guard let colon = colon(after: state, key, object) else { return }
            if colons[colon.place] == nil {
                let first = machine.configurationCount
                machine.emit(colon)
                var accepted = suffixes(tokens, from: first)
                machine.configurationCount = first
                ends.formUnion(separateEnds(&accepted, tokens, in: key.frame))
                colons[colon.place] = accepted
            }
            if let accepted = colons[colon.place] {
                tokens.closing.insert(list: list, accepting: accepted, into: &mask)
            }
        }
        for list in tokens.closingTrie.rootPayloads { close(list, start) }
        tokens.closingTrie.walk(walker, from: start) { list, state, _ in
            if list >= 0 { close(list, state) }
        }
        addTokens(withSuffixes: ends.sorted(), after: key, tokens, into: &mask)
        guard needsMembers, key.place >= 0 else { return nil }
        var member = key
        member.state = -1
        return member
    }

    /// The inner tokens of a name of any letters such that the ending fits: its quote, colon and value are known.
    private mutating func insertNames(
        _ key: Configuration, _ walker: KeyWalker, from start: KeyWalker.State, _ tokens: StringTokens,
        into mask: inout TokenMask
    ) {
        let colon = Configuration(kind: .colon, place: -1, frame: key.frame, hash: key.hash)
        let room = limit - 1 - machine.shortest(colon)
        guard room >= 0 else { return }
        // No code point needs more bytes after its first one, and a name that is taken needs one more letter.
        guard room < 6 else { return tokens.insertInner(lengths: 0...Int(Int32.max), into: &mask) }
        var walker = walker
        walker.room = room
        tokens.insertInner(walker, from: start, into: &mask)
    }

    /// The colon that follows if the key ends; nil if it is no name that may come.
    private mutating func colon(
        after state: KeyWalker.State, _ key: Configuration, _ object: GrammarTables.ObjectShape
    ) -> Configuration? {
        let frame = machine.frames[Int(key.frame)]
        if state.node >= 0 {
            let text = machine.tables.tries.nodes[Int(state.node)].text
            if text >= 0 {
                let member = machine.tables.tries.texts[Int(text)].payload
                guard machine.canAdd(member: member, to: key.frame) else { return nil }
                return Configuration(
                    kind: .colon, place: member, frame: key.frame, hash: frame.isHashed ? state.hash : 0)
            }
        }
        guard state.state >= 0, machine.tables.strings[Int(object.nameRule)].canEnd(state.state, count: 0),
            !machine.store.contains(state.hash, from: frame.object.names)
        else { return nil }
        return Configuration(
            kind: .colon, place: -1 - machine.tables.label(of: object, state.state), frame: key.frame, hash: state.hash)
    }
}

/// Runs the members of an object and the rule of its other names side by side over tries of code points.
struct KeyWalker: StringWalker {
    struct State: BitwiseCopyable {
        let node: Int32
        let state: Int32
        let hash: UInt64
    }

    private let key: Configuration
    private let rule: StringRule
    private let machine: PushdownMachine
    private let object: GrammarTables.ObjectShape
    /// Names that may not come again.
    private let taken: Int
    /// Bytes that the rest of the name may have.
    var room = Int.max

    init(_ key: Configuration, rule: StringRule, machine: PushdownMachine) {
        self.key = key
        self.rule = rule
        self.machine = machine
        let frame = machine.frames[Int(key.frame)]
        object = machine.tables.objects[Int(frame.shape)]
        taken = object.members.count + machine.store.count(from: frame.object.names)
    }

    /// Whether a name that the rule admits is taken.
    var isAnyTaken: Bool { taken > 0 }

    @inline(__always)
    func step(_ state: State, _ scalar: UInt32) -> State? {
        var next = state.state >= 0 ? rule.automaton.next(state.state, scalar) : -1
        var node = state.node
        var hash = TextHash(state.hash)
        if scalar >= 0x20, scalar < 0x80, scalar != 0x22, scalar != 0x5C {
            let byte = UInt8(truncatingIfNeeded: scalar)
            hash.add(byte)
            if node >= 0 { node = machine.tables.tries.child(of: node, byte) }
        } else {
            for byte in CanonicalBytes(of: scalar) {
                hash.add(byte)
                if node >= 0 { node = machine.tables.tries.child(of: node, byte) }
            }
        }
        if next >= 0, rule.automaton.wordCount(from: next) <= taken,
            machine.freeName(next, hash: hash.value, key.frame, object) == nil
        {
            next = -1
        }
        return next < 0 && node < 0 ? nil : State(node: node, state: next, hash: hash.value)
    }

    // A member among the other names changes nothing here: its letters lead on in their automaton too, or in the trie.
    func canStep(_ state: State, into range: ClosedRange<UInt32>) -> Bool {
        state.node >= 0 || state.state >= 0 && rule.automaton.hasTransition(from: state.state, into: range)
    }

    func canEnd(_ state: State) -> Bool { true }

    func canStop(_ state: State) -> Bool {
        if room == .max { return true }
        guard state.state >= 0, let rest = machine.freeName(state.state, hash: state.hash, key.frame, object) else {
            return false
        }
        return rest.count <= room
    }

    func canStop(_ state: State, inside prefix: CodePointPrefix) -> Bool { prefix.remaining <= room }
}
