/// The automata whose product is a constraint, for each sign.
struct NumberParts {
    /// Nil where no number of the sign is admitted.
    private(set) var positive: (spelling: NumberSpelling, others: [NumberPart])?
    private(set) var negative: (spelling: NumberSpelling, others: [NumberPart])?
    /// Integer digits that numbers may have: those of the options, or more where the constraints need them.
    let integerDigits: Int
    /// Most states their product may have.
    let maximumStates: Int

    /// Most bytes of the spellings of excluded values.
    private static let maximumExcludedLength = 1 << 16

    /// Throws if a multiple takes too many states, or the excluded values do.
    init(_ constraints: NumberConstraints, _ options: NumberOptions) throws(TooManyStates) {
        let shared = try Self.trackers(constraints)
        let hasValueParts = !constraints.isType
        let spelling = NumberSpelling(constraints, allowsExponent: !hasValueParts && options.maximumExponentDigits > 0)
        let limit = max(options.maximumIntegerDigits, Self.integerDigits(constraints))
        integerDigits = limit
        maximumStates = NumberTableBuilder.maximumStates
        for isNegative in [false, true] {
            guard let bounds = Self.bounds(constraints, isNegative: isNegative, limit: limit) else { continue }
            let excluded = try Self.excluded(constraints, isNegative: isNegative, limit: limit)
            let others = bounds + shared + (excluded.isEmpty ? [] : [.values(DecimalTrie(excluded, isExcluding: true))])
            if isNegative { negative = (spelling, others) } else { positive = (spelling, others) }
        }
    }

    /// The parts for a finite set of values, all of which satisfy `constraints`.
    init(_ constraints: NumberConstraints, _ options: NumberOptions, only values: [Decimal]) {
        let spelling = NumberSpelling(constraints, allowsExponent: false)
        integerDigits = max(options.maximumIntegerDigits, values.map(\.integerDigits.count).max() ?? 0)
        maximumStates = NumberTableBuilder.maximumListedStates
        let notNegative = values.filter { !$0.isNegative }
        let notPositive = values.filter { $0.isNegative || ($0.isZero && !constraints.needsUniqueSpelling) }
        if !notNegative.isEmpty { positive = (spelling, [.values(DecimalTrie(notNegative, isExcluding: false))]) }
        if !notPositive.isEmpty { negative = (spelling, [.values(DecimalTrie(notPositive, isExcluding: false))]) }
    }

    private static func trackers(_ constraints: NumberConstraints) throws(TooManyStates) -> [NumberPart] {
        var parts: [NumberPart] = []
        for (multiples, isNegated) in [(constraints.multiples, false), (constraints.notMultiples, true)] {
            for multiple in multiples {
                let limit = NumberTableBuilder.maximumStates
                guard let tracker = MultipleTracker(multiple, isNegated: isNegated, limit: limit) else {
                    throw TooManyStates()
                }
                parts.append(.multiple(tracker))
            }
        }
        return parts
    }

    /// Integer digits that the least numbers of a sign, and the multiples themselves, have.
    private static func integerDigits(_ constraints: NumberConstraints) -> Int {
        let multiples = constraints.multiples.map { $0.integerDigits.count + 1 }.reduce(0, +)
        var bound = 0
        if let minimum = constraints.minimum, minimum > .zero { bound = minimum.integerDigits.count + 1 }
        if let maximum = constraints.maximum, maximum < .zero { bound = maximum.integerDigits.count + 1 }
        return multiples + bound
    }

    /// The bounds on the absolute value; nil if no number of the sign keeps to them.
    private static func bounds(_ constraints: NumberConstraints, isNegative: Bool, limit: Int) -> [NumberPart]? {
        var (least, leastIsExclusive) = (constraints.minimum, constraints.minimumIsExclusive)
        var (most, mostIsExclusive) = (constraints.maximum, constraints.maximumIsExclusive)
        if isNegative {
            (least, most) = (most?.negated, least?.negated)
            (leastIsExclusive, mostIsExclusive) = (mostIsExclusive, leastIsExclusive)
        }
        if let most, most < .zero || (most.isZero && mostIsExclusive) { return nil }
        var parts: [NumberPart] = []
        if let least, least > .zero || (least.isZero && leastIsExclusive) {
            parts.append(.bound(MagnitudeBound(least, isLower: true, isExclusive: leastIsExclusive)))
        }
        // A bound with more digits than a number may have says nothing.
        if let most, most.integerDigits.count <= limit {
            parts.append(.bound(MagnitudeBound(most, isLower: false, isExclusive: mostIsExclusive)))
        }
        return parts
    }

    private static func excluded(_ constraints: NumberConstraints, isNegative: Bool, limit: Int)
        throws(TooManyStates) -> [Decimal]
    {
        var values = constraints.excluded.filter {
            ($0.isNegative == isNegative || $0.isZero) && $0.digits.count + $0.exponent <= limit
        }
        let length = values.reduce(0) { $0 + $1.digits.count + abs($1.exponent) }
        guard length <= maximumExcludedLength else { throw TooManyStates() }
        if isNegative && constraints.needsUniqueSpelling { values.append(.zero) }
        return values
    }
}

extension NumberSpelling {
    init(_ constraints: NumberConstraints, allowsExponent: Bool) {
        let isPlain = constraints.mustBeInteger || constraints.mustNotBeInteger || constraints.needsUniqueSpelling
        self.init(
            allowsFraction: !constraints.mustBeInteger, allowsExponent: allowsExponent && !isPlain,
            needsFraction: constraints.mustNotBeInteger, isUnique: constraints.needsUniqueSpelling)
    }
}

extension Decimal {
    var negated: Decimal { Decimal(isNegative: !isNegative, digits: digits, exponent: exponent) }
}
