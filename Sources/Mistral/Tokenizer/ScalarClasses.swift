/// What the split pattern asks about a Unicode scalar, as bits of one byte.
struct ScalarClass: OptionSet {
    let rawValue: UInt8

    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`: may stand in the leading part of a word.
    static let leading = ScalarClass(rawValue: 1)
    /// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`: may stand in the trailing part of a word.
    static let trailing = ScalarClass(rawValue: 2)
    /// `[\p{L}\p{N}]`; marks are neither.
    static let letterOrNumber = ScalarClass(rawValue: 4)
    /// `\p{N}`.
    static let number = ScalarClass(rawValue: 8)
    /// `\s`, the White_Space property.
    static let whitespace = ScalarClass(rawValue: 16)
    /// `[\r\n]`.
    static let newline = ScalarClass(rawValue: 32)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Last version of Unicode that the reference implementation knows. Characters added later count as unassigned, so
    /// that splits do not depend on the Swift version.
    private static let unicodeVersion = 16

    init(_ scalar: Unicode.Scalar) {
        guard let age = scalar.properties.age, age.major <= Self.unicodeVersion else {
            self = []
            return
        }
        var bits: ScalarClass =
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .titlecaseLetter: [.leading, .letterOrNumber]
            case .lowercaseLetter: [.trailing, .letterOrNumber]
            case .modifierLetter, .otherLetter: [.leading, .trailing, .letterOrNumber]
            case .nonspacingMark, .spacingMark, .enclosingMark: [.leading, .trailing]
            case .decimalNumber, .letterNumber, .otherNumber: [.number, .letterOrNumber]
            default: []
            }
        if scalar.properties.isWhitespace { bits.insert(.whitespace) }
        if scalar == "\r" || scalar == "\n" { bits.insert(.newline) }
        self = bits
    }

    /// Neither newline, letter nor number: the one symbol that may precede a word.
    var mayPrecedeWord: Bool { isDisjoint(with: [.newline, .letterOrNumber]) }

    /// `[^\s\p{L}\p{N}]`.
    var isSymbol: Bool { isDisjoint(with: [.whitespace, .letterOrNumber]) }
}

/// Table of scalar classes for the first two planes: looking a property up costs far more than a load.
enum ScalarClasses {
    /// Scalars below this value are in the table.
    static let tableSize = 0x20000

    static let table: [UInt8] = (0..<UInt32(tableSize)).map { value in
        Unicode.Scalar(value).map { ScalarClass($0).rawValue } ?? 0
    }
}
