/// One pass of an automaton over a text, which may begin a match at every place.
struct PatternSearch {
    private let program: PatternProgram
    private let text: [UInt32]
    /// For each lookaround, at which places it holds.
    private let tables: [[Bool]]
    /// The `take` instructions reached at the current place.
    private var states: [Int] = []
    private var pending: [Int] = []
    /// The place at which an instruction was reached last.
    private var reached: [Int]
    private var visits = 0

    init(program: PatternProgram, text: [UInt32], tables: [[Bool]]) {
        self.program = program
        self.text = text
        self.tables = tables
        reached = Array(repeating: -1, count: program.instructions.count)
    }

    /// Whether a match ends anywhere; nil if the budget runs out.
    mutating func hasMatch(budget: inout Int) -> Bool? {
        var found = false
        let isComplete = run(budget: &budget) { _, isMatch in
            found = found || isMatch
            return !found
        }
        return isComplete ? found : nil
    }

    /// For each place whether a match ends there; nil if the budget runs out.
    mutating func allMatches(budget: inout Int) -> [Bool]? {
        var table = [Bool](repeating: false, count: text.count + 1)
        let isComplete = run(budget: &budget) { place, isMatch in
            table[place] = isMatch
            return true
        }
        return isComplete ? table : nil
    }

    /// Calls `visit` for each place in reading order until it returns false; returns whether the budget sufficed.
    private mutating func run(budget: inout Int, visit: (Int, _ isMatch: Bool) -> Bool) -> Bool {
        let (first, last, step) = program.isBackward ? (text.count, 0, -1) : (0, text.count, 1)
        var next: [Int] = []
        var place = first
        while true {
            var isMatch = false
            states.removeAll(keepingCapacity: true)
            for state in next where follow(state, at: place) { isMatch = true }
            if !program.isAnchored || place == 0, follow(0, at: place) { isMatch = true }
            guard visit(place, isMatch) else { return true }
            guard place != last, !(states.isEmpty && program.isAnchored) else { return true }
            let codePoint = text[program.isBackward ? place - 1 : place]
            next.removeAll(keepingCapacity: true)
            for state in states {
                if case .take(let set) = program.instructions[state], program.sets[set].contains(codePoint) {
                    next.append(state + 1)
                }
            }
            budget -= 1 + visits / 4
            visits = 0
            guard budget > 0 else { return false }
            place += step
        }
    }

    /// Adds all states that are reached from an instruction without reading; returns whether the end is among them.
    private mutating func follow(_ instruction: Int, at place: Int) -> Bool {
        var isMatch = false
        pending.append(instruction)
        while let index = pending.popLast() {
            guard reached[index] != place else { continue }
            reached[index] = place
            visits += 1
            switch program.instructions[index] {
            case .take: states.append(index)
            case .split(let first, let second):
                pending.append(second)
                pending.append(first)
            case .jump(let target): pending.append(target)
            case .assertion(let assertion):
                if assertion.holds(at: place, in: text) { pending.append(index + 1) }
            case .look(let table, let expected):
                if tables[table][place] == expected { pending.append(index + 1) }
            case .match: isMatch = true
            }
        }
        return isMatch
    }
}
