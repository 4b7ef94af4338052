/// What strings a value may be: a regular language and a length in code points. Exact: what is live takes both into
/// account.
struct StringRule: Sendable {
    /// How much of the rule has to be looked at.
    private enum Kind {
        /// The automaton accepts everything: only the length counts.
        case universal
        /// The bounds cut nothing off the language: only the state counts.
        case unbounded
        case bounded(StringLengths)
    }

    private static let maximumMinimum = 1 << 30
    /// Counts that are looked at one by one for `freeCount`.
    private static let maximumSteps = 256

    let automaton: StringAutomaton
    let minimum: Int
    let maximum: Int
    /// A count up to which every state that can be reached with so many code points is live; -1 if there is none,
    /// `.max` if all are. What goes on to no larger count need not look at counts.
    let freeCount: Int
    let characters: CheapestCharacters
    private let kind: Kind
    /// Bounds that cut something off; 0 and `.max` otherwise.
    private let effectiveMinimum: Int
    private let effectiveMaximum: Int
    /// Fewest bytes from each state to an end, whatever the length.
    private let cheapest: [Int32]

    /// A rule for the same strings, whose automaton is another one where a table of its states and lengths would be too
    /// large: then the states themselves count.
    static func counting(
        _ automaton: StringAutomaton, minimum: Int, maximum: Int
    ) throws(StringAutomatonError) -> StringRule? {
        do {
            return try StringRule(automaton: automaton, minimum: minimum, maximum: maximum)
        } catch {
            let lengths = try StringAutomaton(minimumLength: minimum, maximumLength: maximum)
            return try StringRule(automaton: automaton.intersection(lengths))
        }
    }

    /// The strings of `automaton` with `minimum` to `maximum` code points, `.max` for no bound; nil if there are none.
    init?(
        automaton: StringAutomaton, minimum: Int = 0, maximum: Int = .max, spelling: StringSpelling = .quoted
    ) throws(StringAutomatonError) {
        guard !automaton.isEmpty, minimum <= maximum, maximum >= 0 else { return nil }
        guard minimum <= Self.maximumMinimum else {
            throw StringAutomatonError(reason: "asks for strings of more than \(Self.maximumMinimum) characters")
        }
        self.automaton = automaton
        self.minimum = minimum
        self.maximum = maximum
        characters = CheapestCharacters(automaton.classes, spelling)
        if automaton.isUniversal {
            (effectiveMinimum, effectiveMaximum) = (max(minimum, 0), maximum)
            (kind, cheapest, freeCount) = (.universal, [], maximum)
            return
        }
        let accepting = (0..<Int32(automaton.stateCount)).map { automaton.isAccepting($0) }
        let words = automaton.wordLengths
        guard words.shortest <= maximum, words.longest >= minimum else { return nil }
        effectiveMinimum = words.shortest >= minimum ? 0 : minimum
        effectiveMaximum = words.longest <= maximum ? .max : maximum
        let edges = StringEdges(automaton, characters)
        if effectiveMinimum == 0, effectiveMaximum == .max {
            (kind, cheapest, freeCount) = (.unbounded, edges.cheapest(accepting: accepting), .max)
            return
        }
        let lengths = try StringLengths(edges: edges, accepting: accepting, maximum: effectiveMaximum)
        guard lengths.isFeasible(0, effectiveMinimum...effectiveMaximum) else { return nil }
        (kind, cheapest) = (.bounded(lengths), [])
        freeCount = Self.freeCount(lengths, edges, minimum: effectiveMinimum, maximum: effectiveMaximum)
    }

    /// Looks at all states where that is enough, and otherwise at those that each count can lead to.
    private static func freeCount(_ lengths: StringLengths, _ edges: StringEdges, minimum: Int, maximum: Int) -> Int {
        let strict = lengths.firstStrict(upTo: minimum, slack: maximum == .max ? .max : maximum - minimum)
        let distance = lengths.longestDistance
        let lastUnsure = distance == nil ? maximum : strict.map { minimum - $0 } ?? -1
        var reached: Set<Int32> = [0]
        var count = 0
        while count <= lastUnsure {
            let left = max(minimum - count, 0)...(maximum == .max ? .max : maximum - count)
            guard count < maximumSteps, reached.allSatisfy({ lengths.isFeasible($0, left) }) else { return count - 1 }
            reached = Set(reached.lazy.flatMap { edges.targets[edges[Int($0)]] })
            count += 1
        }
        guard maximum != .max, let distance else { return maximum }
        return max(minimum - 1, maximum - distance)
    }

    /// Whether the string may end in `state` after `count` code points.
    func canEnd(_ state: Int32, count: Int) -> Bool {
        effectiveMinimum <= count && count <= effectiveMaximum && automaton.isAccepting(state)
    }

    /// Whether some continuation is a member.
    func isLive(_ state: Int32, count: Int) -> Bool {
        guard count <= effectiveMaximum else { return false }
        guard case .bounded(let lengths) = kind else { return true }
        return lengths.isFeasible(state, remaining(count))
    }

    /// Fewest bytes of a continuation that is a member, without the closing quote; the state must be live.
    func shortest(_ state: Int32, count: Int) -> Int {
        switch kind {
        case .universal: max(effectiveMinimum - count, 0)
        case .unbounded: Int(cheapest[Int(state)])
        case .bounded(let lengths): lengths.cheapest(state, remaining(count))?.bytes ?? 0
        }
    }

    /// Appends such a continuation, always the same one.
    func appendShortest(_ state: Int32, count: Int, to bytes: inout [UInt8]) {
        switch kind {
        case .universal:
            bytes += [UInt8](repeating: UInt8(CheapestCharacters.filler), count: max(effectiveMinimum - count, 0))
        case .unbounded:
            var state = state
            while cheapest[Int(state)] > 0 {
                let due = cheapest[Int(state)]
                guard let next = step(from: state, to: &bytes, where: { due == $1 + cheapest[Int($0)] }) else { return }
                state = next
            }
        case .bounded(let lengths):
            guard var (length, due) = lengths.cheapest(state, remaining(count)) else { return }
            var state = state
            while length > 0 {
                length -= 1
                let next = step(from: state, to: &bytes) { target, cost in
                    lengths.cost(target, length).map { $0 + Int(cost) == due } ?? false
                }
                guard let next else { return }
                state = next
                due = lengths.cost(state, length) ?? 0
            }
        }
    }

    /// The count to remember: counts that all behave the same are made the same.
    func normalized(_ count: Int) -> Int {
        effectiveMaximum == .max ? min(count, effectiveMinimum) : count
    }

    /// Appends the first character of `state` whose target and cost are right.
    private func step(
        from state: Int32, to bytes: inout [UInt8], where isRight: (Int32, Int32) -> Bool
    ) -> Int32? {
        let width = automaton.classes.count
        for column in 0..<width {
            let target = automaton.transitions[Int(state) * width + column]
            guard target >= 0, isRight(target, characters.costs[column]) else { continue }
            bytes += characters.bytes(column)
            return target
        }
        return nil
    }

    /// How many code points may still come.
    private func remaining(_ count: Int) -> ClosedRange<Int> {
        let least = max(effectiveMinimum - count, 0)
        return least...(effectiveMaximum == .max ? .max : max(effectiveMaximum - count, least))
    }
}

extension StringAutomaton {
    /// Code points of the shortest and of the longest word; `.max` if words grow for ever. Not for the empty language.
    var wordLengths: (shortest: Int, longest: Int) {
        var distance = [Int](repeating: -1, count: stateCount)
        distance[0] = 0
        var queue = [0]
        var next = 0
        var shortest = Int.max
        while next < queue.count, shortest == .max {
            let state = queue[next]
            next += 1
            if isAccepting(Int32(state)) { shortest = distance[state] }
            for target in transitions[state * classes.count..<(state + 1) * classes.count]
            where target >= 0 && distance[Int(target)] < 0 {
                distance[Int(target)] = distance[state] + 1
                queue.append(Int(target))
            }
        }
        return (shortest, wordCount(from: 0) == Int(Int32.max) ? .max : longestWord())
    }

    /// Walks the states, none of which is on a cycle, in the order of their transitions.
    private func longestWord() -> Int {
        var incoming = [Int](repeating: 0, count: stateCount)
        for target in transitions where target >= 0 { incoming[Int(target)] += 1 }
        var length = [Int](repeating: 0, count: stateCount)
        var queue = incoming.indices.filter { incoming[$0] == 0 }
        var longest = 0
        while let state = queue.popLast() {
            longest = max(longest, length[state])
            for target in transitions[state * classes.count..<(state + 1) * classes.count] where target >= 0 {
                length[Int(target)] = max(length[Int(target)], length[state] + 1)
                incoming[Int(target)] -= 1
                if incoming[Int(target)] == 0 { queue.append(Int(target)) }
            }
        }
        return longest
    }
}
