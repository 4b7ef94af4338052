/// Templates of URIs (RFC 6570).
enum URITemplateFormat {
    static func isTemplate(_ text: String) -> Bool {
        let scalars = text.unicodeScalars.map(\.value)
        var index = 0
        while index < scalars.count {
            if scalars[index] == 0x7B {
                guard let end = scalars[index...].firstIndex(of: 0x7D),
                    isExpression(scalars[(index + 1)..<end])
                else { return false }
                index = end + 1
            } else if scalars[index] == 0x25 {
                guard isTriplet(scalars[index...]) else { return false }
                index += 3
            } else {
                guard isLiteral(scalars[index]) else { return false }
                index += 1
            }
        }
        return true
    }

    private static func isLiteral(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x00...0x20, 0x22, 0x25, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D: false
        case 0x7F...0x9F: false
        default: true
        }
    }

    private static func isTriplet(_ text: ArraySlice<UInt32>) -> Bool {
        text.count >= 3 && text.dropFirst().prefix(2).allSatisfy { $0 < 0x80 && UInt8($0).isHexadecimalDigit }
    }

    private static func isExpression(_ text: ArraySlice<UInt32>) -> Bool {
        var text = text
        if let first = text.first, "+#./;?&=,!@|".unicodeScalars.contains(where: { $0.value == first }) {
            // The last five are reserved for operators to come.
            guard "+#./;?&".unicodeScalars.contains(where: { $0.value == first }) else { return false }
            text = text.dropFirst()
        }
        return text.split(separator: 0x2C, omittingEmptySubsequences: false).allSatisfy(isVariable)
    }

    private static func isVariable(_ text: ArraySlice<UInt32>) -> Bool {
        var name = text
        if name.last == 0x2A {
            name = name.dropLast()
        } else if let colon = name.firstIndex(of: 0x3A) {
            let length = name[(colon + 1)...]
            guard (1...4).contains(length.count), length.first != 0x30,
                length.allSatisfy({ (0x30...0x39).contains($0) })
            else { return false }
            name = name[..<colon]
        }
        return name.split(separator: 0x2E, omittingEmptySubsequences: false).allSatisfy(isNamePart)
    }

    private static func isNamePart(_ text: ArraySlice<UInt32>) -> Bool {
        guard !text.isEmpty else { return false }
        var rest = text
        while let scalar = rest.first {
            if scalar == 0x25 {
                guard isTriplet(rest) else { return false }
                rest = rest.dropFirst(3)
            } else {
                guard scalar < 0x80, UInt8(scalar).isDigit || UInt8(scalar).isLetter || scalar == 0x5F else {
                    return false
                }
                rest = rest.dropFirst()
            }
        }
        return true
    }
}
