/// Base64 with the standard alphabet and mandatory padding (RFC 4648, section 4).
enum Base64 {
    /// Appends the decoded bytes to `output`.
    ///
    /// - Returns: false if `text` is not base64; `output` may then hold a part of it.
    static func decode(_ text: String, into output: inout [UInt8]) -> Bool {
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "=") {
                padding += 1
                group <<= 6
            } else {
                guard padding == 0, let digit = value(of: byte) else { return false }
                group = group << 6 | digit
            }
            digits += 1
            if digits == 4 {
                guard append(group, padding: padding, to: &output) else { return false }
                group = 0
                digits = 0
                // Padding ends the text: a further group would be refused by the check above, except more padding.
                if padding > 0 { padding = 3 }
            }
        }
        return digits == 0
    }

    /// Appends the 3 bytes of a group of 4 digits, less one for each padding character.
    private static func append(_ group: UInt32, padding: Int, to output: inout [UInt8]) -> Bool {
        switch padding {
        case 0:
            output.append(UInt8(truncatingIfNeeded: group >> 16))
            output.append(UInt8(truncatingIfNeeded: group >> 8))
            output.append(UInt8(truncatingIfNeeded: group))
        case 1:
            guard group & 0xFF == 0 else { return false }
            output.append(UInt8(truncatingIfNeeded: group >> 16))
            output.append(UInt8(truncatingIfNeeded: group >> 8))
        case 2:
            guard group & 0xFFFF == 0 else { return false }
            output.append(UInt8(truncatingIfNeeded: group >> 16))
        default:
            return false
        }
        return true
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
