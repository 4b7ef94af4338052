/// How letters of the Arabic block join their neighbours (Unicode Character Database, ArabicShaping.txt).
enum JoiningType {
    /// Whether a zero-width non-joiner stands between letters that would join (RFC 5892, appendix A.1).
    static func joins(_ label: [Unicode.Scalar], around index: Int) -> Bool {
        let before = label[..<index].last { !isTransparent($0) }
        let after = label[(index + 1)...].first { !isTransparent($0) }
        guard let before, let after else { return false }
        return isArabicLetter(before) && !joinsRightOnly(before) && isArabicLetter(after)
    }

    private static func isTransparent(_ scalar: Unicode.Scalar) -> Bool {
        [.nonspacingMark, .enclosingMark, .format].contains(scalar.properties.generalCategory)
    }

    private static func isArabicLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x620, 0x622...0x63F, 0x641...0x64A, 0x66E...0x673, 0x675...0x6D3, 0x6EE...0x6EF, 0x6FA...0x6FC, 0x6FF:
            true
        default: false
        }
    }

    private static func joinsRightOnly(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x622...0x625, 0x627, 0x629, 0x62F...0x632, 0x648, 0x671...0x673, 0x675...0x677, 0x688...0x699, 0x6C0,
            0x6C3...0x6CB, 0x6CD, 0x6CF, 0x6D2, 0x6D3, 0x6EE, 0x6EF:
            true
        default: false
        }
    }
}
