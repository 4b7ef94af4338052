/// Divisibility by a decimal, as an automaton over the digits read.
///
/// For `multiple` = coefficient x 10^`zeros`, an integer state is (zeros still missing at the end, residue of what is
/// before them), so that powers of ten cost one state each instead of a factor ten. For coefficient / 10^`places` an
/// integer counts modulo the part of the coefficient that its scaling by 10^`places` leaves; a fraction state is
/// (digits read, residue of the scaled value).
struct MultipleTracker: Hashable, Sendable {
    let isNegated: Bool
    private let modulus: Int
    private let integerModulus: Int
    private let zeros: Int
    private let places: Int
    /// 10^i modulo `integerModulus`, i from 0 through `zeros` + 1.
    private let integerPowers: [Int]
    /// 10^i modulo `modulus`, i from 0 through `places`.
    private let powers: [Int]
    private let fractionStart: Int
    private let never: Int

    /// Nil if `multiple` would need more than `limit` states for its integers.
    init?(_ multiple: Decimal, isNegated: Bool, limit: Int) {
        guard let coefficient = multiple.coefficient, coefficient > 0 else { return nil }
        self.isNegated = isNegated
        modulus = coefficient
        zeros = max(0, multiple.exponent)
        places = max(0, -multiple.exponent)
        integerModulus = Self.withoutPowersOfTen(coefficient, places)
        let (integerStates, overflow) = integerModulus.multipliedReportingOverflow(by: zeros + 1)
        let (fractionStates, fractionOverflow) = modulus.multipliedReportingOverflow(by: places + 1)
        guard !overflow, !fractionOverflow, integerStates <= limit, fractionStates < Int.max / 2 else { return nil }
        integerPowers = Self.powersOfTen(zeros + 2, modulo: integerModulus)
        powers = Self.powersOfTen(places + 1, modulo: modulus)
        fractionStart = integerStates
        never = fractionStart + fractionStates
    }

    var stateCount: Int { never + 1 }

    func accepts(_ state: Int) -> Bool { isMultiple(state) != isNegated }

    func next(_ state: Int, _ symbol: Int) -> Int? {
        let next: Int
        if state == never {
            next = never
        } else if symbol == NumberSymbol.point {
            next = afterPoint(state)
        } else if state < fractionStart {
            next = afterInteger(state, NumberSymbol.digit(of: symbol))
        } else {
            next = afterFraction(state - fractionStart, NumberSymbol.digit(of: symbol))
        }
        return next == never && !isNegated ? nil : next
    }

    private func isMultiple(_ state: Int) -> Bool {
        if state < fractionStart { return state == 0 }
        return state != never && (state - fractionStart) % modulus == 0
    }

    private func afterInteger(_ state: Int, _ digit: Int) -> Int {
        let missing = state / integerModulus
        let residue = state % integerModulus
        if digit == 0 && missing > 0 { return state - integerModulus }
        if digit == 0 { return residue * 10 % integerModulus }
        let power = integerPowers[zeros - missing + 1]
        return zeros * integerModulus + (residue * power + digit) % integerModulus
    }

    private func afterPoint(_ state: Int) -> Int {
        if places == 0 { return state == 0 ? fractionStart : never }
        // The product exceeds a word: a residue below the state limit times one of up to 17 digits.
        let residue = Int(truncatingIfNeeded: Int128(state) * Int128(powers[places]) % Int128(modulus))
        return fraction(0, residue)
    }

    private func afterFraction(_ state: Int, _ digit: Int) -> Int {
        let count = state / modulus
        let residue = state % modulus
        if count == places { return digit == 0 ? fractionStart + state : never }
        return fraction(count + 1, (residue + digit * powers[places - count - 1]) % modulus)
    }

    /// The state after `count` fraction digits; `never` if no further digits make a multiple.
    private func fraction(_ count: Int, _ residue: Int) -> Int {
        let missing = residue == 0 ? 0 : modulus - residue
        let room = places - count
        var reach = 1
        for _ in 0..<min(room, 18) { reach *= 10 }
        return missing < reach ? fractionStart + count * modulus + residue : never
    }

    /// `value` divided by its greatest common divisor with 10^`power`.
    static func withoutPowersOfTen(_ value: Int, _ power: Int) -> Int {
        var rest = value
        for factor in [2, 5] {
            var count = 0
            while count < power && rest % factor == 0 {
                rest /= factor
                count += 1
            }
        }
        return rest
    }

    private static func powersOfTen(_ count: Int, modulo modulus: Int) -> [Int] {
        var powers: [Int] = []
        var power = 1 % modulus
        for _ in 0..<count {
            powers.append(power)
            power = power * 10 % modulus
        }
        return powers
    }
}
