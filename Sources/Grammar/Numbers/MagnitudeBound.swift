/// A bound on the absolute value, as an automaton that compares digit by digit.
///
/// States: three for each count of integer digits read (equal to, less, greater than the bound's first digits), then
/// one for each count of fraction digits read while equal, then the two that are decided.
struct MagnitudeBound: Hashable, Sendable {
    let integer: [UInt8]
    let fraction: [UInt8]
    let isLower: Bool
    let isExclusive: Bool

    private static let equal = 0
    private static let less = 1
    private static let greater = 2

    init(_ bound: Decimal, isLower: Bool, isExclusive: Bool) {
        integer = bound.integerDigits
        fraction = bound.fractionDigits
        self.isLower = isLower
        self.isExclusive = isExclusive
    }

    private var fractionStart: Int { 3 * (integer.count + 1) }
    private var decided: Int { fractionStart + fraction.count + 1 }
    var stateCount: Int { decided + 2 }

    func accepts(_ state: Int) -> Bool {
        let comparison = atEnd(state)
        return comparison == Self.equal ? !isExclusive : (comparison == Self.greater) == isLower
    }

    func next(_ state: Int, _ symbol: Int) -> Int? {
        if state >= decided { return state }
        if symbol == NumberSymbol.point {
            let comparison = atPoint(state)
            return comparison == Self.equal ? fractionStart : decide(comparison)
        }
        let digit = NumberSymbol.digit(of: symbol)
        return state < fractionStart ? afterInteger(state, digit) : afterFraction(state - fractionStart, digit)
    }

    /// The comparison if the text ends here.
    private func atEnd(_ state: Int) -> Int {
        if state >= decided { return state - decided + Self.less }
        let read = max(0, state - fractionStart)
        let soFar = state < fractionStart ? atPoint(state) : Self.equal
        return soFar == Self.equal && read < fraction.count ? Self.less : soFar
    }

    /// The comparison if the integer digits end here.
    private func atPoint(_ state: Int) -> Int { state / 3 < integer.count ? Self.less : state % 3 }

    private func afterInteger(_ state: Int, _ digit: Int) -> Int? {
        let count = state / 3
        // A leading zero is no digit of the value.
        if count == 0 && digit == 0 { return state }
        guard count < integer.count else { return decide(Self.greater) }
        let comparison = state % 3 == Self.equal ? Self.compare(digit, integer[count]) : state % 3
        if count + 1 == integer.count && comparison == Self.greater && !isLower { return nil }
        return 3 * (count + 1) + comparison
    }

    private func afterFraction(_ count: Int, _ digit: Int) -> Int? {
        let comparison = Self.compare(digit, count < fraction.count ? fraction[count] : 0)
        guard comparison == Self.equal else { return decide(comparison) }
        return fractionStart + min(count + 1, fraction.count)
    }

    /// The final state for `comparison`; nil where that breaks the bound.
    private func decide(_ comparison: Int) -> Int? {
        (comparison == Self.greater) == isLower ? decided + comparison - Self.less : nil
    }

    private static func compare(_ digit: Int, _ other: UInt8) -> Int {
        digit == other ? equal : digit < other ? less : greater
    }
}
