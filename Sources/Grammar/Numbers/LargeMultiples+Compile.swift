extension LargeMultiples {
    /// The rule for simplified constraints that ask for multiples of one integer and bound its sign at most; else nil.
    init?(_ constraints: NumberConstraints, _ options: NumberOptions) {
        guard constraints.multiples.count == 1, let multiple = constraints.multiples.first,
            constraints.mustBeInteger || multiple.isInteger, !constraints.mustNotBeInteger,
            constraints.notMultiples.isEmpty, constraints.excluded.isEmpty,
            let value = multiple.scaled(to: 0), value <= Self.maximumDivisor
        else { return nil }
        // Bounds must say no more than which signs are allowed.
        var bounds = constraints
        bounds.multiples = []
        allowsNegative = bounds.admits(multiple.negated)
        allowsPositive = bounds.admits(multiple)
        guard constraints.minimum == nil || (!allowsNegative && allowsPositive),
            constraints.maximum == nil || (allowsNegative && !allowsPositive)
        else { return nil }
        divisorDigits = multiple.integerDigits.count
        divisor = Int(truncatingIfNeeded: value)
        allowsZero = bounds.admits(.zero)
        allowsNegativeZero = allowsZero && !constraints.needsUniqueSpelling
        allowsFraction =
            !constraints.mustBeInteger && !constraints.needsUniqueSpelling && options.maximumFractionDigits > 0
        maximumIntegerDigits = max(options.maximumIntegerDigits, multiple.integerDigits.count + 1)
        maximumFractionDigits = options.maximumFractionDigits
    }
}
