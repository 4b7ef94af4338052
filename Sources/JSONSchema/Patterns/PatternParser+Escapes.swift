extension PatternParser {
    /// Reads an escape outside a class; `\b` and `\B` have been taken before.
    mutating func parseEscape() throws(PatternError) -> PatternNode {
        position += 1
        guard let kind = next else { throw error("ends with a backslash") }
        if (0x31...0x39).contains(kind) {
            var number = ""
            while let digit = next, (0x30...0x39).contains(digit) {
                number.unicodeScalars.append(Unicode.Scalar(UInt8(digit)))
                position += 1
            }
            return .backreference("\\" + number)
        }
        if kind == UInt32(UInt8(ascii: "k")) {
            position += 1
            return try parseNamedReference()
        }
        var set = CodePointSet()
        if try !parseClassEscape(into: &set) {
            let codePoint = try parseCharacterEscape()
            set.insert([codePoint...codePoint])
        }
        set.seal()
        return .set(set)
    }

    /// Reads a class behind its opening bracket.
    mutating func parseClass() throws(PatternError) -> CodePointSet {
        var set = CodePointSet()
        if take("^") { set.negate() }
        while !take("]") {
            guard let low = try parseClassAtom(into: &set) else {
                continue
            }
            guard isNext("-"), !isNext("-]") else {
                set.insert([low...low])
                continue
            }
            position += 1
            let start = position
            guard let high = try parseClassAtom(into: &set) else {
                // A class such as \d ends no range: the hyphen stands for itself (Annex B).
                set.insert([low...low, 0x2D...0x2D])
                continue
            }
            guard low <= high else {
                position = start
                throw error("has a range whose bounds are in the wrong order")
            }
            set.insert([low...high])
        }
        set.seal()
        return set
    }

    /// One code point of a class; nil if a class escape was taken into `set` instead.
    private mutating func parseClassAtom(into set: inout CodePointSet) throws(PatternError) -> UInt32? {
        guard let next else { throw error("opens a class that it does not close") }
        position += 1
        guard next == 0x5C else { return next }
        if take("b") { return 0x08 }
        if try parseClassEscape(into: &set) { return nil }
        return try parseCharacterEscape()
    }

    /// Takes `d D w W s S p P` behind a backslash; false, and nothing taken, for all other escapes.
    private mutating func parseClassEscape(into set: inout CodePointSet) throws(PatternError) -> Bool {
        if take("d") {
            set.insert(CodePointSet.digits)
        } else if take("D") {
            set.insert(complementOf: CodePointSet.digits)
        } else if take("w") {
            set.insert(CodePointSet.wordCharacters)
        } else if take("W") {
            set.insert(complementOf: CodePointSet.wordCharacters)
        } else if take("s") {
            set.insert(CodePointSet.whitespace)
        } else if take("S") {
            set.insert(complementOf: CodePointSet.whitespace)
        } else if take("p") {
            try parseProperty(into: &set, negated: false)
        } else if take("P") {
            try parseProperty(into: &set, negated: true)
        } else {
            return false
        }
        return true
    }

    private mutating func parseProperty(into set: inout CodePointSet, negated: Bool) throws(PatternError) {
        guard take("{") else { throw error("has \\p without a {property}") }
        var text = ""
        while let next, next != 0x7D, let scalar = Unicode.Scalar(next) {
            text.unicodeScalars.append(scalar)
            position += 1
        }
        guard take("}") else { throw error("has a property that does not end") }
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts.count, parts[0]) {
        case (2, "Script"), (2, "sc"), (2, "Script_Extensions"), (2, "scx"):
            guard parts[0].utf8.count != 3, parts[0] != "Script_Extensions",
                let script = UnicodeScript(name: parts[1])
            else { throw error("asks for the script \(text), which is not supported") }
            if negated { set.insert(complementOf: script.ranges) } else { set.insert(script.ranges) }
        case (2, "General_Category"), (2, "gc"), (1, _):
            if let bits = Unicode.GeneralCategory.bits(named: parts[parts.count - 1]) {
                set.insert(categories: negated ? Unicode.GeneralCategory.allBits & ~bits : bits)
            } else if parts.count == 1, let property = UnicodeProperty(name: text) {
                set.insert(property, negated: negated)
            } else {
                fallthrough
            }
        default: throw error("asks for the property {\(text)}, which is unknown or not supported")
        }
    }

    /// Reads an escape that stands for one code point.
    private mutating func parseCharacterEscape() throws(PatternError) -> UInt32 {
        guard let kind = next else { throw error("ends with a backslash") }
        position += 1
        switch Unicode.Scalar(kind) {
        case "t": return 0x09
        case "n": return 0x0A
        case "v": return 0x0B
        case "f": return 0x0C
        case "r": return 0x0D
        case "0":
            if let next, (0x30...0x39).contains(next) { throw error("has an octal escape") }
            return 0
        case "c":
            guard let letter = next, (0x41...0x5A).contains(letter & ~0x20) else {
                throw error("has \\c without a letter")
            }
            position += 1
            return letter & 0x1F
        case "x": return try parseHexadecimal(digits: 2)
        case "u": return try parseUnicodeEscape()
        case .some(let scalar):
            guard scalar.value > 0x7F || !scalar.properties.isAlphabetic && scalar.properties.numericType == nil else {
                throw error("has the escape \\\(scalar), which ECMA-262 does not know")
            }
            return kind
        case nil: throw error("holds half a surrogate pair")
        }
    }

    private mutating func parseUnicodeEscape() throws(PatternError) -> UInt32 {
        if take("{") {
            var value: UInt32 = 0
            let start = position
            while let digit = next.flatMap(Self.hexadecimalDigit), value <= 0x10FFFF {
                value = value << 4 | digit
                position += 1
            }
            guard position > start, value <= 0x10FFFF, take("}") else {
                throw error("has an escape \\u{…} that is no code point")
            }
            return value
        }
        let unit = try parseHexadecimal(digits: 4)
        let afterUnit = position
        if (0xD800...0xDBFF).contains(unit), take("\\u") {
            if !isNext("{"), let low = try? parseHexadecimal(digits: 4), (0xDC00...0xDFFF).contains(low) {
                return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            position = afterUnit
        }
        return unit
    }

    private mutating func parseHexadecimal(digits: Int) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = next.flatMap(Self.hexadecimalDigit) else {
                throw error("has an escape with fewer than \(digits) hexadecimal digits")
            }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    private static func hexadecimalDigit(_ codePoint: UInt32) -> UInt32? {
        switch codePoint {
        case 0x30...0x39: codePoint - 0x30
        case 0x41...0x46: codePoint - 0x41 + 10
        case 0x61...0x66: codePoint - 0x61 + 10
        default: nil
        }
    }
}
