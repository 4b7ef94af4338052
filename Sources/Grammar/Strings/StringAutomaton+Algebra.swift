extension StringAutomaton {
    /// The strings that both accept.
    func intersection(_ other: Self) throws(StringAutomatonError) -> Self {
        if isUniversal || other.isEmpty { return other }
        if other.isUniversal || isEmpty || self == other { return self }
        return try product(with: other, needsBoth: true)
    }

    /// The strings that one of both accepts.
    func union(_ other: Self) throws(StringAutomatonError) -> Self {
        if isEmpty || other.isUniversal { return other }
        if other.isEmpty || isUniversal || self == other { return self }
        return try product(with: other, needsBoth: false)
    }

    /// All other strings of Unicode scalars.
    func complement() throws(StringAutomatonError) -> Self {
        if isEmpty { return .universal }
        let sink = Int32(stateCount)
        guard stateCount < Self.maximumStateCount else { throw .tooManyStates }
        var table = table
        table.transitions = transitions.map { $0 < 0 ? sink : $0 }
        table.transitions += [Int32](repeating: sink, count: classes.count)
        table.labels = table.labels.map { 1 - $0 } + [1]
        return Self(trimmed: table.canonical())
    }

    /// Runs both side by side; -1 stands for the one that has died.
    private func product(with other: Self, needsBoth: Bool) throws(StringAutomatonError) -> Self {
        let (merged, left, right) = try classes.merged(with: other.classes)
        var pairs = PairNumbers()
        _ = pairs.number(of: (0, 0))
        var table = AutomatonTable(classes: merged, transitions: [], labels: [])
        var next = 0
        while next < pairs.count {
            let (own, theirs) = pairs[next]
            next += 1
            let accepts = (own >= 0 && isAccepting(own), theirs >= 0 && other.isAccepting(theirs))
            table.labels.append((needsBoth ? accepts.0 && accepts.1 : accepts.0 || accepts.1) ? 1 : 0)
            for column in 0..<merged.count {
                let ownNext = own < 0 ? -1 : transitions[Int(own) * classes.count + left[column]]
                let theirNext = theirs < 0 ? -1 : other.transitions[Int(theirs) * other.classes.count + right[column]]
                let isDead = needsBoth ? ownNext < 0 || theirNext < 0 : ownNext < 0 && theirNext < 0
                table.transitions.append(isDead ? -1 : pairs.number(of: (ownNext, theirNext)))
            }
            try Self.checkSize(states: pairs.count, classes: merged.count)
        }
        return Self(trimmed: table.canonical())
    }

    /// Several automata run side by side. `labels[state]` has bit i set where automaton i accepts. The result accepts
    /// everything and dies nowhere, but has as many states as telling the labels apart needs.
    static func labelled(
        _ automata: [Self]
    ) throws(StringAutomatonError) -> (automaton: Self, labels: [UInt64]) {
        guard automata.count <= 64 else {
            throw StringAutomatonError(reason: "runs more than 64 automata side by side")
        }
        var merged = ScalarClasses.single
        var columns: [[Int]] = []
        for automaton in automata {
            let (finer, before, own) = try merged.merged(with: automaton.classes)
            columns = columns.map { column in before.map { column[$0] } } + [own]
            merged = finer
        }
        var numbers: [[Int32]: Int32] = [:]
        var tuples = [automata.map { $0.isEmpty ? -1 : 0 } as [Int32]]
        numbers[tuples[0]] = 0
        var table = AutomatonTable(classes: merged, transitions: [], labels: [])
        var next = 0
        while next < tuples.count {
            let tuple = tuples[next]
            next += 1
            var label: UInt64 = 0
            for (index, state) in tuple.enumerated() where state >= 0 && automata[index].isAccepting(state) {
                label |= 1 << UInt64(index)
            }
            table.labels.append(label)
            for column in 0..<merged.count {
                var target = tuple
                for (index, state) in tuple.enumerated() where state >= 0 {
                    let automaton = automata[index]
                    target[index] =
                        automaton.transitions[Int(state) * automaton.classes.count + columns[index][column]]
                }
                let number = numbers[target] ?? Int32(tuples.count)
                if Int(number) == tuples.count {
                    numbers[target] = number
                    tuples.append(target)
                }
                table.transitions.append(number)
            }
            try checkSize(states: tuples.count, classes: merged.count)
        }
        return finishLabelled(table)
    }

    /// Labels with a bit above all others, so that trimming leaves states without one.
    private static func finishLabelled(_ table: AutomatonTable) -> (automaton: Self, labels: [UInt64]) {
        var table = table
        let labels = table.labels
        let distinct = Dictionary(labels.map { ($0, UInt64(0)) }) { first, _ in first }.keys.sorted()
        let numbers = Dictionary(uniqueKeysWithValues: zip(distinct, 1...UInt64(distinct.count)))
        table.labels = labels.map { numbers[$0] ?? 0 }
        let canonical = table.canonical()
        return (Self(trimmed: canonical), canonical.labels.map { distinct[Int($0) - 1] })
    }

    /// The same transitions with other accepting states, trimmed but not minimised; `origin` has the old number of each
    /// state.
    func accepting(where isAccepting: (Int32) -> Bool) -> (automaton: Self, origin: [Int32]) {
        var table = table
        table.labels = (0..<Int32(stateCount)).map { isAccepting($0) ? 1 : 0 }
        let (trimmed, origin) = table.trimmed()
        return (Self(trimmed: trimmed), origin)
    }

    static func checkSize(states: Int, classes: Int) throws(StringAutomatonError) {
        guard states <= maximumStateCount else { throw .tooManyStates }
        guard states * classes <= maximumTransitionCount else { throw .tooLarge }
    }
}

/// Numbers pairs of states in the order of their first mention.
private struct PairNumbers {
    private var numbers: [UInt64: Int32] = [:]
    private var pairs: [(Int32, Int32)] = []

    var count: Int { pairs.count }

    subscript(index: Int) -> (Int32, Int32) { pairs[index] }

    mutating func number(of pair: (Int32, Int32)) -> Int32 {
        let key = UInt64(UInt32(bitPattern: pair.0)) << 32 | UInt64(UInt32(bitPattern: pair.1))
        if let number = numbers[key] { return number }
        let number = Int32(pairs.count)
        numbers[key] = number
        pairs.append(pair)
        return number
    }
}
