import Synchronization

/// What masks need to know of the states of a string automaton, found when it is first asked for.
///
/// After `[a-z]*` the same letters may come for ever; in an address nearly all letters may come nearly everywhere. What
/// may come wherever a token can lead needs no walk over a trie, and few tokens are left to be tried one by one.
final class StringStates: Sendable {
    /// So many words are many.
    static let manyWords = 1000
    /// Code points that many words are looked for in.
    static let manyWordsReach = 3
    /// Code points for which `Surroundings.common` holds.
    static let reach = 24

    /// The code points around a state, as what is excluded from them: ranges in ascending order.
    struct Surroundings: Sendable {
        /// What some state within `reach` excludes: whatever else comes leads on, for so many code points.
        let excludedSomewhere: [ClosedRange<UInt32>]
        /// What every state that can be reached excludes.
        let excludedEverywhere: [ClosedRange<UInt32>]
        /// Whether many words can come of every state within `reach`.
        let keepsManyWords: Bool
    }

    private let automaton: StringAutomaton
    /// Whether so many words, or as many beginnings of words, come of each state.
    private let hasMany: [Bool]
    private let surroundings = Mutex<[Int32: Surroundings]>([:])

    init(_ automaton: StringAutomaton) {
        self.automaton = automaton
        hasMany = Self.statesWithManyWords(automaton)
    }

    private static func statesWithManyWords(_ automaton: StringAutomaton) -> [Bool] {
        let width = automaton.classes.count
        let sizes = (0..<width).map { column in max(1, automaton.classes.ascii.count { Int($0) == column }) }
        var words = [Int](repeating: 1, count: automaton.stateCount)
        for _ in 0..<manyWordsReach {
            words = (0..<automaton.stateCount).map { state in
                var sum = automaton.isAccepting(Int32(state)) ? 1 : 0
                for column in 0..<width {
                    let target = automaton.transitions[state * width + column]
                    if target >= 0 { sum = min(sum + sizes[column] * words[Int(target)], manyWords) }
                }
                return sum
            }
        }
        return words.map { $0 >= manyWords }
    }

    func hasManyWords(_ state: Int32) -> Bool { hasMany[Int(state)] }

    func surroundings(of state: Int32) -> Surroundings {
        if let known = surroundings.withLock({ $0[state] }) { return known }
        let new = makeSurroundings(of: state)
        surroundings.withLock { $0[state] = new }
        return new
    }

    /// Goes over all states that can be reached, breadth first.
    private func makeSurroundings(of state: Int32) -> Surroundings {
        let width = automaton.classes.count
        var somewhere = [Bool](repeating: false, count: width)
        var everywhere = [Bool](repeating: true, count: width)
        var keepsManyWords = true
        var steps = [Int32](repeating: -1, count: automaton.stateCount)
        steps[Int(state)] = 0
        var queue = [state]
        var next = 0
        while next < queue.count {
            let here = queue[next]
            next += 1
            let isNear = steps[Int(here)] < Self.reach
            // A token may end one code point further on.
            if steps[Int(here)] <= Self.reach, !hasMany[Int(here)] { keepsManyWords = false }
            for column in 0..<width {
                let target = automaton.transitions[Int(here) * width + column]
                guard target >= 0 else {
                    if isNear { somewhere[column] = true }
                    continue
                }
                everywhere[column] = false
                if steps[Int(target)] < 0 {
                    steps[Int(target)] = steps[Int(here)] + 1
                    queue.append(target)
                }
            }
        }
        return Surroundings(
            excludedSomewhere: ranges(somewhere), excludedEverywhere: ranges(everywhere),
            keepsManyWords: keepsManyWords)
    }

    private func ranges(_ isExcluded: [Bool]) -> [ClosedRange<UInt32>] {
        let classes = automaton.classes
        var ranges: [ClosedRange<UInt32>] = []
        for run in classes.starts.indices where isExcluded[Int(classes.classes[run])] {
            let range = classes.range(ofRun: run)
            if let last = ranges.last, last.upperBound + 1 == range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound...range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }
}
