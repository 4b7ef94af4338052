// The end of free text, and what of it can be shown.
extension Answer {
    /// Ends free text with its budget, or where its last token completed a stop string.
    mutating func endTextIfStopped(by token: Int) {
        guard matcher.isFreeText else { return }
        stop = stops.first(in: bytes, from: bytes.count - tokenBytes.bytes(of: token).count)
        if stop == nil, remaining == 0 { endedByBudget = true }
        isAtEnd = stop != nil || remaining == 0
    }

    /// How many of the tokens begin before the stop text.
    var tokensBeforeStop: Int {
        guard let stop else { return tokens.count }
        var kept = tokens.count
        var start = bytes.count
        while kept > 0 {
            start -= tokenBytes.bytes(of: tokens[kept - 1]).count
            if start < stop.offset { break }
            kept -= 1
        }
        return kept
    }

    /// How many bytes of the text can be shown, whatever comes: without what may become a stop string, and without a
    /// character that is not complete. Never less than before.
    var settledByteCount: Int {
        if isAtEnd { return stop?.offset ?? bytes.count }
        // Nothing of the text changes once a call has begun.
        guard matcher.part == .text else { return bytes.count }
        let count = bytes.count - stops.heldBack(from: bytes)
        return count - UTF8Tail.incompleteCount(of: bytes[..<count])
    }
}

/// The end of UTF-8 text that is cut somewhere.
enum UTF8Tail {
    /// Bytes at the end that may be the beginning of a character: 0 to 3.
    static func incompleteCount(of bytes: ArraySlice<UInt8>) -> Int {
        for count in 1...3 where count <= bytes.count {
            let byte = bytes[bytes.endIndex - count]
            if byte & 0xC0 == 0x80 { continue }
            let length =
                switch byte {
                case 0xC2...0xDF: 2
                case 0xE0...0xEF: 3
                case 0xF0...0xF4: 4
                default: 0
                }
            return count < length ? count : 0
        }
        return 0
    }
}
