import JSONSchema

/// JSON as Python's `json.dumps(value, ensure_ascii=False)` writes it, which is what the model was trained on.
///
/// Separators are `", "` and `": "`; integers keep their digits, other numbers are written as the `repr` of a Python
/// float; only quotes, backslashes and control characters below U+0020 are escaped.
enum PythonJSON {
    static func string(_ value: JSONValue) -> String {
        var output = ""
        append(value, to: &output)
        return output
    }

    private static func append(_ value: JSONValue, to output: inout String) {
        switch value {
        case .null: output += "null"
        case .bool(let bool): output += bool ? "true" : "false"
        case .number(let number): output += text(of: number)
        case .string(let string): appendQuoted(string, to: &output)
        case .array(let elements):
            output += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { output += ", " }
                append(element, to: &output)
            }
            output += "]"
        case .object(let object):
            output += "{"
            for (index, member) in object.members.enumerated() {
                if index > 0 { output += ", " }
                appendQuoted(member.key, to: &output)
                output += ": "
                append(member.value, to: &output)
            }
            output += "}"
        }
    }

    private static func appendQuoted(_ string: String, to output: inout String) {
        output += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{08}": output += "\\b"
            case "\u{0C}": output += "\\f"
            case "\u{00}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: output.unicodeScalars.append(scalar)
            }
        }
        output += "\""
    }

    // MARK: - Numbers

    private static func text(of number: JSONNumber) -> String {
        let lexeme = number.lexeme
        let isInteger = lexeme.utf8.allSatisfy {
            $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E")
        }
        if isInteger { return lexeme == "-0" ? "0" : lexeme }
        return representation(of: number.doubleValue)
    }

    /// `repr` of a Python float: the shortest digits that round-trip, in positional notation from 1e-4 up to 1e16.
    private static func representation(of value: Double) -> String {
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        if value.isNaN { return "NaN" }
        let sign = value.sign == .minus ? "-" : ""
        if value == 0 { return sign + "0.0" }
        let (digits, exponent) = shortestDigits(of: value.magnitude)
        let count = digits.utf8.count
        if exponent < -4 || exponent >= 16 {
            let fraction = count > 1 ? "." + digits.dropFirst() : ""
            let magnitude = String(exponent.magnitude)
            let padded = magnitude.utf8.count < 2 ? "0" + magnitude : magnitude
            return sign + digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+") + padded
        }
        if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
        if count <= exponent + 1 { return sign + digits + String(repeating: "0", count: exponent + 1 - count) + ".0" }
        return sign + digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
    }

    /// Digits d1d2d3… and exponent e such that d1.d2d3… x 10^e is the shortest decimal that reads as `value`.
    private static func shortestDigits(of value: Double) -> (digits: String, exponent: Int) {
        // Swift prints the same digits as Python, only in other notation at some magnitudes.
        var digits: [UInt8] = []
        var pointOffset: Int?
        var exponent = 0
        let text = Array(value.description.utf8)
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: "e") {
                exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
                break
            }
            if byte == UInt8(ascii: ".") { pointOffset = digits.count } else { digits.append(byte) }
        }
        exponent += (pointOffset ?? digits.count) - 1
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (String(decoding: digits, as: UTF8.self), exponent - zeros)
    }
}
