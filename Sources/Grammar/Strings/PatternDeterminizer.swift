/// Makes the program of a pattern deterministic (subset construction).
///
/// A state is what lies before the place, the states of lookbehinds, and a set of threads: an instruction with the
/// lookaheads that its thread still owes. Assertions are decided when it is known what follows.
struct PatternDeterminizer {
    /// What lies before or behind a place in the text.
    enum Neighbour: Int32 {
        case edge = 0
        case other = 1
        case word = 2
    }

    enum Mode {
        /// The pattern matches somewhere; then the text may go on as it likes.
        case search
        /// The pattern matches from here on; then the text may go on as it likes. Starts for each neighbour.
        case prefix
        /// The pattern matches somewhere up to the present place; labels have a bit for each neighbour that follows.
        case suffix
    }

    /// Bounds the time and memory of a construction.
    private static let maximumWork = 10_000_000
    private static let maximumStorage = 2_000_000

    private let program: PatternProgram
    private let mode: Mode
    private let machines: [PatternLookMachine]
    private let behind: [Int]
    private let alphabet: PatternAlphabet
    private let instructionCount: Int32

    private var obligations: PatternObligations
    private var kernels = PatternKernels()
    private var table: AutomatonTable
    private var isAnchored = false
    private var work = 0
    /// Threads of the last closure that take a scalar or have matched.
    private var reached: [Int32] = []
    private var stack: [Int32] = []
    private var marks: [Int32] = []
    private var mark: Int32 = 0

    init(_ program: PatternProgram, mode: Mode, machines: [PatternLookMachine], alphabet: PatternAlphabet) {
        self.program = program
        self.mode = mode
        self.machines = machines
        self.alphabet = alphabet
        behind = mode == .search ? machines.indices.filter { !machines[$0].isAhead } : []
        instructionCount = Int32(program.instructions.count)
        obligations = PatternObligations(machines: machines)
        table = AutomatonTable(classes: alphabet.classes, transitions: [], labels: [])
    }

    /// The table and the states it begins in, by what lies before.
    mutating func run() throws(StringAutomatonError) -> (table: AutomatonTable, starts: [Int32]) {
        isAnchored = mode == .prefix ? true : try matchesOnlyAtStart()
        let neighbours: [Neighbour] = mode == .prefix ? [.edge, .other, .word] : [.edge]
        let starts = neighbours.map { neighbour in
            kernels.number(of: [neighbour.rawValue] + behind.map { machines[$0].starts[0] } + [program.start])
        }
        var state = 0
        while state < kernels.count {
            try addState(state)
            state += 1
            try StringAutomaton.checkSize(states: kernels.count, classes: alphabet.classes.count)
            guard kernels.storage.count <= Self.maximumStorage else { throw .tooLarge }
        }
        return (table, starts)
    }

    /// Whether no thread gets anywhere from a place behind the first.
    private mutating func matchesOnlyAtStart() throws(StringAutomatonError) -> Bool {
        guard behind.isEmpty else { return false }
        for before in [Neighbour.other, .word] {
            for next in [Neighbour.edge, .other, .word] {
                try close([program.start], before: before, states: [], next: next)
                if !reached.isEmpty { return false }
            }
        }
        return true
    }

    private mutating func addState(_ state: Int) throws(StringAutomatonError) {
        let kernel = Array(kernels.storage[kernels.range(of: state)])
        guard kernel != [Self.matched] else {
            table.labels.append(1)
            table.transitions += [Int32](repeating: Int32(state), count: alphabet.classes.count)
            return
        }
        let before = Neighbour(rawValue: kernel[0]) ?? .other
        let looks = kernel[1...].prefix(behind.count)
        let threads = kernel[(1 + behind.count)...]
        var label: UInt64 = 0
        try close(threads, before: before, states: looks, next: .edge)
        if hasMatchAtEnd() { label |= 1 }
        var targets = [Int32](repeating: -1, count: alphabet.classes.count)
        let following: [Neighbour] = alphabet.usesWords ? [.other, .word] : [.other]
        for next in following {
            if program.usesNext { try close(threads, before: before, states: looks, next: next) }
            let isMatched = reached.contains { isMatch($0) && $0 < instructionCount }
            if mode == .suffix, isMatched { label |= 1 << UInt64(next.rawValue) }
            for column in targets.indices where !alphabet.usesWords || alphabet.isWord[column] == (next == .word) {
                targets[column] =
                    isMatched && mode != .suffix
                    ? kernels.number(of: [Self.matched]) : try step(by: column, next, states: looks)
            }
        }
        if mode == .suffix, !alphabet.usesWords { label |= (label & 2) << 1 }
        table.labels.append(label)
        table.transitions += targets
    }

    /// Stands alone in the kernel of the state that accepts whatever follows.
    private static let matched: Int32 = -1

    private func isMatch(_ thread: Int32) -> Bool {
        if case .match = program.instructions[Int(thread % instructionCount)].kind { true } else { false }
    }

    private func hasMatchAtEnd() -> Bool {
        reached.contains { isMatch($0) && obligations.holdAtEnd($0 / instructionCount) }
    }

    /// The state after a scalar of a class, from the threads of the last closure; -1 if none is left.
    private mutating func step(
        by column: Int, _ kind: Neighbour, states: ArraySlice<Int32>
    ) throws(StringAutomatonError) -> Int32 {
        work += reached.count + 1
        guard work <= Self.maximumWork else { throw .tooLarge }
        var threads: [Int32] = []
        for thread in reached {
            let instruction = program.instructions[Int(thread % instructionCount)]
            let target: Int32
            switch instruction.kind {
            case .set where alphabet.contains(column, inSet: instruction.argument): target = instruction.next
            case .match where mode != .suffix: target = thread % instructionCount
            default: continue
            }
            if let owed = try obligations.stepping(thread / instructionCount, by: column) {
                threads.append(owed * instructionCount + target)
            }
        }
        if !isAnchored { threads.append(program.start) }
        if threads.isEmpty { return -1 }
        threads.sort()
        var kernel = [kind.rawValue]
        for (index, look) in behind.enumerated() {
            kernel.append(machines[look].next(states[states.startIndex + index], by: column))
        }
        for (index, thread) in threads.enumerated() where index == 0 || threads[index - 1] != thread {
            kernel.append(thread)
        }
        return kernels.number(of: kernel)
    }

    /// Follows threads to where they take a scalar or match, at a place between two neighbours.
    private mutating func close(
        _ threads: ArraySlice<Int32>, before: Neighbour, states: ArraySlice<Int32>, next: Neighbour
    ) throws(StringAutomatonError) {
        reached.removeAll(keepingCapacity: true)
        mark += 1
        for thread in threads { push(thread) }
        while let thread = stack.popLast() {
            work += 1
            let instruction = program.instructions[Int(thread % instructionCount)]
            let owed = thread / instructionCount
            let onward = thread - thread % instructionCount + instruction.next
            switch instruction.kind {
            case .set, .match: reached.append(thread)
            case .split:
                push(onward - instruction.next + instruction.other)
                push(onward)
            case .assertion(let assertion):
                if Self.holds(assertion, before: before, next: next) { push(onward) }
            case .look:
                let machine = machines[Int(instruction.argument)]
                if !machine.isAhead {
                    guard let index = behind.firstIndex(of: Int(instruction.argument)) else { continue }
                    if machine.holds(states[states.startIndex + index], before: next) { push(onward) }
                } else if let owed = try obligations.adding(
                    instruction.argument, machine.starts[Int(before.rawValue)], to: owed)
                {
                    guard obligations.count * Int(instructionCount) <= Self.maximumStorage else { throw .tooLarge }
                    push(owed * instructionCount + instruction.next)
                }
            }
        }
    }

    private mutating func push(_ thread: Int32) {
        let index = Int(thread)
        if index >= marks.count { marks += [Int32](repeating: 0, count: index + 1 - marks.count) }
        guard marks[index] != mark else { return }
        marks[index] = mark
        stack.append(thread)
    }

    private static func holds(_ assertion: PatternNode.Assertion, before: Neighbour, next: Neighbour) -> Bool {
        switch assertion {
        case .start: before == .edge
        case .end: next == .edge
        case .wordBoundary: (before == .word) != (next == .word)
        case .noWordBoundary: (before == .word) == (next == .word)
        }
    }
}
