/// Host names (RFC 1123, section 2.1) and international ones (RFC 5890 to 5893).
enum HostnameFormat {
    private static let maximumLength = 253
    private static let maximumLabelLength = 63

    /// Labels of ASCII letters, digits and hyphens; those that begin with `xn--` must hold a valid international label.
    static func isHostname(_ text: String) -> Bool {
        guard text.utf8.count <= maximumLength else { return false }
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        var decoded: [[Unicode.Scalar]] = []
        for label in labels {
            guard isLetterDigitHyphen(label), let scalars = decode(Array(label)) else { return false }
            decoded.append(scalars)
        }
        return InternationalLabel.satisfiesBidirectionalRule(decoded)
    }

    /// Labels as above or in Unicode, separated by any of the four dots of IDNA.
    static func isInternationalHostname(_ text: String) -> Bool {
        let dots: Set<Unicode.Scalar> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
        guard text.utf8.count <= 4 * maximumLength else { return false }
        var labels: [[Unicode.Scalar]] = []
        var length = -1
        for label in Array(text.unicodeScalars).split(omittingEmptySubsequences: false, whereSeparator: dots.contains) {
            if label.allSatisfy(\.isASCII) {
                let bytes = label.map { UInt8(truncatingIfNeeded: $0.value) }
                guard isLetterDigitHyphen(bytes), let scalars = decode(bytes) else { return false }
                labels.append(scalars)
                length += 1 + bytes.count
            } else {
                guard InternationalLabel.isValid(Array(label)), let encoded = Punycode.encode(Array(label)),
                    encoded.count + 4 <= maximumLabelLength
                else { return false }
                labels.append(Array(label))
                length += 1 + 4 + encoded.count
            }
        }
        return length <= maximumLength && InternationalLabel.satisfiesBidirectionalRule(labels)
    }

    private static func isLetterDigitHyphen(_ label: some BidirectionalCollection<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...maximumLabelLength).contains(label.count) && label.first != hyphen && label.last != hyphen
            && label.allSatisfy { $0.isLetter || $0.isDigit || $0 == hyphen }
    }

    /// The Unicode form of a label in ASCII; nil if it begins with `xn--` and holds no valid one.
    private static func decode(_ label: [UInt8]) -> [Unicode.Scalar]? {
        let lowercased = label.map { $0.isLetter ? $0 | 0x20 : $0 }
        guard lowercased.starts(with: "xn--".utf8) else { return label.map { Unicode.Scalar($0) } }
        let encoded = Array(lowercased.dropFirst(4))
        guard let scalars = Punycode.decode(encoded), !scalars.allSatisfy(\.isASCII),
            InternationalLabel.isValid(scalars), Punycode.encode(scalars) == encoded
        else { return nil }
        return scalars
    }
}
