/// An exact decimal number: sign, significant digits and a power of ten; equal values are equal members.
///
/// The bounds keep every operation cheap, whatever exponent a schema spells.
struct Decimal: Hashable, Sendable {
    /// Most significant digits, and the greatest magnitude of the exponent.
    static let maximumExtent = 4096

    /// False for zero.
    let isNegative: Bool
    /// Digits 0...9, most significant first, with neither leading nor trailing zeros; empty for zero.
    let digits: [UInt8]
    /// The value is `digits` times ten to this power; 0 for zero.
    let exponent: Int

    static let zero = Decimal(isNegative: false, digits: [], exponent: 0)

    /// The number `digits` times ten to `exponent`, brought to its normal form.
    init(isNegative: Bool, digits: some Collection<UInt8>, exponent: Int) {
        let leading = digits.firstIndex { $0 != 0 } ?? digits.endIndex
        var significant = Array(digits[leading...])
        let trimmed = significant.reversed().prefix { $0 == 0 }.count
        significant.removeLast(trimmed)
        self.digits = significant
        self.isNegative = isNegative && !significant.isEmpty
        self.exponent = significant.isEmpty ? 0 : exponent + trimmed
    }

    init(_ coefficient: Int128, exponent: Int = 0) {
        var rest = coefficient.magnitude
        var reversed: [UInt8] = []
        while rest > 0 {
            reversed.append(UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
        self.init(isNegative: coefficient < 0, digits: reversed.reversed(), exponent: exponent)
    }

    /// A number from its JSON spelling (RFC 8259, section 6); nil if it has more digits or a greater exponent than
    /// `maximumExtent`, or is no JSON number.
    init?(lexeme: String) {
        var scanner = NumberScanner(bytes: Array(lexeme.utf8))
        let isNegative = scanner.skip(UInt8(ascii: "-"))
        var digits = scanner.digits()
        guard let first = digits.first, first != 0 || digits.count == 1 else { return nil }
        var exponent = 0
        if scanner.skip(UInt8(ascii: ".")) {
            let fraction = scanner.digits()
            guard !fraction.isEmpty else { return nil }
            exponent = -fraction.count
            digits += fraction
        }
        if scanner.skip(UInt8(ascii: "e")) || scanner.skip(UInt8(ascii: "E")) {
            guard let power = scanner.exponent() else { return nil }
            exponent += power
        }
        guard scanner.isAtEnd else { return nil }
        self.init(isNegative: isNegative, digits: digits, exponent: exponent)
        let extent = Self.maximumExtent
        guard self.digits.count <= extent, self.exponent.magnitude <= extent else { return nil }
    }

    var isZero: Bool { digits.isEmpty }
    var isInteger: Bool { exponent >= 0 }

    var magnitude: Decimal { Decimal(isNegative: false, digits: digits, exponent: exponent) }

    /// Digits before the decimal point, most significant first; empty below 1.
    var integerDigits: [UInt8] {
        if exponent >= 0 { return digits + Array(repeating: 0, count: exponent) }
        return Array(digits.prefix(max(0, digits.count + exponent)))
    }

    /// Digits after the decimal point, without trailing zeros.
    var fractionDigits: [UInt8] {
        guard exponent < 0 else { return [] }
        let padding = max(0, -exponent - digits.count)
        return Array(repeating: 0, count: padding) + digits.suffix(min(digits.count, -exponent))
    }
}

/// Reads the pieces of a number's spelling from left to right.
private struct NumberScanner {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func digits() -> [UInt8] {
        let run = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        position += run.count
        return run.map { $0 - UInt8(ascii: "0") }
    }

    /// A signed exponent; beyond twelve digits it is held at a value no caller accepts.
    mutating func exponent() -> Int? {
        let isNegative = skip(UInt8(ascii: "-"))
        if !isNegative { _ = skip(UInt8(ascii: "+")) }
        let run = digits()
        guard !run.isEmpty else { return nil }
        let significant = run.drop { $0 == 0 }
        let magnitude =
            significant.count > 12 ? 1_000_000_000_000 : significant.reduce(0) { $0 * 10 + Int($1) }
        return isNegative ? -magnitude : magnitude
    }
}
