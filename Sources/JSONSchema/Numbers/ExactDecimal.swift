/// The value `±digits × 10^exponent` with neither leading nor trailing zero digits: one form for each number.
struct ExactDecimal: Hashable {
    var isNegative = false
    var digits: [UInt8] = []
    var exponent = 0

    /// Reads a well-formed JSON number whose exponent the parser has bounded.
    init(lexeme: String) {
        var fractionDigits = 0
        var inFraction = false
        var writtenExponent = 0
        var exponentIsNegative = false
        var inExponent = false
        for byte in lexeme.utf8 {
            switch byte {
            case UInt8(ascii: "-"):
                if inExponent { exponentIsNegative = true } else { isNegative = true }
            case UInt8(ascii: "."): inFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): inExponent = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = byte - UInt8(ascii: "0")
                if inExponent {
                    writtenExponent = writtenExponent * 10 + Int(digit)
                } else {
                    if inFraction { fractionDigits += 1 }
                    if digit != 0 || !digits.isEmpty { digits.append(digit) }
                }
            default: break
            }
        }
        exponent = (exponentIsNegative ? -writtenExponent : writtenExponent) - fractionDigits
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty {
            isNegative = false
            exponent = 0
        }
    }
}
