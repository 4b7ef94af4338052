extension StringAutomaton {
    /// Accepts exactly `words`, each a sequence of scalars; words with surrogates are left out.
    init(words: some Collection<[UInt32]>) throws(StringAutomatonError) {
        let words = words.filter { word in word.allSatisfy { ScalarSet.all.contains($0) } }
        guard !words.isEmpty else {
            self = .empty
            return
        }
        let alphabet = ScalarSet(words.joined().lazy.map { $0...$0 }).ranges.joined().map { ScalarSet($0) }
        let (classes, _) = try ScalarClasses.separating(alphabet)
        var table = AutomatonTable(
            classes: classes, transitions: [Int32](repeating: -1, count: classes.count), labels: [0])
        for word in words {
            var state = 0
            for scalar in word {
                let slot = state * classes.count + classes.classIndex(of: scalar)
                if table.transitions[slot] < 0 {
                    table.transitions[slot] = Int32(table.stateCount)
                    table.labels.append(0)
                    table.transitions += [Int32](repeating: -1, count: classes.count)
                    guard table.transitions.count <= Self.maximumTransitionCount else { throw .tooLarge }
                }
                state = Int(table.transitions[slot])
            }
            table.labels[state] = 1
        }
        self.init(trimmed: table.canonical())
    }

    /// Accepts the strings of at least `minimumLength` and at most `maximumLength` code points; `.max` is unbounded.
    init(minimumLength: Int, maximumLength: Int) throws(StringAutomatonError) {
        let minimum = max(minimumLength, 0)
        guard minimum <= maximumLength else {
            self = .empty
            return
        }
        let last = maximumLength == .max ? minimum : maximumLength
        guard last < Self.maximumStateCount else { throw .tooManyStates }
        let labels = (0...last).map { $0 >= minimum ? 1 : 0 } as [UInt64]
        var transitions = Array(1...Int32(last + 1))
        transitions[last] = maximumLength == .max ? Int32(last) : -1
        self.init(
            trimmed: AutomatonTable(classes: .single, transitions: transitions, labels: labels).canonical())
    }
}
