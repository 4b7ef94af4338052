/// A deterministic automaton in the making: a table of transitions whose states carry labels. State 0 is the start.
///
/// A label is 0 where the automaton does not accept; equal labels are what minimisation may join.
struct AutomatonTable {
    var classes: ScalarClasses
    /// `transitions[state * classes.count + class]`; -1 where the automaton dies.
    var transitions: [Int32]
    var labels: [UInt64]

    var stateCount: Int { labels.count }

    static let empty = AutomatonTable(classes: .single, transitions: [], labels: [])

    /// The smallest table of the same language, numbered so that equal languages have equal tables.
    func canonical() -> AutomatonTable {
        trimmed().table.minimized().withFewestClasses().renumbered()
    }

    /// The states that lie on a path from the start to one with a label; `origin` has the old number of each.
    func trimmed() -> (table: AutomatonTable, origin: [Int32]) {
        let sources = TransitionSources(self)
        var isLive = labels.map { $0 != 0 }
        var queue = (0..<stateCount).filter { isLive[$0] }
        while let state = queue.popLast() {
            for source in sources.all(into: state) where !isLive[Int(source)] {
                isLive[Int(source)] = true
                queue.append(Int(source))
            }
        }
        let order = reachable(where: isLive)
        if order.count == stateCount { return (self, Array(0..<Int32(stateCount))) }
        return (restricted(to: order), order)
    }

    /// Joins classes that no state tells apart.
    private func withFewestClasses() -> AutomatonTable {
        guard classes.count > 1 else { return self }
        let width = classes.count
        var group = Array(0..<width)
        var known: [Int: [Int]] = [:]
        for column in 0..<width {
            var hash = 0
            for state in 0..<stateCount { hash = hash &* 31 &+ Int(transitions[state * width + column]) }
            let twin = known[hash, default: []].first { other in
                (0..<stateCount).allSatisfy { transitions[$0 * width + column] == transitions[$0 * width + other] }
            }
            if let twin { group[column] = twin } else { known[hash, default: []].append(column) }
        }
        let (joined, order) = classes.joined(by: group)
        var table = AutomatonTable(classes: joined, transitions: [], labels: labels)
        table.transitions.reserveCapacity(stateCount * order.count)
        for state in 0..<stateCount {
            for column in order { table.transitions.append(transitions[state * width + column]) }
        }
        return table
    }

    /// Numbers states in the order of a breadth-first walk.
    private func renumbered() -> AutomatonTable {
        let order = reachable(where: [Bool](repeating: true, count: stateCount))
        return order.elementsEqual(0..<Int32(stateCount)) ? self : restricted(to: order)
    }

    /// States of a breadth-first walk from the start over those that are live.
    private func reachable(where isLive: [Bool]) -> [Int32] {
        guard isLive.first == true else { return [] }
        var isSeen = [Bool](repeating: false, count: stateCount)
        isSeen[0] = true
        var order: [Int32] = [0]
        var next = 0
        while next < order.count {
            let row = Int(order[next]) * classes.count
            next += 1
            for target in transitions[row..<row + classes.count] {
                guard target >= 0, isLive[Int(target)], !isSeen[Int(target)] else { continue }
                isSeen[Int(target)] = true
                order.append(target)
            }
        }
        return order
    }

    /// The table with only the states of `order`, in that order.
    private func restricted(to order: [Int32]) -> AutomatonTable {
        guard !order.isEmpty else { return .empty }
        let width = classes.count
        var numbers = [Int32](repeating: -1, count: stateCount)
        for (number, state) in order.enumerated() { numbers[Int(state)] = Int32(number) }
        var table = AutomatonTable(classes: classes, transitions: [], labels: order.map { labels[Int($0)] })
        table.transitions.reserveCapacity(order.count * width)
        for state in order {
            for target in transitions[Int(state) * width..<(Int(state) + 1) * width] {
                table.transitions.append(target < 0 ? -1 : numbers[Int(target)])
            }
        }
        return table
    }
}

/// The transitions of a table by their targets.
struct TransitionSources {
    private let width: Int
    /// Where the sources of each target and class begin.
    private var offsets: [Int32]
    private var sources: [Int32]

    init(_ table: AutomatonTable) {
        width = table.classes.count
        offsets = [Int32](repeating: 0, count: table.stateCount * width + 1)
        for state in 0..<table.stateCount {
            for column in 0..<width {
                let target = table.transitions[state * width + column]
                if target >= 0 { offsets[Int(target) * width + column + 1] += 1 }
            }
        }
        for index in 1..<max(offsets.count, 1) { offsets[index] += offsets[index - 1] }
        sources = [Int32](repeating: 0, count: Int(offsets.last ?? 0))
        var next = offsets
        for state in 0..<table.stateCount {
            for column in 0..<width {
                let target = table.transitions[state * width + column]
                guard target >= 0 else { continue }
                let slot = Int(target) * width + column
                sources[Int(next[slot])] = Int32(state)
                next[slot] += 1
            }
        }
    }

    /// The states that lead into `target` by scalars of one class.
    func into(_ target: Int, by column: Int) -> ArraySlice<Int32> {
        let slot = target * width + column
        return sources[Int(offsets[slot])..<Int(offsets[slot + 1])]
    }

    /// The states that lead into `target`, once for each class that does.
    func all(into target: Int) -> ArraySlice<Int32> {
        sources[Int(offsets[target * width])..<Int(offsets[(target + 1) * width])]
    }
}
