extension Decimal {
    /// Longest plain spelling, in bytes.
    static let maximumPlainLength = 400

    /// The canonical spelling: plain, without trailing zeros in a fraction; with an exponent where that would be longer
    /// than `maximumPlainLength`.
    var text: [UInt8] {
        let length = (isNegative ? 1 : 0) + max(1, digits.count + max(0, exponent)) + (exponent < 0 ? 1 : 0)
        let leadingZeros = exponent < 0 ? max(0, 1 - exponent - digits.count) : 0
        guard length + leadingZeros > Self.maximumPlainLength else { return plainText }
        return sign + Self.ascii(digits) + Array("e\(exponent)".utf8)
    }

    /// The canonical spelling without an exponent, whatever its length.
    var plainText: [UInt8] {
        let integer = integerDigits
        let fraction = fractionDigits
        let point = fraction.isEmpty ? [] : [UInt8(ascii: ".")]
        return sign + Self.ascii(integer.isEmpty ? [0] : integer) + point + Self.ascii(fraction)
    }

    private var sign: [UInt8] { isNegative ? [UInt8(ascii: "-")] : [] }

    private static func ascii(_ digits: [UInt8]) -> [UInt8] { digits.map { $0 + UInt8(ascii: "0") } }
}
