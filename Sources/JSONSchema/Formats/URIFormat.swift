/// URIs (RFC 3986) and IRIs (RFC 3987), by their grammar.
enum URIFormat {
    /// Whether `text` is a reference; with `absolute` it must begin with a scheme.
    static func isReference(_ text: String, international: Bool, absolute: Bool) -> Bool {
        guard international || text.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        let parts = URIReference(text)
        if let scheme = parts.scheme {
            guard let first = scheme.utf8.first, first.isLetter,
                scheme.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) })
            else { return false }
        } else if absolute {
            return false
        }
        if let authority = parts.authority, !isAuthority(authority) { return false }
        if parts.scheme == nil, parts.authority == nil {
            // A colon in the first segment would make it a scheme.
            guard !parts.path.utf8.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) else {
                return false
            }
        }
        return consists(parts.path, of: ":@/") && consists(parts.query ?? "", of: ":@/?", privateUse: true)
            && consists(parts.fragment ?? "", of: ":@/?")
    }

    private static func isAuthority(_ authority: String) -> Bool {
        var host = Array(authority.utf8)[...]
        if let at = host.firstIndex(of: UInt8(ascii: "@")) {
            guard consists(String(decoding: host[..<at], as: UTF8.self), of: ":") else { return false }
            host = host[(at + 1)...]
        }
        if host.first == UInt8(ascii: "[") {
            guard let end = host.firstIndex(of: UInt8(ascii: "]")), isAddress(host[host.startIndex + 1..<end]) else {
                return false
            }
            let port = host[(end + 1)...]
            return port.isEmpty || port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isDigit)
        }
        if let colon = host.firstIndex(of: UInt8(ascii: ":")) {
            guard host[(colon + 1)...].allSatisfy(\.isDigit) else { return false }
            host = host[..<colon]
        }
        return consists(String(decoding: host, as: UTF8.self), of: "")
    }

    /// What stands in brackets: an IPv6 address, or one of a version to come.
    private static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
        guard let first = text.first, first | 0x20 == UInt8(ascii: "v") else { return AddressFormats.isIPv6(text) }
        let parts = text.dropFirst().split(separator: UInt8(ascii: "."), maxSplits: 1)
        return parts.count == 2 && parts[0].allSatisfy(\.isHexadecimalDigit)
            && parts[1].allSatisfy { isUnreserved($0) || isSubDelimiter($0) || $0 == UInt8(ascii: ":") }
    }

    /// Whether all is unreserved, a sub-delimiter, percent-encoded, beyond ASCII as IRIs allow, or one of `others`.
    private static func consists(_ text: String, of others: String, privateUse: Bool = false) -> Bool {
        var digitsDue = 0
        for scalar in text.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value), byte < 0x80 else {
                guard digitsDue == 0, isInternational(scalar.value, privateUse: privateUse) else { return false }
                continue
            }
            if digitsDue > 0 {
                guard byte.isHexadecimalDigit else { return false }
                digitsDue -= 1
            } else if byte == UInt8(ascii: "%") {
                digitsDue = 2
            } else {
                guard isUnreserved(byte) || isSubDelimiter(byte) || others.utf8.contains(byte) else { return false }
            }
        }
        return digitsDue == 0
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || "-._~".utf8.contains(byte)
    }

    private static func isSubDelimiter(_ byte: UInt8) -> Bool { "!$&'()*+,;=".utf8.contains(byte) }

    /// `ucschar` of RFC 3987, and `iprivate` where a query may hold it.
    private static func isInternational(_ scalar: UInt32, privateUse: Bool) -> Bool {
        switch scalar {
        case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: privateUse && scalar & 0xFFFF < 0xFFFE
        case 0x10000...0xDFFFF: scalar & 0xFFFF < 0xFFFE
        case 0xE1000...0xEFFFF: scalar & 0xFFFF < 0xFFFE
        default: false
        }
    }
}
