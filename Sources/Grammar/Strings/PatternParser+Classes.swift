extension PatternParser {
    /// Reads a class behind its opening bracket.
    mutating func characterClass() throws(StringAutomatonError) -> ScalarSet {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        var named = ScalarSet.empty
        while !take("]") {
            let low: UInt32
            switch try classAtom() {
            case .scalar(let scalar): low = scalar
            case .set(let set):
                named = named.union(set)
                continue
            }
            guard take("-") else {
                ranges.append(low...low)
                continue
            }
            if isNext("]") {
                ranges += [low...low, 0x2D...0x2D]
                continue
            }
            switch try classAtom() {
            case .scalar(let high):
                guard low <= high else { throw error("has a range whose bounds are in the wrong order") }
                ranges.append(low...high)
            case .set(let set):
                // Annex B: what can end no range leaves the hyphen to stand for itself.
                ranges += [low...low, 0x2D...0x2D]
                named = named.union(set)
            }
        }
        let set = ScalarSet(ranges).union(named)
        return isNegated ? set.inverted() : set
    }

    private enum ClassAtom {
        case scalar(UInt32)
        case set(ScalarSet)
    }

    private mutating func classAtom() throws(StringAutomatonError) -> ClassAtom {
        guard let next else { throw error("opens a class that it does not close") }
        position += 1
        guard next == 0x5C else { return .scalar(next) }
        if take("b") { return .scalar(0x08) }
        if let set = try classEscape() { return .set(set) }
        return .scalar(try characterEscape())
    }

    /// Reads an escape outside a class, behind its backslash.
    mutating func escape() throws(StringAutomatonError) -> ScalarSet {
        if let next, (0x31...0x39).contains(next) || isNext("k") {
            throw error("has a back-reference, which no finite automaton can hold")
        }
        if let set = try classEscape() { return set }
        return ScalarSet(try characterEscape())
    }

    /// Takes `d D w W s S p P`; nil, and nothing taken, for all other escapes.
    private mutating func classEscape() throws(StringAutomatonError) -> ScalarSet? {
        if take("d") { return .digits }
        if take("D") { return .notDigits }
        if take("w") { return .wordCharacters }
        if take("W") { return .notWordCharacters }
        if take("s") { return .whitespace }
        if take("S") { return .notWhitespace }
        if take("p") { return try property() }
        return take("P") ? try property().inverted() : nil
    }

    private mutating func property() throws(StringAutomatonError) -> ScalarSet {
        guard take("{") else { throw error("has \\p without a property in braces") }
        var text = ""
        while let next, !isNext("}"), let scalar = Unicode.Scalar(next) {
            text.unicodeScalars.append(scalar)
            position += 1
        }
        guard take("}") else { throw error("has a property that does not end") }
        let set: ScalarSet?
        if let equals = text.firstIndex(of: "=") {
            let isCategory = ["General_Category", "gc"].contains(text[..<equals])
            set = isCategory ? ScalarSet(generalCategory: String(text[text.index(after: equals)...])) : nil
        } else {
            set = ScalarSet(property: text)
        }
        guard let set else { throw error("has the property \\p{\(text)}, which is unknown or not supported") }
        return set
    }

    /// Reads an escape that stands for one code point, behind its backslash.
    private mutating func characterEscape() throws(StringAutomatonError) -> UInt32 {
        guard let kind = next else { throw error("ends in a backslash") }
        position += 1
        switch Unicode.Scalar(kind) {
        case "t": return 0x09
        case "n": return 0x0A
        case "v": return 0x0B
        case "f": return 0x0C
        case "r": return 0x0D
        case "0":
            if let digit = next, (0x30...0x39).contains(digit) { throw error("has an octal escape") }
            return 0
        case "c":
            guard let letter = next, (0x41...0x5A).contains(letter & ~0x20) else {
                throw error("has \\c without a letter")
            }
            position += 1
            return letter & 0x1F
        case "x": return try hexadecimal(digits: 2)
        case "u": return try unicodeEscape()
        case .some(let scalar):
            guard !scalar.properties.isAlphabetic, scalar.properties.numericType == nil else {
                throw error("has the escape \\\(scalar), which ECMA-262 does not know")
            }
            return kind
        case nil: throw error("has half a surrogate pair")
        }
    }

    private mutating func unicodeEscape() throws(StringAutomatonError) -> UInt32 {
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
        let unit = try hexadecimal(digits: 4)
        let end = position
        if (0xD800...0xDBFF).contains(unit), take(text: "\\u"), next != nil {
            if let low = try? hexadecimal(digits: 4), (0xDC00...0xDFFF).contains(low) {
                return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
        }
        position = end
        // Half a pair alone is no scalar: it matches nothing in a well-formed text.
        return unit
    }

    private mutating func hexadecimal(digits: Int) throws(StringAutomatonError) -> UInt32 {
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
