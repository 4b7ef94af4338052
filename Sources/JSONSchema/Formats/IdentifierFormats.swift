/// UUIDs and relative JSON pointers.
enum IdentifierFormats {
    /// The text form of RFC 9562: 8-4-4-4-12 hexadecimal digits, of any version and variant.
    static func isUUID(_ text: [UInt8]) -> Bool {
        text.count == 36
            && text.enumerated().allSatisfy { position, byte in
                [8, 13, 18, 23].contains(position) ? byte == UInt8(ascii: "-") : byte.isHexadecimalDigit
            }
    }

    /// draft-bhutton-relative-json-pointer: levels up without leading zeros, then `#` or a JSON pointer.
    static func isRelativeJSONPointer(_ text: [UInt8]) -> Bool {
        let digits = text.prefix { $0.isDigit }
        guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else { return false }
        let rest = text[digits.endIndex...]
        return rest.elementsEqual("#".utf8) || JSONPointer(String(decoding: rest, as: UTF8.self)) != nil
    }
}
