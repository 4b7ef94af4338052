extension Decimal: Comparable {
    static func < (left: Decimal, right: Decimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.magnitudePrecedes(left) : left.magnitudePrecedes(right)
    }

    /// Whether the absolute value is less than that of `other`.
    private func magnitudePrecedes(_ other: Decimal) -> Bool {
        if isZero || other.isZero { return isZero && !other.isZero }
        let top = digits.count + exponent
        let otherTop = other.digits.count + other.exponent
        return top == otherTop ? digits.lexicographicallyPrecedes(other.digits) : top < otherTop
    }
}
