/// A URI or relative reference in its parts (RFC 3986).
struct URIReference {
    var scheme: Substring?
    var authority: Substring?
    var path: Substring
    var query: Substring?
    /// As written, still percent-encoded.
    let fragment: String?
    /// All before the fragment.
    let withoutFragment: String
    /// Whether there is nothing but, perhaps, a fragment.
    var isFragment: Bool { withoutFragment.isEmpty }

    /// Splits `text` as RFC 3986, appendix B, does: every string has parts.
    init(_ text: String) {
        var rest = Substring(text)
        fragment = Self.cut(&rest, at: UInt8(ascii: "#")).map(String.init)
        withoutFragment = String(rest)
        path = rest
        guard !rest.isEmpty else { return }
        query = Self.cut(&rest, at: UInt8(ascii: "?"))
        let end = rest.utf8.firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
        if let end, rest.utf8[end] == UInt8(ascii: ":"), end > rest.startIndex {
            scheme = rest[..<end]
            rest = rest[rest.utf8.index(after: end)...]
        }
        if rest.utf8.starts(with: "//".utf8) {
            rest = rest[rest.utf8.index(rest.startIndex, offsetBy: 2)...]
            let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            authority = rest[..<end]
            rest = rest[end...]
        }
        path = rest
    }

    /// The fragment without percent-encoding, empty if there is none; nil if it is malformed.
    var decodedFragment: String? {
        guard let fragment, fragment.utf8.contains(UInt8(ascii: "%")) else { return fragment ?? "" }
        var bytes: [UInt8] = []
        var rest = fragment.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(Self.hexadecimal),
                let low = rest.popFirst().flatMap(Self.hexadecimal)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8? {
        Character(UnicodeScalar(digit)).hexDigitValue.map { UInt8(truncatingIfNeeded: $0) }
    }

    /// Shortens `text` to what stands before the first `mark`; returns what follows it.
    private static func cut(_ text: inout Substring, at mark: UInt8) -> Substring? {
        guard let position = text.utf8.firstIndex(of: mark) else { return nil }
        let tail = text[text.utf8.index(after: position)...]
        text = text[..<position]
        return tail
    }

    /// The reference resolved against a base, without its fragment (RFC 3986, section 5.2.2).
    func resolved(against base: URIReference) -> String {
        var target = self
        if scheme == nil {
            target.scheme = base.scheme
            if authority == nil {
                target.authority = base.authority
                if path.isEmpty {
                    target.path = base.path
                    target.query = query ?? base.query
                } else if path.utf8.first != UInt8(ascii: "/") {
                    target.path = base.merged(with: path)
                }
            }
        }
        var text = ""
        if let scheme = target.scheme { text += scheme + ":" }
        if let authority = target.authority { text += "//" + authority }
        text += Self.removingDotSegments(target.path)
        if let query = target.query { text += "?" + query }
        return text
    }

    /// A relative path in place of all after the last slash of this one (section 5.2.3).
    private func merged(with relative: Substring) -> Substring {
        if authority != nil, path.isEmpty { return "/" + relative }
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return relative }
        return path[...slash] + relative
    }

    /// The path without `.` and `..` (section 5.2.4).
    private static func removingDotSegments(_ path: Substring) -> String {
        // The paths of most references have none, those of URNs must not be touched.
        guard path.utf8.contains(UInt8(ascii: ".")), path.utf8.contains(UInt8(ascii: "/")) else { return String(path) }
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var kept: [Substring] = []
        for (index, bytes) in segments.enumerated() {
            let segment = Substring(bytes)
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                if kept.count > (isAbsolute ? 1 : 0) { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return kept.joined(separator: "/")
    }
}
