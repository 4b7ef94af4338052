extension ExactDecimal {
    /// Whether this is a whole multiple of `divisor`, which is not zero.
    ///
    /// With `a × 10^m` and `b × 10^n` in lowest form, `a` has no factor ten to make up for a missing one in `b`: unless
    /// `m ≥ n` the quotient is broken. Otherwise `b` must divide `a × 10^(m-n)`.
    func isMultiple(of divisor: ExactDecimal) -> Bool {
        if digits.isEmpty { return true }
        guard exponent >= divisor.exponent, !divisor.digits.isEmpty else { return false }
        // Once the zeros have brought all the twos and fives that `b` can hold, more of them change nothing.
        let zeros = min(exponent - divisor.exponent, divisor.digits.count * 4)
        if divisor.digits.count <= 17 {
            let modulus = divisor.digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1) }
            var remainder = digits.reduce(UInt64(0)) { ($0 * 10 + UInt64($1)) % modulus }
            for _ in 0..<zeros { remainder = remainder * 10 % modulus }
            return remainder == 0
        }
        let modulus = Limbs(divisor.digits)
        var remainder = Limbs(count: modulus.words.count)
        for digit in digits { remainder.appendDigit(digit, modulo: modulus) }
        for _ in 0..<zeros { remainder.appendDigit(0, modulo: modulus) }
        return remainder.words.allSatisfy { $0 == 0 }
    }

    /// Steps that `isMultiple(of:)` takes.
    func divisionCost(by divisor: ExactDecimal) -> Int {
        let (steps, overflows) = (digits.count + divisor.digits.count * 4)
            .multipliedReportingOverflow(by: divisor.digits.count / 16 + 1)
        return overflows ? .max : steps
    }
}

/// A big natural number, least significant word first, with as much arithmetic as a remainder takes.
private struct Limbs {
    var words: [UInt32]

    init(count: Int) { words = Array(repeating: 0, count: count) }

    init(_ digits: [UInt8]) {
        words = Array(repeating: 0, count: digits.count / 9 + 2)
        for digit in digits { shift(digit) }
    }

    /// `self = self × 10 + digit`, which has room in one word more than the modulus.
    private mutating func shift(_ digit: UInt8) {
        var carry = UInt64(digit)
        for index in words.indices {
            carry += UInt64(words[index]) * 10
            words[index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
    }

    /// `self = (self × 10 + digit) mod modulus`, where self is less than the modulus already.
    mutating func appendDigit(_ digit: UInt8, modulo modulus: Limbs) {
        shift(digit)
        while !precedes(modulus) { subtract(modulus) }
    }

    private func precedes(_ other: Limbs) -> Bool {
        for index in words.indices.reversed() where words[index] != other.words[index] {
            return words[index] < other.words[index]
        }
        return false
    }

    private mutating func subtract(_ other: Limbs) {
        var borrow: Int64 = 0
        for index in words.indices {
            let difference = Int64(words[index]) - Int64(other.words[index]) + borrow
            words[index] = UInt32(truncatingIfNeeded: difference)
            borrow = difference >> 32
        }
    }
}
