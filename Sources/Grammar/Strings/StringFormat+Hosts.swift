/// Addresses, host names and mailboxes as patterns.
enum HostText {
    /// Four decimal numbers without leading zeros (RFC 2673, section 3.2).
    static let ipv4 = "\(byte)(?:\\.\(byte)){3}"

    private static let byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"

    /// `IPv6address` of RFC 3986, section 3.2.2, which is RFC 4291 without zones.
    static let ipv6: String = {
        let group = "[0-9A-Fa-f]{1,4}"
        /// What stands behind `::`: up to `count` groups, an IPv4 address in the place of the last two.
        func tail(_ count: Int) -> String {
            switch count {
            case 0: ""
            case 1: "(?:\(group))?"
            default: "(?:\(group)(?::\(group)){0,\(count - 1)}|(?:\(group):){0,\(count - 2)}\(ipv4))?"
            }
        }
        /// What stands behind `count` groups without a `::`, which is short for at least one.
        func rest(_ count: Int) -> String {
            if count == 8 { return "" }
            let address = count == 6 ? "|\(ipv4)" : ""
            return ":(?::\(tail(7 - count))|\(group)\(rest(count + 1))\(address))"
        }
        return "(?:::\(tail(7))|\(group)\(rest(1)))"
    }()

    /// RFC 1123, section 2.1: labels of up to 63 letters, digits and hyphens. No hyphens in the third and fourth place,
    /// which RFC 5890 keeps for labels whose validity no automaton can tell.
    static let hostname = "\(label)(?:\\.\(label))*"

    private static let label = label(of: "A-Za-z0-9", limit: 63)

    /// Labels of up to `limit` characters by their length: the third and fourth must not both be hyphens, the first and
    /// the last not one.
    private static func label(of characters: String, limit: Int) -> String {
        let inner = "[\(characters)\\-]"
        let edge = "[\(characters)]"
        let middle = "(?:\(edge)\(inner)|\(inner)\(edge))"
        return "\(edge)(?:\(inner){0,2}\(edge)|\(inner)\(middle)\(inner){0,\(limit - 5)}\(edge))?"
    }

    /// Lower-case letters of scripts that are written from left to right, valid in labels wherever they stand (RFC
    /// 5892), and that no composition changes.
    private static let plainLetters =
        "\\u{E0}-\\u{F6}\\u{F8}-\\u{FF}\\u{3B1}-\\u{3C9}\\u{430}-\\u{44F}\\u{3042}\\u{3044}\\u{3046}\\u{3048}"
        + "\\u{304A}-\\u{3062}\\u{4E00}-\\u{9FA5}\\u{AC00}-\\u{D7A3}"

    /// Host names in ASCII, or up to four labels of up to ten characters: their form in ASCII (RFC 3492) takes at most
    /// five characters for one and so stays below 63, and below 253 together.
    static let idnHostname = "(?:\(hostname)|\(idnLabel)(?:\\.\(idnLabel)){0,3})"

    private static let idnLabel = label(of: "a-z0-9\(plainLetters)", limit: 10)

    /// `Mailbox` of RFC 5321, section 4.1.2, its local part of up to 64 characters.
    static let email = "(?:\(dotString(of: atom, limit: 64))|\(quoted()))@\(domain(hostname))"

    /// RFC 6531: local parts of any characters beyond ASCII, of up to 64 bytes.
    static let idnEmail: String = {
        let beyond = "\\u{80}-\\u{10FFFF}"
        let local = [
            dotString(of: atom, limit: 64), dotString(of: atom + beyond, limit: 16), quoted(),
            "\"[\(quotable)\(beyond)]{0,15}\"",
        ]
        return "(?:\(local.joined(separator: "|")))@\(domain(idnHostname))"
    }()

    private static let atom = "A-Za-z0-9!#$%&'*+\\-/=?\\^_`{|}~"

    /// Characters with single dots between them, `limit` in all.
    private static func dotString(of characters: String, limit: Int) -> String {
        // A dot always stands before a character: the lookahead bounds both together.
        "(?=[^@]{1,\(limit)}@)[\(characters)]+(?:\\.[\(characters)]+)*"
    }

    private static let quotable = " !#-\\[\\]-~"

    /// Up to 62 characters between quotes, or up to 31 of which any may be escaped.
    private static func quoted() -> String { "\"(?:[\(quotable)]{0,62}|(?:[\(quotable)]|\\\\[ -~]){0,31})\"" }

    private static func domain(_ name: String) -> String { "(?:\(name)|\\[(?:\(ipv4)|IPv6:\(ipv6))\\])" }
}
