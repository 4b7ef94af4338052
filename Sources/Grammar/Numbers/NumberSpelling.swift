/// The stretch of a number's text that a digit limit applies to.
enum NumberPhase: UInt8, Sendable {
    case integer, fraction, exponent
}

/// The spelling of numbers without their sign: RFC 8259, section 6, less what the constraints rule out.
struct NumberSpelling: Hashable, Sendable {
    let allowsFraction: Bool
    let allowsExponent: Bool
    /// Whether some digit of the fraction must not be zero.
    let needsFraction: Bool
    /// Whether a fraction must not end in a zero.
    let isUnique: Bool

    private enum State {
        static let start = 0
        static let zero = 1
        static let integer = 2
        static let point = 3
        /// All digits of the fraction are zero, or the last is and that matters.
        static let fractionOfZeros = 4
        static let fraction = 5
        static let exponent = 6
        static let exponentSign = 7
        static let exponentDigits = 8
        static let count = 9
    }

    var stateCount: Int { State.count }

    func phase(_ state: Int) -> NumberPhase {
        switch state {
        case State.start, State.zero, State.integer: .integer
        case State.point, State.fractionOfZeros, State.fraction: .fraction
        default: .exponent
        }
    }

    func accepts(_ state: Int) -> Bool {
        switch state {
        case State.zero, State.integer: !needsFraction
        case State.fractionOfZeros: !needsFraction && !isUnique
        case State.fraction, State.exponentDigits: true
        default: false
        }
    }

    func next(_ state: Int, _ symbol: Int) -> Int? {
        switch symbol {
        case NumberSymbol.point:
            return allowsFraction && (state == State.zero || state == State.integer) ? State.point : nil
        case NumberSymbol.exponent:
            let isAfterDigit = [State.zero, State.integer, State.fractionOfZeros, State.fraction].contains(state)
            return allowsExponent && isAfterDigit ? State.exponent : nil
        case NumberSymbol.plus, NumberSymbol.minus:
            return state == State.exponent ? State.exponentSign : nil
        case NumberSymbol.digits:
            return afterDigit(state, isZero: symbol == NumberSymbol.digits.lowerBound)
        default:
            return nil
        }
    }

    private func afterDigit(_ state: Int, isZero: Bool) -> Int? {
        switch state {
        case State.start: isZero ? State.zero : State.integer
        case State.integer: State.integer
        case State.point, State.fractionOfZeros:
            isZero && (needsFraction || isUnique) ? State.fractionOfZeros : State.fraction
        case State.fraction: isZero && isUnique ? State.fractionOfZeros : State.fraction
        case State.exponent, State.exponentSign, State.exponentDigits: State.exponentDigits
        default: nil
        }
    }
}
