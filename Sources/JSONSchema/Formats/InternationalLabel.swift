/// Labels of host names in Unicode: the code points of RFC 5892 and the rules for their context.
enum InternationalLabel {
    static func isValid(_ label: [Unicode.Scalar]) -> Bool {
        guard let first = label.first, first != "-", label.last != "-", !isMark(first) else { return false }
        if label.count >= 4, label[2] == "-", label[3] == "-" { return false }
        return label.indices.allSatisfy { isValid(at: $0, label) }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        [.nonspacingMark, .spacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
    }

    private static func isValid(at index: Int, _ label: [Unicode.Scalar]) -> Bool {
        let scalar = label[index]
        switch scalar.value {
        case 0x2D, 0x30...0x39, 0x61...0x7A: return true
        // Exceptions, section 2.6.
        case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
        case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
        // Old Hangul, section 2.9.
        case 0x1100...0x11FF, 0xA960...0xA97C, 0xD7B0...0xD7FB: return false
        case 0xB7: return index > 0 && label[index - 1] == "l" && index + 1 < label.count && label[index + 1] == "l"
        case 0x375: return index + 1 < label.count && UnicodeScript.greek.contains(label[index + 1])
        case 0x5F3, 0x5F4: return index > 0 && UnicodeScript.hebrew.contains(label[index - 1])
        case 0x30FB:
            return label.contains { scalar in
                [UnicodeScript.hiragana, .katakana, .han].contains { $0.contains(scalar) }
            }
        case 0x660...0x669: return !label.contains { (0x6F0...0x6F9).contains($0.value) }
        case 0x6F0...0x6F9: return !label.contains { (0x660...0x669).contains($0.value) }
        case 0x200D: return follows(virama: label, index)
        case 0x200C: return follows(virama: label, index) || JoiningType.joins(label, around: index)
        default: break
        }
        let properties = scalar.properties
        guard !properties.changesWhenNFKCCaseFolded, !properties.isDefaultIgnorableCodePoint else { return false }
        switch properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber: return true
        default: return false
        }
    }

    private static func follows(virama label: [Unicode.Scalar], _ index: Int) -> Bool {
        index > 0 && label[index - 1].properties.canonicalCombiningClass == .virama
    }

    // MARK: Text from right to left

    private enum Direction { case left, right, europeanDigit, arabicDigit, mark, neutral }

    /// The rule of RFC 5893, section 2, which applies to all labels if one holds text from right to left.
    static func satisfiesBidirectionalRule(_ labels: [[Unicode.Scalar]]) -> Bool {
        let directions = labels.map { $0.map(direction) }
        guard directions.contains(where: { $0.contains { $0 == .right || $0 == .arabicDigit } }) else { return true }
        return directions.allSatisfy { label in
            let last = label.last { $0 != .mark }
            switch label.first {
            case .right:
                return !label.contains(.left) && !(label.contains(.europeanDigit) && label.contains(.arabicDigit))
                    && [.right, .europeanDigit, .arabicDigit].contains(last)
            case .left:
                return !label.contains(.right) && !label.contains(.arabicDigit)
                    && [.left, .europeanDigit].contains(last)
            default: return false
            }
        }
    }

    private static func direction(_ scalar: Unicode.Scalar) -> Direction {
        switch scalar.value {
        case 0x30...0x39, 0x6F0...0x6F9: return .europeanDigit
        case 0x660...0x669, 0x66B, 0x66C: return .arabicDigit
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .mark
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter, .spacingMark,
            .decimalNumber, .letterNumber, .otherNumber:
            // The blocks whose letters run from right to left.
            switch scalar.value {
            case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: return .right
            default: return .left
            }
        default: return .neutral
        }
    }
}
