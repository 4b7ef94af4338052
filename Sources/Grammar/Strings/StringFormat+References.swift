/// URIs (RFC 3986, appendix A) and IRIs (RFC 3987, section 2.2) as patterns, by their grammar.
struct ReferenceText {
    static let ascii = ReferenceText(beyondASCII: "", privateUse: "")
    static let international = ReferenceText(beyondASCII: universal, privateUse: "\\u{E000}-\\u{F8FF}" + privatePlanes)

    /// A reference that begins with a scheme.
    let absolute: String
    /// Any reference.
    let reference: String

    private init(beyondASCII: String, privateUse: String) {
        let plain = "A-Za-z0-9\\-._~!$&'()*+,;=\(beyondASCII)"
        let encoded = "%[0-9A-Fa-f]{2}"
        func character(_ others: String) -> String { "(?:[\(plain)\(others)]|\(encoded))" }
        let segment = "\(character(":@"))*"
        let filledSegment = "\(character(":@"))+"
        let future = "[Vv][0-9A-Fa-f]+\\.[A-Za-z0-9\\-._~!$&'()*+,;=:]+"
        let host = "(?:\\[(?:\(HostText.ipv6)|\(future))\\]|\(character(""))*)"
        let authority = "(?:\(character(":"))*@)?\(host)(?::[0-9]*)?"
        let rooted = "/(?:\(filledSegment)(?:/\(segment))*)?"
        let underAuthority = "//\(authority)(?:/\(segment))*"
        let tail = "(?:\\?\(character(":@/?\(privateUse)"))*)?(?:#\(character(":@/?"))*)?"
        let scheme = "[A-Za-z][A-Za-z0-9+\\-.]*:"
        let rootless = "\(filledSegment)(?:/\(segment))*"
        // Without a scheme a colon in the first segment would make one.
        let noScheme = "\(character("@"))+(?:/\(segment))*"
        absolute = "\(scheme)(?:\(underAuthority)|\(rooted)|\(rootless))?\(tail)"
        reference = "(?:\(absolute)|(?:\(underAuthority)|\(rooted)|\(noScheme))?\(tail))"
    }

    /// `ucschar`.
    private static let universal: String = {
        let planes = (1...14).map { plane in
            let start = plane == 14 ? "1000" : "0000"
            return "\\u{\(String(plane, radix: 16))\(start)}-\\u{\(String(plane, radix: 16))FFFD}"
        }
        return "\\u{A0}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFEF}" + planes.joined()
    }()

    private static let privatePlanes = "\\u{F0000}-\\u{FFFFD}\\u{100000}-\\u{10FFFD}"
}
