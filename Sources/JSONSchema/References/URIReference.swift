/// The parts of a URI reference (RFC 3986), split and joined without a check of their characters.
struct URIReference: Hashable {
    var scheme: String?
    var authority: String?
    var path = ""
    var query: String?
    var fragment: String?

    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        func string(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            fragment = string(rest[(hash + 1)...])
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = string(rest[(mark + 1)...])
            rest = rest[..<mark]
        }
        let head = rest.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        if head.endIndex < rest.endIndex, rest[head.endIndex] == UInt8(ascii: ":"), head.first?.isLetter == true,
            head.allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) })
        {
            scheme = string(head)
            rest = rest[(head.endIndex + 1)...]
        }
        if rest.starts(with: "//".utf8) {
            let host = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
            authority = string(host)
            rest = rest[host.endIndex...]
        }
        path = string(rest)
    }

    var description: String {
        var text = scheme.map { $0 + ":" } ?? ""
        if let authority { text += "//" + authority }
        text += path
        if let query { text += "?" + query }
        if let fragment { text += "#" + fragment }
        return text
    }

    /// The reference without its fragment.
    var document: URIReference {
        var copy = self
        copy.fragment = nil
        return copy
    }

    /// The fragment with its percent escapes decoded; nil if they are broken or decode to no UTF-8.
    var decodedFragment: String? {
        guard let fragment else { return "" }
        var bytes: [UInt8] = []
        var rest = Array(fragment.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy(\.isHexadecimalDigit),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// This reference as seen from `base` (section 5.2.2); a base without a scheme is taken for the root of all.
    func resolved(against base: URIReference) -> URIReference {
        var target = self
        if scheme != nil {
            target.path = Self.withoutDots(path)
            return target
        }
        target.scheme = base.scheme
        if authority != nil {
            target.path = Self.withoutDots(path)
            return target
        }
        target.authority = base.authority
        if path.isEmpty {
            target.path = base.path
            target.query = query ?? base.query
        } else if path.utf8.first == UInt8(ascii: "/") {
            target.path = Self.withoutDots(path)
        } else if base.authority != nil, base.path.isEmpty {
            target.path = Self.withoutDots("/" + path)
        } else {
            let folder = base.path.utf8.lastIndex(of: UInt8(ascii: "/")).map { base.path[...$0] } ?? ""
            target.path = Self.withoutDots(folder + path)
        }
        return target
    }

    /// Section 5.2.4.
    private static func withoutDots(_ path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: ".")) else { return path }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        var output: [Substring] = []
        for (position, segment) in segments.enumerated() {
            let isLast = position == segments.count - 1
            switch segment {
            case ".": if isLast { output.append("") }
            case "..":
                if let last = output.last, !(output.count == 1 && last.isEmpty), last != ".." { output.removeLast() }
                if isLast { output.append("") }
            default: output.append(segment)
            }
        }
        return output.joined(separator: "/")
    }
}
