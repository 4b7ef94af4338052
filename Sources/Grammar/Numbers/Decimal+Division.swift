extension Decimal {
    /// Most steps of a division whose divisor exceeds a machine word.
    private static let maximumDivisionWork = 100_000

    /// Whether the value is `other` times an integer; nil where the division would take too long. Of zero only zero is
    /// a multiple.
    func isMultiple(of other: Decimal) -> Bool? {
        if isZero || other.isZero { return isZero }
        // Neither coefficient ends in a zero, so a smaller power of ten cannot be made up for.
        let shift = exponent - other.exponent
        guard shift >= 0 else { return false }
        if let divisor = other.coefficient {
            var rest = 0
            for digit in digits { rest = (rest * 10 + Int(digit)) % divisor }
            return Self.multiply(rest, Self.powerOfTen(shift, modulo: divisor), modulo: divisor) == 0
        }
        guard (digits.count + shift) * other.digits.count <= Self.maximumDivisionWork else { return nil }
        return isMultipleByLongDivision(of: other.digits, shift: shift)
    }

    /// The digits as a number, if there are at most 17: ten times it still fits in an `Int`.
    var coefficient: Int? {
        digits.count <= 17 ? digits.reduce(0) { $0 * 10 + Int($1) } : nil
    }

    /// The value divided by ten to `power`, if that is an integer of at most 37 digits.
    func scaled(to power: Int) -> Int128? {
        guard !isZero else { return 0 }
        guard exponent >= power, digits.count + exponent - power <= 37 else { return nil }
        var value = digits.reduce(Int128(0)) { $0 * 10 + Int128($1) }
        for _ in power..<exponent { value *= 10 }
        return isNegative ? -value : value
    }

    /// 10 to `power` modulo `modulus`, by squaring.
    private static func powerOfTen(_ power: Int, modulo modulus: Int) -> Int {
        var (result, square, rest) = (1 % modulus, 10 % modulus, power)
        while rest > 0 {
            if rest & 1 == 1 { result = multiply(result, square, modulo: modulus) }
            square = multiply(square, square, modulo: modulus)
            rest >>= 1
        }
        return result
    }

    private static func multiply(_ left: Int, _ right: Int, modulo modulus: Int) -> Int {
        Int(truncatingIfNeeded: Int128(left) * Int128(right) % Int128(modulus))
    }

    /// Schoolbook division of the digits with `shift` zeros appended, keeping the remainder only.
    private func isMultipleByLongDivision(of divisor: [UInt8], shift: Int) -> Bool {
        // One more place than the divisor, most significant first.
        let divisor = [0] + divisor
        var rest = [UInt8](repeating: 0, count: divisor.count)
        for index in 0..<digits.count + shift {
            rest.removeFirst()
            rest.append(index < digits.count ? digits[index] : 0)
            while !rest.lexicographicallyPrecedes(divisor) { Self.subtract(divisor, from: &rest) }
        }
        return rest.allSatisfy { $0 == 0 }
    }

    /// `rest` less `divisor`, which is not greater and has as many digits.
    private static func subtract(_ divisor: [UInt8], from rest: inout [UInt8]) {
        var borrow: UInt8 = 0
        for index in rest.indices.reversed() {
            let taken = divisor[index] + borrow
            borrow = rest[index] < taken ? 1 : 0
            rest[index] = rest[index] + borrow * 10 - taken
        }
    }
}
