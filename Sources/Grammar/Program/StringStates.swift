/// What masks need to know of the states of a string automaton: the code points that cannot follow, for how many code
/// points they stay the same, and whether many words can still come.
///
/// In `[a-z]*` they stay the same for ever, in `[a-z]{1,63}` for a while: masks of such states need no walk over a trie.
struct StringStates: Sendable {
    /// So many words are many.
    static let manyWords = 1000
    /// Code points that many words are looked for in.
    static let reach = 3

    /// The index in `sets` and the steps for each state.
    private var sets: [[ClosedRange<UInt32>]] = []
    private var setOfState: [Int32] = []
    private var steps: [Int32] = []
    /// Whether so many words, or as many beginnings of words, come within reach.
    private let hasMany: [Bool]

    init(_ automaton: StringAutomaton) {
        let width = automaton.classes.count
        hasMany = Self.statesWithManyWords(automaton)
        var indices: [[Bool]: Int32] = [:]
        for state in 0..<automaton.stateCount {
            let isDead = automaton.transitions[state * width..<(state + 1) * width].map { $0 < 0 }
            let index = indices[isDead] ?? Int32(sets.count)
            if index == sets.count {
                indices[isDead] = index
                sets.append(Self.ranges(automaton.classes, isDead))
            }
            setOfState.append(index)
        }
        findSteps(automaton)
    }

    /// Code points that may be read until others are excluded: from the changes backwards, breadth first.
    private mutating func findSteps(_ automaton: StringAutomaton) {
        let width = automaton.classes.count
        steps = [Int32](repeating: .max, count: automaton.stateCount)
        var sources = [[Int32]](repeating: [], count: automaton.stateCount)
        var queue: [Int32] = []
        for state in 0..<automaton.stateCount {
            for target in Set(automaton.transitions[state * width..<(state + 1) * width]) where target >= 0 {
                sources[Int(target)].append(Int32(state))
                if setOfState[Int(target)] != setOfState[state], steps[state] == .max {
                    steps[state] = 1
                    queue.append(Int32(state))
                }
            }
        }
        var next = 0
        while next < queue.count {
            let state = Int(queue[next])
            next += 1
            for source in sources[state] where steps[Int(source)] == .max {
                steps[Int(source)] = steps[state] + 1
                queue.append(source)
            }
        }
    }

    private static func ranges(_ classes: ScalarClasses, _ isDead: [Bool]) -> [ClosedRange<UInt32>] {
        var ranges: [ClosedRange<UInt32>] = []
        for run in classes.starts.indices where isDead[Int(classes.classes[run])] {
            let range = classes.range(ofRun: run)
            if let last = ranges.last, last.upperBound + 1 == range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound...range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    private static func statesWithManyWords(_ automaton: StringAutomaton) -> [Bool] {
        let width = automaton.classes.count
        let sizes = (0..<width).map { column in max(1, automaton.classes.ascii.count { Int($0) == column }) }
        var words = [Int](repeating: 1, count: automaton.stateCount)
        for _ in 0..<reach {
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

    /// In ascending order, and for how many code points, `Int32.max` for ever.
    func after(_ state: Int32) -> (ranges: [ClosedRange<UInt32>], steps: Int) {
        (sets[Int(setOfState[Int(state)])], Int(steps[Int(state)]))
    }
}
