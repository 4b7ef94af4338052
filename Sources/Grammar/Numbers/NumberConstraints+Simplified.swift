extension NumberConstraints {
    /// Most multiples, of either kind, that one number is checked against.
    private static let maximumMultiples = 64
    /// Most values that are listed one by one.
    static let maximumValues: Int128 = 4096

    /// The same constraints with fewer and smaller multiples; nil if they contradict each other.
    func simplified() throws(NumberRuleError) -> NumberConstraints? {
        let all = multiples + notMultiples
        guard all.allSatisfy({ $0 > .zero }) else {
            throw NumberRuleError(keyword: "multipleOf", reason: "must be greater than 0")
        }
        guard all.allSatisfy({ $0.coefficient != nil }) else {
            throw NumberRuleError(keyword: "multipleOf", reason: "has more than 17 significant digits")
        }
        guard all.count <= Self.maximumMultiples else {
            throw NumberRuleError(keyword: "multipleOf", reason: "more than \(Self.maximumMultiples) in one place")
        }
        var result = self
        if mustBeInteger {
            result.multiples = multiples.map(\.leastInteger)
            result.notMultiples = notMultiples.map(\.leastInteger)
        }
        result.multiples = Self.withoutImplied(result.multiples) { $0.isMultiple(of: $1) == true }
        result.notMultiples = Self.withoutImplied(result.notMultiples) { $1.isMultiple(of: $0) == true }
        if mustBeInteger { result.multiples.removeAll { $0 == Decimal(1) } }
        for other in result.notMultiples {
            // Every multiple of the one is a multiple of the other.
            if result.multiples.contains(where: { $0.isMultiple(of: other) == true }) { return nil }
        }
        if result.mustBeInteger && result.notMultiples.contains(Decimal(1)) { return nil }
        return result
    }

    /// `values` less those that another one of them implies.
    private static func withoutImplied(
        _ values: [Decimal], _ implies: (_ one: Decimal, _ other: Decimal) -> Bool
    ) -> [Decimal] {
        var kept: [Decimal] = []
        for value in values where !kept.contains(where: { implies($0, value) }) {
            kept.removeAll { implies(value, $0) }
            kept.append(value)
        }
        return kept
    }

    /// All values, if the bounds and a multiple leave few enough to list; in ascending order.
    func enumerated() -> [Decimal]? {
        guard let minimum, let maximum else { return nil }
        guard let unit = multiples.max() ?? (mustBeInteger ? Decimal(1) : nil) else { return nil }
        let power = min(minimum.exponent, maximum.exponent, unit.exponent)
        guard let least = minimum.scaled(to: power), let most = maximum.scaled(to: power),
            let step = unit.scaled(to: power), step > 0
        else { return nil }
        // Rounded inwards: division of integers rounds towards zero.
        let first = least / step + (least % step > 0 ? 1 : 0)
        let last = most / step - (most % step < 0 ? 1 : 0)
        guard last - first < Self.maximumValues else { return nil }
        let excluded = Set(excluded)
        var others = self
        others.excluded = []
        var values: [Decimal] = []
        var factor = first
        while factor <= last {
            let value = Decimal(factor * step, exponent: power)
            if others.admits(value) && !excluded.contains(value) { values.append(value) }
            factor += 1
        }
        return values
    }
}

extension Decimal {
    /// The least integer of which every integer multiple of the value is a multiple.
    fileprivate var leastInteger: Decimal {
        guard exponent < 0, let coefficient else { return self }
        return Decimal(Int128(MultipleTracker.withoutPowersOfTen(coefficient, -exponent)))
    }
}
