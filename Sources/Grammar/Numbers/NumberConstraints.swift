/// What a conjunction of subschemas says of a number.
struct NumberConstraints: Hashable, Sendable {
    var mustBeInteger = false
    var mustNotBeInteger = false
    /// The tightest bounds of all subschemas.
    var minimum: Decimal?
    var minimumIsExclusive = false
    var maximum: Decimal?
    var maximumIsExclusive = false
    /// Every one of these must divide the value.
    var multiples: [Decimal] = []
    /// None of these may divide the value.
    var notMultiples: [Decimal] = []
    /// Values that are not allowed, however spelt.
    var excluded: [Decimal] = []
    /// Whether every value has one spelling: no exponent, no trailing zero in a fraction, no `-0`.
    var needsUniqueSpelling = false

    mutating func raiseMinimum(to bound: Decimal, exclusive: Bool) {
        if let minimum, bound < minimum || (bound == minimum && !exclusive) { return }
        minimum = bound
        minimumIsExclusive = exclusive
    }

    mutating func lowerMaximum(to bound: Decimal, exclusive: Bool) {
        if let maximum, bound > maximum || (bound == maximum && !exclusive) { return }
        maximum = bound
        maximumIsExclusive = exclusive
    }

    /// Whether `value` satisfies all constraints; false too where a division is too large to decide.
    func admits(_ value: Decimal) -> Bool {
        if mustBeInteger && !value.isInteger || mustNotBeInteger && value.isInteger { return false }
        if let minimum, value < minimum || (minimumIsExclusive && value == minimum) { return false }
        if let maximum, value > maximum || (maximumIsExclusive && value == maximum) { return false }
        return multiples.allSatisfy { value.isMultiple(of: $0) == true }
            && notMultiples.allSatisfy { value.isMultiple(of: $0) == false } && !excluded.contains(value)
    }

    /// Whether nothing but the type of the value is constrained.
    var isType: Bool {
        minimum == nil && maximum == nil && multiples.isEmpty && notMultiples.isEmpty && excluded.isEmpty
    }

    /// Whether the bounds, or the demands on the type, leave no number at all.
    var isContradictory: Bool {
        if mustBeInteger && mustNotBeInteger { return true }
        guard let minimum, let maximum else { return false }
        return minimum > maximum || (minimum == maximum && (minimumIsExclusive || maximumIsExclusive))
    }
}
