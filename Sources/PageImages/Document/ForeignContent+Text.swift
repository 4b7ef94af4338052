extension ForeignContent {
    /// Text: UTF-8 or UTF-16 with a mark, without control codes other than white space.
    static func textKind(of bytes: [UInt8]) -> ForeignContent? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .text }
        guard isUTF8(bytes) else { return nil }
        let beginning = bytes.prefix(4096).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        func has(_ word: StaticString, within count: Int = 1024) -> Bool {
            beginning.firstRange(ofASCII: word, within: 0..<min(count, beginning.count)) != nil
        }
        if has("<svg") { return .svg }
        if has("<html") || has("<!doctype html") { return .html }
        return isEmail(beginning) ? .email : .text
    }

    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        let sample = bytes.prefix(4096)
        guard !sample.contains(where: { $0 < 0x20 && !(9...13).contains($0) && $0 != 0x1B }) else { return false }
        // The sample may end inside a character: its last three bytes do not count.
        let isCut = bytes.count > sample.count
        var decoder = UTF8(), iterator = (isCut ? sample.dropLast(3) : sample).makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue: continue
            case .emptyInput: return true
            // A character cut by the sample's end is no error; anything before is.
            case .error: return isCut && iterator.next() == nil
            }
        }
    }

    /// Whether lower-case text begins with the header of a message as it is sent (RFC 5322): a field of it in the first
    /// line, and one that nobody writes by hand.
    private static func isEmail(_ text: [UInt8]) -> Bool {
        let fields: [StaticString] = [
            "from:", "to:", "subject:", "date:", "mime-version:", "message-id:", "received:", "return-path:",
            "delivered-to:", "from ", "x-", "arc-", "dkim-",
        ]
        let marks: [StaticString] = ["\nmime-version:", "\nmessage-id:", "\nreceived:"]
        return fields.contains { text.has($0, at: 0) }
            && marks.contains { text.firstRange(ofASCII: $0, within: 0..<text.count) != nil }
    }
}
