/// A deterministic automaton over the bytes of a number's text; no state is without a way to an end.
struct NumberTable: Sendable {
    private struct State {
        let phase: NumberPhase
        let isEnd: Bool
        /// Fewest bytes to an end.
        var distance: Int32
        /// The column of the first of them.
        var symbol: UInt8 = 0
        /// Digits of the present phase among them.
        var need: Int32 = 0
    }

    /// Digits allowed in each phase, by `NumberPhase.rawValue`.
    private var limits: [Int]
    private var states: [State]
    private var transitions: [Int32]

    private static let unreachable = Int32.max

    /// Accepts nothing.
    static let empty = NumberTable()

    private init() {
        limits = []
        states = []
        transitions = []
    }

    /// Nil if no text ends within any limit.
    init?(_ builder: NumberTableBuilder, options: NumberOptions) {
        transitions = builder.transitions
        limits = [options.maximumIntegerDigits, options.maximumFractionDigits, options.maximumExponentDigits]
        states = zip(builder.phases, builder.accepting).map { phase, isEnd in
            State(phase: phase, isEnd: isEnd, distance: isEnd ? 0 : Self.unreachable)
        }
        measure()
        if states[0].distance == Self.unreachable {
            // Only fractions longer than the limit: as long as the shortest number needs.
            limits[1] = Int.max
            measure()
            guard states[0].distance != Self.unreachable else { return nil }
            limits[1] = fractionDigitsOfShortest()
            for state in states.indices where !states[state].isEnd { states[state].distance = Self.unreachable }
            measure()
        }
        countNeeds()
        limits[0] = max(limits[0], need(0))
        removeDeadTransitions()
    }

    var stateCount: Int { states.count }

    @inline(__always)
    func next(_ state: Int32, _ byte: UInt8) -> Int32 {
        guard state >= 0, let column = NumberSymbol.column(of: byte) else { return -1 }
        return transitions[Int(state) * NumberSymbol.count + column]
    }

    func canEnd(_ state: Int32) -> Bool { states[Int(state)].isEnd }
    func phase(_ state: Int32) -> NumberPhase { states[Int(state)].phase }
    func shortest(_ state: Int32) -> Int { Int(states[Int(state)].distance) }
    /// Digits of the present phase on the shortest way to an end.
    func need(_ state: Int32) -> Int { Int(states[Int(state)].need) }

    /// Most digits in the phase of `state`.
    func limit(_ state: Int32) -> Int { limits[Int(phase(state).rawValue)] }

    func appendShortest(_ state: Int32, to bytes: inout [UInt8]) {
        var state = Int(state)
        while states[state].distance > 0 {
            bytes.append(NumberSymbol.byte(of: Int(states[state].symbol)))
            state = nearest(state)
        }
    }

    /// The next state on the shortest way from one that is not an end.
    private func nearest(_ state: Int) -> Int {
        Int(transitions[state * NumberSymbol.count + Int(states[state].symbol)])
    }

    /// Computes the distances under the limits.
    private mutating func measure() {
        // States are numbered as they were reached, so most of the news runs backwards through them in one sweep.
        var isStable = false
        while !isStable {
            isStable = true
            for state in states.indices.reversed() where improve(state) { isStable = false }
        }
    }

    private mutating func improve(_ state: Int) -> Bool {
        var isImproved = false
        for column in 0..<NumberSymbol.count {
            let next = transitions[state * NumberSymbol.count + column]
            guard next >= 0, states[Int(next)].distance < states[state].distance - 1, fits(Int(next), column) else {
                continue
            }
            states[state].distance = states[Int(next)].distance + 1
            states[state].symbol = UInt8(truncatingIfNeeded: column)
            isImproved = true
        }
        return isImproved
    }

    /// Whether a phase that `column` enters can be left within its limit. What follows a point is digits to the end.
    private func fits(_ state: Int, _ column: Int) -> Bool {
        switch column {
        case NumberSymbol.point, NumberSymbol.exponent:
            Int(states[state].distance) <= limits[Int(states[state].phase.rawValue)]
        default: true
        }
    }

    private func fractionDigitsOfShortest() -> Int {
        var state = 0
        while states[state].phase == .integer && states[state].distance > 0 { state = nearest(state) }
        return Int(states[state].distance)
    }

    private mutating func countNeeds() {
        for state in states.indices.sorted(by: { states[$0].distance < states[$1].distance }) {
            guard states[state].distance > 0, states[state].distance < Self.unreachable else { continue }
            let next = nearest(state)
            guard states[next].phase == states[state].phase else { continue }
            let isDigit = NumberSymbol.digits.contains(Int(states[state].symbol))
            states[state].need = states[next].need + (isDigit ? 1 : 0)
        }
    }

    private mutating func removeDeadTransitions() {
        for slot in transitions.indices where transitions[slot] >= 0 {
            let next = Int(transitions[slot])
            let isDead = states[next].distance == Self.unreachable || !fits(next, slot % NumberSymbol.count)
            if isDead { transitions[slot] = -1 }
        }
    }
}
