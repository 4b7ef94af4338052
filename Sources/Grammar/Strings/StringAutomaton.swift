/// A deterministic finite automaton over Unicode scalars: a regular language of strings.
///
/// Trimmed: every state can reach an accepting one. State 0 is the start; without states the language is empty. Built
/// smallest and numbered in a fixed order, so that equal languages are equal values, unless a method says otherwise.
struct StringAutomaton: Sendable {
    static let maximumStateCount = 10_000
    static let maximumTransitionCount = 2_000_000

    let classes: ScalarClasses
    let stateCount: Int
    /// `transitions[state * classes.count + class]`; -1 where no member goes on.
    let transitions: [Int32]
    private let accepting: [Bool]
    private let universal: [Bool]
    private let counts: [Int32]

    /// Takes a table as it is; it must be trimmed.
    init(trimmed table: AutomatonTable) {
        classes = table.classes
        stateCount = table.stateCount
        transitions = table.transitions
        accepting = table.labels.map { $0 != 0 }
        let sources = TransitionSources(table)
        universal = Self.universalStates(of: table, sources)
        counts = Self.wordCounts(of: table, sources)
    }

    /// Accepts every string.
    static let universal = StringAutomaton(
        trimmed: AutomatonTable(classes: .single, transitions: [0], labels: [1]))
    /// Accepts no string.
    static let empty = StringAutomaton(trimmed: .empty)

    var isEmpty: Bool { stateCount == 0 }

    /// Whether every string is accepted.
    var isUniversal: Bool { universal.first ?? false }

    /// The state after one more scalar; -1 if no member goes on like that, as behind a surrogate.
    func next(_ state: Int32, _ scalar: UInt32) -> Int32 {
        guard scalar < 0xD800 || (0xE000...0x10FFFF).contains(scalar) else { return -1 }
        return transitions[Int(state) * classes.count + classes.classIndex(of: scalar)]
    }

    func isAccepting(_ state: Int32) -> Bool { accepting[Int(state)] }

    /// Whether every continuation is accepted.
    func isUniversal(from state: Int32) -> Bool { universal[Int(state)] }

    /// Whether some scalar of `range` leads on from `state`.
    func hasTransition(from state: Int32, into range: ClosedRange<UInt32>) -> Bool {
        let row = Int(state) * classes.count
        var run = classes.run(of: range.lowerBound)
        while run < classes.starts.count, classes.starts[run] <= range.upperBound {
            if transitions[row + Int(classes.classes[run])] >= 0 { return true }
            run += 1
        }
        return false
    }

    /// The number of words accepted from `state`: exact below `Int32.max - 1`, which stands for that many or more, and
    /// `Int32.max` where they are infinitely many.
    func wordCount(from state: Int32) -> Int { Int(counts[Int(state)]) }

    func contains(_ scalars: some Sequence<UInt32>) -> Bool {
        guard !isEmpty else { return false }
        var state: Int32 = 0
        for scalar in scalars {
            state = next(state, scalar)
            if state < 0 { return false }
        }
        return isAccepting(state)
    }

    /// The table that this automaton was made of.
    var table: AutomatonTable {
        AutomatonTable(classes: classes, transitions: transitions, labels: accepting.map { $0 ? 1 : 0 })
    }
}

extension StringAutomaton: Hashable {
    static func == (left: Self, right: Self) -> Bool {
        left.accepting == right.accepting && left.transitions == right.transitions && left.classes == right.classes
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(stateCount)
        hasher.combine(transitions.prefix(64))
    }
}

extension StringAutomaton {
    /// A state is not universal if it does not accept, lacks a transition, or leads into one that is not.
    private static func universalStates(of table: AutomatonTable, _ sources: TransitionSources) -> [Bool] {
        let width = table.classes.count
        var universal = (0..<table.stateCount).map { state in
            table.labels[state] != 0 && !table.transitions[state * width..<(state + 1) * width].contains(-1)
        }
        var queue = (0..<table.stateCount).filter { !universal[$0] }
        while let state = queue.popLast() {
            for source in sources.all(into: state) where universal[Int(source)] {
                universal[Int(source)] = false
                queue.append(Int(source))
            }
        }
        return universal
    }

    /// Counts from the last states backwards; what is never counted lies on a cycle or before one.
    private static func wordCounts(of table: AutomatonTable, _ sources: TransitionSources) -> [Int32] {
        let width = table.classes.count
        let sizes = table.classes.sizes()
        let most = Int(Int32.max) - 1
        var counts = table.labels.map { $0 != 0 ? 1 : 0 }
        var open = (0..<table.stateCount).map { state in
            table.transitions[state * width..<(state + 1) * width].reduce(0) { $0 + ($1 >= 0 ? 1 : 0) }
        }
        var isCounted = [Bool](repeating: false, count: table.stateCount)
        var queue = (0..<table.stateCount).filter { open[$0] == 0 }
        while let state = queue.popLast() {
            isCounted[state] = true
            for column in 0..<width {
                for source in sources.into(state, by: column) {
                    // Below 2^31 scalars times below 2^31 words: no overflow.
                    counts[Int(source)] = min(counts[Int(source)] + sizes[column] * counts[state], most)
                    open[Int(source)] -= 1
                    if open[Int(source)] == 0 { queue.append(Int(source)) }
                }
            }
        }
        return counts.indices.map { isCounted[$0] ? Int32(counts[$0]) : .max }
    }
}
