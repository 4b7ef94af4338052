/// One constraint on the text of a number without its sign, as an automaton whose first state is 0.
enum NumberPart: Hashable, Sendable {
    case spelling(NumberSpelling)
    case bound(MagnitudeBound)
    case multiple(MultipleTracker)
    case values(DecimalTrie)

    var stateCount: Int {
        switch self {
        case .spelling(let part): part.stateCount
        case .bound(let part): part.stateCount
        case .multiple(let part): part.stateCount
        case .values(let part): part.stateCount
        }
    }

    func accepts(_ state: Int) -> Bool {
        switch self {
        case .spelling(let part): part.accepts(state)
        case .bound(let part): part.accepts(state)
        case .multiple(let part): part.accepts(state)
        case .values(let part): part.accepts(state)
        }
    }

    /// The state after `symbol`; nil if no number that satisfies the constraint continues so.
    func next(_ state: Int, _ symbol: Int) -> Int? {
        switch self {
        case .spelling(let part): part.next(state, symbol)
        case .bound(let part): part.next(state, symbol)
        case .multiple(let part): part.next(state, symbol)
        case .values(let part): part.next(state, symbol)
        }
    }
}
