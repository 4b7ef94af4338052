/// The multiples of an integer too large for a table: the state is the residue itself.
struct LargeMultiples: Sendable {
    let divisor: Int
    /// Digits of the divisor.
    let divisorDigits: Int
    let allowsNegative: Bool
    let allowsZero: Bool
    let allowsNegativeZero: Bool
    let allowsPositive: Bool
    let allowsFraction: Bool
    let maximumIntegerDigits: Int
    let maximumFractionDigits: Int

    /// Greatest divisor whose residues are states.
    static let maximumDivisor = Int(Int32.max) - 8

    private static let start: Int32 = 0
    private static let afterMinus: Int32 = 1
    private static let zero: Int32 = 2
    private static let point: Int32 = 3
    /// Zeros after the point: the only fraction a multiple of an integer has.
    private static let fraction: Int32 = 4
    private static let firstResidue: Int32 = 5

    var stateCount: Int { divisor + Int(Self.firstResidue) }

    func next(_ state: Int32, _ byte: UInt8) -> Int32 {
        if byte == UInt8(ascii: "-") {
            return state == Self.start && (allowsNegative || allowsNegativeZero) ? Self.afterMinus : -1
        }
        if byte == UInt8(ascii: ".") {
            return allowsFraction && (state == Self.zero || state == Self.firstResidue) ? Self.point : -1
        }
        let digit = byte &- UInt8(ascii: "0")
        guard digit < 10 else { return -1 }
        switch state {
        case Self.start:
            return first(digit, allowsZero: allowsZero, allowsOthers: allowsPositive)
        case Self.afterMinus:
            return first(digit, allowsZero: allowsNegativeZero, allowsOthers: allowsNegative)
        case Self.point, Self.fraction:
            return digit == 0 ? Self.fraction : -1
        case Self.firstResidue...:
            return self.state((residue(state) * 10 + Int(digit)) % divisor)
        default:
            return -1
        }
    }

    func canEnd(_ state: Int32) -> Bool {
        state == Self.zero || state == Self.fraction || state == Self.firstResidue
    }

    func phase(_ state: Int32) -> NumberPhase {
        state == Self.point || state == Self.fraction ? .fraction : .integer
    }

    /// Whether exactly `length` more bytes can end a multiple; may be true in vain except among integers.
    func canEnd(_ state: Int32, after length: Int) -> Bool {
        if length == 0 { return canEnd(state) }
        guard state >= Self.firstResidue, !allowsFraction else { return true }
        var shifted = residue(state)
        var reach = 1
        for _ in 0..<length {
            shifted = shifted * 10 % divisor
            if reach <= divisor { reach *= 10 }
        }
        return (shifted == 0 ? 0 : divisor - shifted) < reach
    }

    /// Most digits in the phase of `state`.
    func limit(_ state: Int32) -> Int {
        phase(state) == .integer ? maximumIntegerDigits : maximumFractionDigits
    }

    func shortest(_ state: Int32) -> Int {
        switch state {
        case Self.start: allowsZero ? 1 : (allowsPositive ? 0 : 1) + divisorDigits
        case Self.afterMinus: allowsNegativeZero ? 1 : divisorDigits
        case Self.zero, Self.fraction: 0
        case Self.point: 1
        default: completion(state).count
        }
    }

    /// Digits on the shortest way to an end, once there is a digit.
    func need(_ state: Int32) -> Int { shortest(state) }

    func appendShortest(_ state: Int32, to bytes: inout [UInt8]) {
        switch state {
        case Self.start: bytes += startText
        case Self.afterMinus: bytes += afterMinusText
        case Self.zero, Self.fraction: break
        case Self.point: bytes.append(UInt8(ascii: "0"))
        default:
            let (count, value) = completion(state)
            let digits = Array(String(value).utf8)
            if count > 0 { bytes += Array(repeating: UInt8(ascii: "0"), count: count - digits.count) + digits }
        }
    }

    private var startText: [UInt8] {
        if allowsZero { return Array("0".utf8) }
        return allowsPositive ? Array(String(divisor).utf8) : Array("-".utf8) + afterMinusText
    }

    private var afterMinusText: [UInt8] { Array((allowsNegativeZero ? "0" : String(divisor)).utf8) }

    private func residue(_ state: Int32) -> Int { Int(state - Self.firstResidue) }
    private func state(_ residue: Int) -> Int32 { Int32(truncatingIfNeeded: residue) + Self.firstResidue }

    private func first(_ digit: UInt8, allowsZero: Bool, allowsOthers: Bool) -> Int32 {
        if digit == 0 { return allowsZero ? Self.zero : -1 }
        return allowsOthers ? state(Int(digit) % divisor) : -1
    }

    /// The fewest digits that complete a multiple, as their count and the number they spell with leading zeros.
    private func completion(_ state: Int32) -> (count: Int, value: Int) {
        var shifted = residue(state)
        var reach = 1
        var count = 0
        while true {
            let missing = shifted == 0 ? 0 : divisor - shifted
            if missing < reach { return (count, missing) }
            // Ends at the latest when `reach` exceeds the divisor.
            shifted = shifted * 10 % divisor
            reach *= 10
            count += 1
        }
    }
}
