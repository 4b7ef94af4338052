extension ExactDecimal: Comparable {
    static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.sign != right.sign { return left.sign < right.sign }
        return left.isNegative ? right.magnitudePrecedes(left) : left.magnitudePrecedes(right)
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// Compares where the leading digits stand, then the digits; leading zeros have been removed.
    private func magnitudePrecedes(_ other: ExactDecimal) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        let (order, otherOrder) = (digits.count + exponent, other.digits.count + other.exponent)
        return order == otherOrder ? digits.lexicographicallyPrecedes(other.digits) : order < otherOrder
    }
}
