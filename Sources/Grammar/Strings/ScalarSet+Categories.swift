/// General categories (Unicode Standard Annex 44, table 12) and the names that ECMA-262 has for them.
extension ScalarSet {
    static func union(ofCategories names: [String]) -> ScalarSet {
        names.reduce(.empty) { $0.union(byCategory[$1] ?? .empty) }
    }

    /// Scalars by the short name of their category, read from the standard library once.
    private static let byCategory: [String: ScalarSet] = {
        var ranges: [String: [ClosedRange<UInt32>]] = [:]
        var start: UInt32 = 0
        var category = "Cc"
        func close(at end: UInt32) { ranges[category, default: []].append(start...(end - 1)) }
        for value: UInt32 in 1..<0x40000 {
            let next = Unicode.Scalar(value).map { $0.properties.generalCategory.shortName } ?? "Cs"
            guard next != category else { continue }
            close(at: value)
            start = value
            category = next
        }
        close(at: 0x40000)
        // Above plane 3: tags and variation selectors of plane 14, and the two planes of private use.
        var used: [ClosedRange<UInt32>] = [0xF0000...0xFFFFD, 0x100000...0x10FFFD]
        ranges["Co", default: []] += used
        for value: UInt32 in 0xE0000...0xE0FFF {
            guard let name = Unicode.Scalar(value)?.properties.generalCategory.shortName, name != "Cn" else { continue }
            ranges[name, default: []].append(value...value)
            used.append(value...value)
        }
        ranges["Cn", default: []] += ScalarSet(used).inverted().intersection(ScalarSet([0x40000...0x10FFFF])).ranges
        return ranges.mapValues { ScalarSet($0) }
    }()

    /// The categories that a name stands for.
    static let categoryNames: [String: [String]] = {
        let singles = [
            ("Lu", "Uppercase_Letter"), ("Ll", "Lowercase_Letter"), ("Lt", "Titlecase_Letter"),
            ("Lm", "Modifier_Letter"), ("Lo", "Other_Letter"), ("Mn", "Nonspacing_Mark"), ("Mc", "Spacing_Mark"),
            ("Me", "Enclosing_Mark"), ("Nd", "Decimal_Number"), ("Nl", "Letter_Number"), ("No", "Other_Number"),
            ("Pc", "Connector_Punctuation"), ("Pd", "Dash_Punctuation"), ("Ps", "Open_Punctuation"),
            ("Pe", "Close_Punctuation"), ("Pi", "Initial_Punctuation"), ("Pf", "Final_Punctuation"),
            ("Po", "Other_Punctuation"), ("Sm", "Math_Symbol"), ("Sc", "Currency_Symbol"), ("Sk", "Modifier_Symbol"),
            ("So", "Other_Symbol"), ("Zs", "Space_Separator"), ("Zl", "Line_Separator"),
            ("Zp", "Paragraph_Separator"), ("Cc", "Control"), ("Cf", "Format"), ("Cs", "Surrogate"),
            ("Co", "Private_Use"), ("Cn", "Unassigned"),
        ]
        let groups = [
            ("LC", "Cased_Letter", ["Lu", "Ll", "Lt"]), ("L", "Letter", ["Lu", "Ll", "Lt", "Lm", "Lo"]),
            ("M", "Mark", ["Mn", "Mc", "Me"]), ("N", "Number", ["Nd", "Nl", "No"]),
            ("P", "Punctuation", ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"]),
            ("S", "Symbol", ["Sm", "Sc", "Sk", "So"]), ("Z", "Separator", ["Zs", "Zl", "Zp"]),
            ("C", "Other", ["Cc", "Cf", "Cs", "Co", "Cn"]),
        ]
        var names = ["digit": ["Nd"], "punct": ["Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"], "cntrl": ["Cc"]]
        names["Combining_Mark"] = ["Mn", "Mc", "Me"]
        for (short, long) in singles {
            names[short] = [short]
            names[long] = [short]
        }
        for (short, long, members) in groups {
            names[short] = members
            names[long] = members
        }
        return names
    }()
}

extension Unicode.GeneralCategory {
    /// The short name of Unicode Standard Annex 44.
    fileprivate var shortName: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
