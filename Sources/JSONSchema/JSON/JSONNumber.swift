/// A JSON number with its spelling; equality is that of the exact decimal values, never of rounded doubles.
public struct JSONNumber: Hashable, Sendable {
    /// The spelling as read or made: matches the `number` rule of RFC 8259.
    public let lexeme: String

    /// A number from a lexeme the parser has checked.
    init(checkedLexeme: String) { lexeme = checkedLexeme }

    /// A number from its JSON spelling; nil if `lexeme` is none (leading zeros, `+1`, `.5`, `NaN`, ...).
    public init?(lexeme: String) {
        guard let value = try? JSONValue(parsing: Array(lexeme.utf8)), case .number(let number) = value,
            number.lexeme.utf8.count == lexeme.utf8.count
        else { return nil }
        self = number
    }

    public init(_ value: Int) { lexeme = String(value) }

    /// A number from a finite double, spelt with the fewest digits that round-trip.
    ///
    /// JSON has no spelling for infinities and NaN: passing one is a programming error.
    public init(_ value: Double) {
        precondition(value.isFinite, "JSON has no spelling for \(value)")
        lexeme = value.description
    }

    /// The nearest double; infinite where the number is beyond the range of doubles.
    public var doubleValue: Double { Double(lexeme) ?? .nan }

    /// The number as an `Int` if it is an integer exactly (`1.0`, `1e2` too) and fits; otherwise nil.
    public var intValue: Int? {
        if let plain = Int(lexeme) { return plain }
        let decimal = ExactDecimal(lexeme: lexeme)
        guard decimal.exponent >= 0, decimal.digits.count + decimal.exponent <= 19 else { return nil }
        var magnitude: UInt64 = 0
        for digit in decimal.digits { magnitude = magnitude * 10 + UInt64(digit) }
        for _ in 0..<decimal.exponent { magnitude *= 10 }
        if decimal.isNegative {
            guard magnitude <= UInt64(Int.max) + 1 else { return nil }
            return Int(truncatingIfNeeded: 0 &- magnitude)
        }
        return Int(exactly: magnitude)
    }

    /// Whether the value has no fractional part, whatever its size and spelling.
    public var isInteger: Bool { isSpeltAsInteger || ExactDecimal(lexeme: lexeme).exponent >= 0 }

    /// Whether the spelling has neither a fraction nor an exponent.
    var isSpeltAsInteger: Bool {
        lexeme.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        left.lexeme == right.lexeme || ExactDecimal(lexeme: left.lexeme) == ExactDecimal(lexeme: right.lexeme)
    }

    public func hash(into hasher: inout Hasher) {
        ExactDecimal(lexeme: lexeme).hash(into: &hasher)
    }
}
