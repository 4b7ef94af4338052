/// Fewest bytes of the words of each number of code points, for every state of an automaton.
///
/// The rows repeat sooner or later, but for a number of bytes that each state adds per period: then no more are stored.
struct StringLengths: Sendable {
    private static let maximumEntryCount = 1_000_000
    private static let maximumPeriod = 32
    private static let none = Int32.max

    private let stateCount: Int
    /// Rows below this one are passed once; those from it on repeat.
    private var preperiod: Int
    /// 0 if the rows do not repeat, because lengths are bounded.
    private var period = 0
    /// Bytes that each state adds per period.
    private var slopes: [Int32] = []
    /// `costs[length * stateCount + state]`, and from each entry on the distances in code points to the next that is a
    /// length of words, and to the cheapest one.
    private var costs: [Int32]
    private var gaps: [Int32] = []
    private var detours: [Int32] = []

    /// Rows for lengths up to `maximum`.
    init(edges: StringEdges, accepting: [Bool], maximum: Int) throws(StringAutomatonError) {
        stateCount = edges.stateCount
        costs = accepting.map { $0 ? 0 : Self.none }
        preperiod = 1
        while preperiod - 1 < maximum, period == 0 {
            guard costs.count + stateCount <= Self.maximumEntryCount else {
                throw StringAutomatonError(reason: "needs too large a table together with its lengths")
            }
            addRow(edges)
            preperiod += 1
            findPeriod(edges)
        }
        measureDistances()
    }

    /// One code point more than the row before.
    private mutating func addRow(_ edges: StringEdges) {
        let last = costs.count - stateCount
        for state in 0..<stateCount {
            var cheapest = Self.none
            for edge in edges[state] {
                let rest = costs[last + Int(edges.targets[edge])]
                if rest != Self.none { cheapest = min(cheapest, rest + edges.costs[edge]) }
            }
            costs.append(cheapest)
        }
    }

    private mutating func findPeriod(_ edges: StringEdges) {
        let rows = preperiod
        for candidate in 1...Self.maximumPeriod {
            guard rows > 2 * candidate else { return }
            if let found = slopes(period: candidate, edges) {
                (period, slopes, preperiod) = (candidate, found, rows - 1 - 2 * candidate)
                return
            }
        }
    }

    /// What each state adds per period, if all rows to come follow from the last ones.
    ///
    /// They do if one period and a row repeat up to a number for each state, and no state leads to one that adds less:
    /// then the cheapest successor of a state stays the cheapest.
    private func slopes(period: Int, _ edges: StringEdges) -> [Int32]? {
        let end = costs.count
        // Most candidates fail here, and the last states are those that differ.
        for index in (end - stateCount..<end).reversed()
        where (costs[index] == Self.none) != (costs[index - period * stateCount] == Self.none) {
            return nil
        }
        var slopes = [Int32](repeating: -1, count: stateCount)
        for index in (end - (period + 1) * stateCount)..<end {
            let (now, before) = (costs[index], costs[index - period * stateCount])
            if now == Self.none || before == Self.none {
                if now != before { return nil }
                continue
            }
            let state = index % stateCount
            guard now >= before, slopes[state] < 0 || slopes[state] == now - before else { return nil }
            slopes[state] = now - before
        }
        for state in 0..<stateCount {
            for edge in edges[state] {
                let slope = slopes[Int(edges.targets[edge])]
                if slope >= 0, slope < slopes[state] { return nil }
            }
        }
        return slopes
    }

    /// Fills `gaps` and `detours` from the last row backwards. The rows of a second period are looked ahead to and
    /// dropped.
    private mutating func measureDistances() {
        gaps = [Int32](repeating: Self.none, count: costs.count)
        detours = [Int32](repeating: 0, count: costs.count)
        for index in costs.indices.reversed() {
            let above = index + stateCount
            if costs[index] != Self.none {
                gaps[index] = 0
            } else if above < costs.count, gaps[above] != Self.none {
                gaps[index] = gaps[above] + 1
            }
            guard above < costs.count else { continue }
            let detour = detours[above] + 1
            let cheapest = costs[index + Int(detour) * stateCount]
            if cheapest < costs[index] { detours[index] = detour }
        }
        guard period > 0 else { return }
        let kept = (preperiod + period) * stateCount
        costs.removeLast(costs.count - kept)
        gaps.removeLast(gaps.count - kept)
        detours.removeLast(detours.count - kept)
    }

    private func index(_ state: Int32, _ length: Int) -> Int {
        let row = length < preperiod || period == 0 ? length : preperiod + (length - preperiod) % period
        return row * stateCount + Int(state)
    }

    /// Fewest bytes of a word of exactly `length` code points; nil if there is none.
    func cost(_ state: Int32, _ length: Int) -> Int? {
        let cost = costs[index(state, length)]
        guard cost != Self.none else { return nil }
        guard period > 0, length >= preperiod else { return Int(cost) }
        return Int(cost) + (length - preperiod) / period * Int(slopes[Int(state)])
    }

    /// Code points from `length` to the next length of a word; nil if there is none.
    func gap(_ state: Int32, from length: Int) -> Int? {
        let gap = gaps[index(state, length)]
        return gap == Self.none ? nil : Int(gap)
    }

    func isFeasible(_ state: Int32, _ lengths: ClosedRange<Int>) -> Bool {
        guard let gap = gap(state, from: lengths.lowerBound) else { return false }
        return gap <= lengths.upperBound - lengths.lowerBound
    }

    /// The length within `lengths` of the words with the fewest bytes, and those; nil if there are none.
    func cheapest(_ state: Int32, _ lengths: ClosedRange<Int>) -> (length: Int, bytes: Int)? {
        guard isFeasible(state, lengths) else { return nil }
        let best = lengths.lowerBound + Int(detours[index(state, lengths.lowerBound)])
        if best <= lengths.upperBound, let bytes = cost(state, best) { return (best, bytes) }
        // The cheapest of all are too long, which takes longer words of shorter characters: rare.
        var found: (length: Int, bytes: Int)?
        for length in lengths {
            if let bytes = cost(state, length), bytes < found?.bytes ?? .max { found = (length, bytes) }
        }
        return found
    }

    /// The least length from 1 up to `bound` where some state is further than `slack` from the next length of a word.
    func firstStrict(upTo bound: Int, slack: Int) -> Int? {
        // Behind the stored rows nothing new comes.
        let last = min(bound, costs.count / stateCount - 1)
        return (1...max(last, 1)).first { length in
            length <= last
                && gaps[index(0, length)..<index(0, length) + stateCount].contains {
                    $0 == Self.none || Int($0) > slack
                }
        }
    }

    /// The most code points that the shortest words of a state have; nil if those of some state are beyond the bound.
    var longestDistance: Int? {
        let furthest = gaps[..<stateCount].max() ?? 0
        return furthest == Self.none ? nil : Int(furthest)
    }
}
