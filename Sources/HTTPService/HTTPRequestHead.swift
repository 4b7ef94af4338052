/// What a request asks for; header fields do not matter here.
struct HTTPRequestHead {
    let method: String
    /// Without the query.
    let path: String

    /// Reads the request line, RFC 9112; nil when it is none.
    init?(_ bytes: some Sequence<UInt8>) {
        let line = bytes.prefix { $0 != 0x0D && $0 != 0x0A }
        let parts = String(decoding: Array(line), as: UTF8.self)
            .split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].hasPrefix("HTTP/1."), parts[1].hasPrefix("/"), !parts[0].isEmpty else {
            return nil
        }
        method = String(parts[0])
        path = String(parts[1].prefix { $0 != "?" })
    }
}
