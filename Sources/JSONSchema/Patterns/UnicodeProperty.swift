/// Binary properties that `\p{…}` can name; others are refused by name.
enum UnicodeProperty: String {
    case any = "Any"
    case ascii = "ASCII"
    case assigned = "Assigned"
    case alphabetic = "Alphabetic"
    case lowercase = "Lowercase"
    case uppercase = "Uppercase"
    case whiteSpace = "White_Space"
    case emoji = "Emoji"
    case emojiPresentation = "Emoji_Presentation"
    case identifierStart = "ID_Start"
    case identifierContinue = "ID_Continue"
    case ideographic = "Ideographic"
    case hexDigit = "Hex_Digit"

    init?(name: String) {
        let aliases = [
            "Alpha": "Alphabetic", "Lower": "Lowercase", "Upper": "Uppercase", "space": "White_Space",
            "EPres": "Emoji_Presentation", "IDS": "ID_Start", "IDC": "ID_Continue", "Ideo": "Ideographic",
            "Hex": "Hex_Digit",
        ]
        self.init(rawValue: aliases[name] ?? name)
    }

    func holds(for scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return switch self {
        case .any: true
        case .ascii: scalar.isASCII
        case .assigned: properties.generalCategory != .unassigned
        case .alphabetic: properties.isAlphabetic
        case .lowercase: properties.isLowercase
        case .uppercase: properties.isUppercase
        case .whiteSpace: properties.isWhitespace
        case .emoji: properties.isEmoji
        case .emojiPresentation: properties.isEmojiPresentation
        case .identifierStart: properties.isIDStart
        case .identifierContinue: properties.isIDContinue
        case .ideographic: properties.isIdeographic
        case .hexDigit: properties.isHexDigit
        }
    }
}
