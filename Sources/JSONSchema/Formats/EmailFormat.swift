/// Addresses of mail (RFC 5321, section 4.1.2, `Mailbox`; RFC 6531 for characters beyond ASCII).
enum EmailFormat {
    /// The local part has at most 64 bytes. The domain is a host name or an address in brackets; if `international`,
    /// its labels may hold any characters beyond ASCII.
    static func isAddress(_ text: [UInt8], international: Bool) -> Bool {
        guard international || text.allSatisfy({ $0 < 0x80 }) else { return false }
        guard let at = text.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let (local, domain) = (text[..<at], text[(at + 1)...])
        guard (1...64).contains(local.count), (1...255).contains(domain.count) else { return false }
        return (isDotString(local) || isQuotedString(local)) && isDomain(domain)
    }

    private static func isDotString(_ text: ArraySlice<UInt8>) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty
                && atom.allSatisfy { byte in
                    byte >= 0x80 || byte.isDigit || byte.isLetter || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
                }
        }
    }

    private static func isQuotedString(_ text: ArraySlice<UInt8>) -> Bool {
        let quote = UInt8(ascii: "\"")
        guard text.count >= 2, text.first == quote, text.last == quote else { return false }
        var isEscaped = false
        for byte in text.dropFirst().dropLast() {
            guard byte >= 0x20, byte != 0x7F else { return false }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == quote {
                return false
            }
        }
        return !isEscaped
    }

    private static func isDomain(_ text: ArraySlice<UInt8>) -> Bool {
        if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") {
            let literal = text.dropFirst().dropLast()
            let tag = Array("IPv6:".utf8)
            return literal.starts(with: tag)
                ? AddressFormats.isIPv6(literal.dropFirst(tag.count)) : AddressFormats.isIPv4(literal)
        }
        let hyphen = UInt8(ascii: "-")
        return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                && label.allSatisfy { $0 >= 0x80 || $0.isDigit || $0.isLetter || $0 == hyphen }
        }
    }
}
