/// The classes that ECMA-262 names.
extension ScalarSet {
    static let digits = ScalarSet([0x30...0x39])
    static let wordCharacters = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let lineTerminators = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])
    /// WhiteSpace and LineTerminator of ECMA-262, sections 12.2 and 12.3.
    static let whitespace = ScalarSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    static let notDigits = digits.inverted()
    static let notWordCharacters = wordCharacters.inverted()
    static let notWhitespace = whitespace.inverted()
    static let notLineTerminators = lineTerminators.inverted()

    /// The scalars with a property that `\p{…}` can name alone or behind `General_Category=`; nil for unknown ones.
    ///
    /// General categories and the binary properties that the standard library knows; no scripts.
    init?(property: String) {
        if let categories = Self.categoryNames[property] {
            self = Self.union(ofCategories: categories)
            return
        }
        switch property {
        case "Any": self = .all
        case "ASCII": self = ScalarSet([0...0x7F])
        case "Assigned": self = Self.union(ofCategories: ["Cn"]).inverted()
        case "Alphabetic", "Alpha": self = .alphabetic
        case "Lowercase", "Lower": self = .lowercase
        case "Uppercase", "Upper": self = .uppercase
        case "White_Space", "space": self = .whiteSpaceProperty
        case "Emoji": self = .emoji
        case "Emoji_Presentation", "EPres": self = .emojiPresentation
        case "ID_Start", "IDS": self = .identifierStart
        case "ID_Continue", "IDC": self = .identifierContinue
        case "Ideographic", "Ideo": self = .ideographic
        case "Hex_Digit", "Hex": self = .hexDigit
        default: return nil
        }
    }

    /// The scalars of a general category, by its short or long name or that of a group of categories.
    init?(generalCategory name: String) {
        guard let categories = Self.categoryNames[name] else { return nil }
        self = Self.union(ofCategories: categories)
    }

    private static let alphabetic = ScalarSet { $0.isAlphabetic }
    private static let lowercase = ScalarSet { $0.isLowercase }
    private static let uppercase = ScalarSet { $0.isUppercase }
    private static let whiteSpaceProperty = ScalarSet { $0.isWhitespace }
    private static let emoji = ScalarSet { $0.isEmoji }
    private static let emojiPresentation = ScalarSet { $0.isEmojiPresentation }
    private static let identifierStart = ScalarSet { $0.isIDStart }
    private static let identifierContinue = ScalarSet { $0.isIDContinue }
    private static let ideographic = ScalarSet { $0.isIdeographic }
    private static let hexDigit = ScalarSet { $0.isHexDigit }

    private init(where holds: (Unicode.Scalar.Properties) -> Bool) {
        var ranges: [ClosedRange<UInt32>] = []
        Self.forEachAssigned { scalar in
            guard holds(scalar.properties) else { return }
            if let last = ranges.last, last.upperBound + 1 == scalar.value {
                ranges[ranges.count - 1] = last.lowerBound...scalar.value
            } else {
                ranges.append(scalar.value...scalar.value)
            }
        }
        self.init(ranges)
    }

    /// Planes 4 to 13 hold nothing, 15 and 16 private use alone: neither is looked at scalar by scalar.
    private static func forEachAssigned(_ body: (Unicode.Scalar) -> Void) {
        for range in [0...0xD7FF, 0xE000...0x3FFFF, 0xE0000...0xE0FFF] as [ClosedRange<UInt32>] {
            for value in range {
                if let scalar = Unicode.Scalar(value) { body(scalar) }
            }
        }
    }
}
