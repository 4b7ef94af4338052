/// Addresses of the internet protocol as text.
enum AddressFormats {
    /// Four decimal numbers up to 255 without leading zeros (RFC 2673, section 3.2).
    static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "."), maxSplits: 4, omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(\.isDigit)
                    && (part.count == 1 || part.first != UInt8(ascii: "0"))
                    && part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 255
            }
    }

    /// Eight groups of hexadecimal digits, one run of zeros as `::`, the last two as an IPv4 address (RFC 4291,
    /// section 2.2); no zone.
    static func isIPv6(_ text: ArraySlice<UInt8>) -> Bool {
        let colon = UInt8(ascii: ":")
        guard (2...45).contains(text.count) else { return false }
        var groups = text.split(separator: colon, omittingEmptySubsequences: false)
        var count = 0
        if let last = groups.last, last.contains(UInt8(ascii: ".")) {
            guard isIPv4(last) else { return false }
            groups.removeLast()
            count = 2
            if groups.isEmpty { return false }
            // What stood before the address ended in a colon, which is no longer there to make an empty group.
            if groups.last?.isEmpty == true { groups.append([]) }
        }
        // `::` leaves one empty group inside, two at an end, three alone.
        var isCompressed = false
        var index = 0
        while index < groups.count {
            if groups[index].isEmpty {
                let end = groups[index...].firstIndex { !$0.isEmpty } ?? groups.count
                let isAtEdge = index == 0 || end == groups.count
                let isAlone = index == 0 && end == groups.count
                guard !isCompressed, end - index == (isAlone ? 3 : isAtEdge ? 2 : 1) else { return false }
                isCompressed = true
                index = end
            } else {
                guard groups[index].count <= 4, groups[index].allSatisfy(\.isHexadecimalDigit) else { return false }
                count += 1
                index += 1
            }
        }
        return isCompressed ? count <= 7 : count == 8
    }
}
