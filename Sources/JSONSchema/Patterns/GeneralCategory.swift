extension Unicode.GeneralCategory {
    /// Every category has its bit, so that a set of categories is one number.
    var bit: UInt32 {
        switch self {
        case .uppercaseLetter: 1 << 0
        case .lowercaseLetter: 1 << 1
        case .titlecaseLetter: 1 << 2
        case .modifierLetter: 1 << 3
        case .otherLetter: 1 << 4
        case .nonspacingMark: 1 << 5
        case .spacingMark: 1 << 6
        case .enclosingMark: 1 << 7
        case .decimalNumber: 1 << 8
        case .letterNumber: 1 << 9
        case .otherNumber: 1 << 10
        case .connectorPunctuation: 1 << 11
        case .dashPunctuation: 1 << 12
        case .openPunctuation: 1 << 13
        case .closePunctuation: 1 << 14
        case .initialPunctuation: 1 << 15
        case .finalPunctuation: 1 << 16
        case .otherPunctuation: 1 << 17
        case .mathSymbol: 1 << 18
        case .currencySymbol: 1 << 19
        case .modifierSymbol: 1 << 20
        case .otherSymbol: 1 << 21
        case .spaceSeparator: 1 << 22
        case .lineSeparator: 1 << 23
        case .paragraphSeparator: 1 << 24
        case .control: 1 << 25
        case .format: 1 << 26
        case .surrogate: 1 << 27
        case .privateUse: 1 << 28
        case .unassigned: 1 << 29
        @unknown default: 1 << 29
        }
    }

    /// All categories together.
    static let allBits: UInt32 = (1 << 30) - 1

    /// The categories that go by a name of PropertyValueAliases.txt, short or long; nil if none does.
    static func bits(named name: String) -> UInt32? { bitsByName[name] }

    private static let bitsByName: [String: UInt32] = {
        let names: [[String]] = [
            ["Lu", "Uppercase_Letter"], ["Ll", "Lowercase_Letter"], ["Lt", "Titlecase_Letter"],
            ["Lm", "Modifier_Letter"], ["Lo", "Other_Letter"], ["Mn", "Nonspacing_Mark"], ["Mc", "Spacing_Mark"],
            ["Me", "Enclosing_Mark"], ["Nd", "Decimal_Number", "digit"], ["Nl", "Letter_Number"],
            ["No", "Other_Number"], ["Pc", "Connector_Punctuation"], ["Pd", "Dash_Punctuation"],
            ["Ps", "Open_Punctuation"], ["Pe", "Close_Punctuation"], ["Pi", "Initial_Punctuation"],
            ["Pf", "Final_Punctuation"], ["Po", "Other_Punctuation"], ["Sm", "Math_Symbol"],
            ["Sc", "Currency_Symbol"], ["Sk", "Modifier_Symbol"], ["So", "Other_Symbol"], ["Zs", "Space_Separator"],
            ["Zl", "Line_Separator"], ["Zp", "Paragraph_Separator"], ["Cc", "Control", "cntrl"], ["Cf", "Format"],
            ["Cs", "Surrogate"], ["Co", "Private_Use"], ["Cn", "Unassigned"],
        ]
        let groups: [([String], ClosedRange<Int>)] = [
            (["LC", "Cased_Letter"], 0...2), (["L", "Letter"], 0...4), (["M", "Mark", "Combining_Mark"], 5...7),
            (["N", "Number"], 8...10), (["P", "Punctuation", "punct"], 11...17), (["S", "Symbol"], 18...21),
            (["Z", "Separator"], 22...24), (["C", "Other"], 25...29),
        ]
        var bits: [String: UInt32] = [:]
        for (position, aliases) in names.enumerated() {
            for name in aliases { bits[name] = 1 << UInt32(position) }
        }
        for (aliases, range) in groups {
            for name in aliases { bits[name] = range.reduce(0) { $0 | 1 << UInt32($1) } }
        }
        return bits
    }()
}
