/// A lookaround made deterministic, over the classes of the whole pattern.
struct PatternLookMachine {
    /// A lookahead in this state cannot hold any more.
    static let failed: Int32 = -1
    /// A lookahead in this state holds whatever follows.
    static let fulfilled: Int32 = -2

    let isAhead: Bool
    let isNegated: Bool
    private let width: Int
    private var transitions: [Int32]
    /// Lookahead: bit 0 where the text may end. Lookbehind: where a match ends, a bit for each kind of what follows.
    private var labels: [UInt64]
    /// The first state by what lies before the place.
    private(set) var starts: [Int32]

    init(_ look: PatternLook, table: AutomatonTable, starts: [Int32]) {
        isAhead = look.isAhead
        isNegated = look.isNegated
        width = table.classes.count
        transitions = table.transitions
        labels = table.labels
        self.starts = starts
        if isAhead { settle(classes: table.classes) }
    }

    func next(_ state: Int32, by column: Int) -> Int32 {
        state < 0 ? state : transitions[Int(state) * width + column]
    }

    /// Whether a lookahead in this state holds if the text ends here.
    func holdsAtEnd(_ state: Int32) -> Bool { state == Self.fulfilled || state >= 0 && labels[Int(state)] != 0 }

    /// Whether a lookbehind holds in this state before what `following` says.
    func holds(_ state: Int32, before following: PatternDeterminizer.Neighbour) -> Bool {
        (state >= 0 && labels[Int(state)] >> UInt64(following.rawValue) & 1 == 1) != isNegated
    }

    /// Negates if asked to, joins equivalent states and marks those whose outcome is settled.
    private mutating func settle(classes: ScalarClasses) {
        let sink = Int32(labels.count)
        labels = (labels + [0]).map { ($0 & 1 != 0) != isNegated ? 1 : 0 }
        transitions = transitions.map { $0 < 0 ? sink : $0 } + [Int32](repeating: sink, count: width)
        let blocks = AutomatonTable(classes: classes, transitions: transitions, labels: labels).equivalenceClasses()
        // One state of each block stands for it.
        var representatives = [Int32](repeating: -1, count: blocks.count)
        for (state, block) in blocks.enumerated() where representatives[Int(block)] < 0 {
            representatives[Int(block)] = Int32(state)
        }
        let settled = blocks.indices.map { state -> Int32 in
            let row = transitions[state * width..<(state + 1) * width]
            guard row.allSatisfy({ blocks[Int($0)] == blocks[state] }) else {
                return representatives[Int(blocks[state])]
            }
            return labels[state] != 0 ? Self.fulfilled : Self.failed
        }
        transitions = transitions.map { settled[Int($0)] }
        starts = starts.map { settled[$0 < 0 ? Int(sink) : Int($0)] }
    }
}
