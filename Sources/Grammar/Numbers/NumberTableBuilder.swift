/// A table would take more than `NumberTableBuilder.maximumStates`.
struct TooManyStates: Error {}

/// Explores the product of the parts of a constraint, for either sign, into one transition table.
struct NumberTableBuilder {
    /// Most states of a table of residues or comparisons.
    static let maximumStates = 20_000
    /// Most states of a table that lists its values, whose number is bounded by itself.
    static let maximumListedStates = 1 << 16

    private let maximumStates: Int
    private(set) var transitions = [Int32](repeating: -1, count: NumberSymbol.count)
    private(set) var phases: [NumberPhase] = [.integer]
    private(set) var accepting = [false]

    /// `positive` and `negative` are the parts for each sign, a spelling first; nil where no number has the sign.
    init(
        positive: (spelling: NumberSpelling, others: [NumberPart])?,
        negative: (spelling: NumberSpelling, others: [NumberPart])?,
        maximumStates: Int
    ) throws(TooManyStates) {
        self.maximumStates = maximumStates
        var plus: Int32?
        if let positive {
            let start = try add(positive.spelling, positive.others)
            for symbol in 0..<NumberSymbol.count {
                transitions[symbol] = transitions[Int(start) * NumberSymbol.count + symbol]
            }
            plus = start
        }
        guard let negative else { return }
        if let plus, let positive, positive.others == negative.others {
            transitions[NumberSymbol.minus] = plus
        } else {
            transitions[NumberSymbol.minus] = try add(negative.spelling, negative.others)
        }
    }

    /// Adds the states of one product; returns its first.
    private mutating func add(_ spelling: NumberSpelling, _ others: [NumberPart]) throws(TooManyStates) -> Int32 {
        let parts = [.spelling(spelling)] + others
        var product = NumberProduct(counts: parts.map(\.stateCount), firstState: phases.count)
        guard product.fitsKey else { throw TooManyStates() }
        let start = product.state(of: parts.map { _ in 0 })
        var explored = 0
        var current = parts.map { _ in 0 }
        var next = current
        while explored < product.count {
            product.copyComponents(explored, to: &current)
            accepting.append(parts.indices.allSatisfy { parts[$0].accepts(current[$0]) })
            phases.append(spelling.phase(current[0]))
            for symbol in 0..<NumberSymbol.count {
                let isAlive = Self.advance(parts, current, symbol, &next)
                transitions.append(isAlive ? product.state(of: next) : -1)
            }
            explored += 1
            guard phases.count <= maximumStates else { throw TooManyStates() }
        }
        return start
    }

    private static func advance(_ parts: [NumberPart], _ current: [Int], _ symbol: Int, _ next: inout [Int]) -> Bool {
        for index in parts.indices {
            guard let state = parts[index].next(current[index], symbol) else { return false }
            next[index] = state
        }
        return true
    }
}
