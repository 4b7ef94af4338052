/// The names that properties may have beyond those that are declared one by one, told apart by patterns.
struct NameLanguage {
    let automaton: StringAutomaton
    /// For each state, which entry of `matches` a name that ends there has.
    let labels: [Int32]
    /// The sets of patterns that names can match, one bit for each pattern.
    let matches: [UInt64]

    init(_ patterns: [StringAutomaton], admitted: StringAutomaton?) throws(StringAutomatonError) {
        var (automaton, sets) =
            patterns.isEmpty
            ? (StringAutomaton.universal, [0]) : try StringAutomaton.labelled(patterns)
        if let admitted {
            // The states of the product, by running both side by side once more.
            let admission = UInt64(1) << UInt64(patterns.count)
            let (both, bothSets) = try StringAutomaton.labelled(patterns + [admitted])
            let (trimmed, origin) = both.accepting { bothSets[Int($0)] & admission != 0 }
            automaton = trimmed
            sets = origin.map { bothSets[Int($0)] & ~admission }
        }
        var matches: [UInt64] = []
        var labels: [Int32] = []
        for (state, set) in sets.enumerated() {
            guard automaton.isAccepting(Int32(state)) else {
                labels.append(-1)
                continue
            }
            if let index = matches.firstIndex(of: set) {
                labels.append(Int32(index))
            } else {
                labels.append(Int32(matches.count))
                matches.append(set)
            }
        }
        self.automaton = automaton
        self.labels = labels
        self.matches = matches
    }
}

extension GrammarCompiler {
    /// The strings that satisfy all literals.
    mutating func nameLanguage(_ literals: [Literal]) throws(StringAutomatonError) -> StringAutomaton {
        if let known = strings.languages[literals] { return known }
        var expander = ClauseExpander(ValueKey(literals, needsUniqueSpelling: false), type: .string)
        let clauses: [Clause]
        do throws(GrammarError) {
            clauses = try expander.expand(&self)
        } catch {
            throw StringAutomatonError(reason: "needs names that cannot be held: \(error.message)")
        }
        var language: StringAutomaton?
        for clause in clauses {
            var automaton = try strings.automaton(clause.strings, excluding: clause.excluded.compactMap(\.stringValue))
            if clause.strings.minimum > 0 || clause.strings.maximum < .max {
                automaton = try automaton.intersection(
                    StringAutomaton(minimumLength: clause.strings.minimum, maximumLength: clause.strings.maximum))
            }
            if let constants = clause.constants {
                let words = constants.compactMap(\.stringValue).map { $0.unicodeScalars.map(\.value) }
                automaton = try automaton.intersection(try StringAutomaton(words: words))
            }
            if let others = language { automaton = try others.union(automaton) }
            language = automaton
        }
        let result = language ?? .empty
        strings.languages[literals] = result
        return result
    }
}
