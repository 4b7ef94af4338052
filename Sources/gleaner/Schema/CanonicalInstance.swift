import JSONSchema

extension JSONValue {
    /// The value as the grammar writes it: members as they come, each number in its one canonical spelling.
    var canonical: JSONValue {
        switch self {
        case .null, .bool, .string: self
        case .number(let number): .number(number.canonical)
        case .array(let elements): .array(elements.map(\.canonical))
        case .object(let object): .object(JSONObject(object.members.map { ($0.key, $0.value.canonical) }))
        }
    }
}

extension JSONNumber {
    /// Longest spelling without an exponent, in bytes.
    private static let maximumPlainLength = 400

    /// The number without an exponent and without zeros that say nothing: `1.0` is `1`, `1e2` is `100`, `-0` is `0`.
    ///
    /// That is RFC 8785, section 3.2.2.3, for numbers of ordinary size, and exact for all others. Only those that would be
    /// very long keep an exponent: `1e999`.
    fileprivate var canonical: JSONNumber {
        let parts = lexeme.utf8.split(omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
        let isNegative = lexeme.utf8.first == UInt8(ascii: "-")
        let significand = parts[0].drop { $0 == UInt8(ascii: "-") }
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let power = parts.count > 1 ? Int(Substring(parts[1])) : 0, power.magnitude < 1 << 32 else { return self }
        let fraction = significand.count > 1 ? Array(significand[1]) : []
        var digits = Array((significand[0] + fraction).drop { $0 == UInt8(ascii: "0") })
        var exponent = power - fraction.count
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        guard !digits.isEmpty else { return JSONNumber(0) }
        let sign = isNegative ? [UInt8(ascii: "-")] : []
        let plainLength = exponent < 0 ? max(digits.count + 1, 2 - exponent) : digits.count + exponent
        let text =
            sign.count + plainLength > Self.maximumPlainLength
            ? digits + Array("e\(exponent)".utf8) : Self.plainSpelling(digits, exponent)
        return JSONNumber(lexeme: String(decoding: sign + text, as: UTF8.self)) ?? self
    }

    /// Spells `digits`, which neither begin nor end with a zero, times ten to `exponent`.
    private static func plainSpelling(_ digits: [UInt8], _ exponent: Int) -> [UInt8] {
        let zero = UInt8(ascii: "0")
        if exponent >= 0 { return digits + Array(repeating: zero, count: exponent) }
        let point = digits.count + exponent
        if point > 0 { return digits[..<point] + [UInt8(ascii: ".")] + digits[point...] }
        return [zero, UInt8(ascii: ".")] + Array(repeating: zero, count: -point) + digits
    }
}
