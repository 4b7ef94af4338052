/// Splits text into the pieces of Tekken's pattern.
///
/// A hand-written matcher of this one pattern over the scalars of valid UTF-8; at every position the first alternative
/// that matches wins, with the backtracking of a leftmost-first regex engine. Linear in the length of the text.
enum PieceScanner {
    /// The pattern that `endOfPiece` implements, as it is written in the file. `\s` is the White_Space property.
    static let pattern =
        #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
        + #"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
        + #"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

    /// End of the piece that starts at byte `start`, which must be inside `text` and at the start of a scalar.
    static func endOfPiece(in text: Span<UInt8>, from start: Int, classes: Span<UInt8>) -> Int {
        let (first, second) = scalar(in: text, at: start, classes: classes)
        if first.contains(.number) { return second }
        if first.contains(.letterOrNumber) {
            // A letter cannot be the optional symbol, and a letter alone satisfies one of the two word alternatives.
            return word(in: text, from: start, classes: classes)?.end ?? second
        }
        if first.mayPrecedeWord, let end = symbolAndWord(in: text, first, start, second, classes) { return end }
        if let end = symbols(in: text, first, start, second, classes) { return end }
        return whitespace(in: text, from: start, classes: classes)
    }

    // MARK: - Words: the first two alternatives

    /// A match of one of the two word alternatives without the optional symbol in front.
    private struct Word {
        /// First alternative (ends in a trailing letter or mark) rather than the second.
        let isFirstAlternative: Bool
        let end: Int
    }

    /// Matches `leading* trailing+`, else `leading+ trailing*`.
    private static func word(in text: Span<UInt8>, from start: Int, classes: Span<UInt8>) -> Word? {
        var position = start
        // Where `leading*` would have to stop so that `trailing+` still finds one scalar: behind the last scalar
        // that belongs to both classes.
        var endOfLastShared: Int?
        while position < text.count {
            let (kind, next) = scalar(in: text, at: position, classes: classes)
            guard kind.contains(.leading) else {
                guard kind.contains(.trailing) else { break }
                return Word(isFirstAlternative: true, end: skip(.trailing, in: text, from: next, classes: classes))
            }
            position = next
            if kind.contains(.trailing) { endOfLastShared = next }
        }
        if let endOfLastShared { return Word(isFirstAlternative: true, end: endOfLastShared) }
        return position > start ? Word(isFirstAlternative: false, end: position) : nil
    }

    /// The word alternatives where the first scalar may be the optional symbol.
    private static func symbolAndWord(
        in text: Span<UInt8>, _ first: ScalarClass, _ start: Int, _ second: Int, _ classes: Span<UInt8>
    ) -> Int? {
        let behindSymbol = word(in: text, from: second, classes: classes)
        if let behindSymbol, behindSymbol.isFirstAlternative { return behindSymbol.end }
        // A mark is a permitted symbol and also a part of words: without the symbol the first alternative matches it.
        if first.contains(.trailing), let whole = word(in: text, from: start, classes: classes) { return whole.end }
        return behindSymbol?.end
    }

    // MARK: - The other alternatives

    /// ` ?[^\s\p{L}\p{N}]+[\r\n/]*`
    private static func symbols(
        in text: Span<UInt8>, _ first: ScalarClass, _ start: Int, _ second: Int, _ classes: Span<UInt8>
    ) -> Int? {
        var position = text[start] == UInt8(ascii: " ") ? second : start
        let firstSymbol = position
        while position < text.count {
            let (kind, next) = scalar(in: text, at: position, classes: classes)
            guard kind.isSymbol else { break }
            position = next
        }
        guard position > firstSymbol else { return nil }
        while position < text.count, isLineEndOrSlash(text[position]) { position += 1 }
        return position
    }

    /// `\s*[\r\n]+|\s+(?!\S)|\s+` at a whitespace scalar.
    private static func whitespace(in text: Span<UInt8>, from start: Int, classes: Span<UInt8>) -> Int {
        var position = start
        var lastStart = start
        var endOfLastNewline: Int?
        while position < text.count {
            let (kind, next) = scalar(in: text, at: position, classes: classes)
            guard kind.contains(.whitespace) else { break }
            if kind.contains(.newline) { endOfLastNewline = next }
            lastStart = position
            position = next
        }
        if let endOfLastNewline { return endOfLastNewline }
        // Before a non-space the last space is left for the next piece, unless it is the only one.
        return position < text.count && lastStart > start ? lastStart : position
    }

    // MARK: - Scalars

    static func isLineEndOrSlash(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "/")
    }

    private static func skip(
        _ kind: ScalarClass, in text: Span<UInt8>, from start: Int, classes: Span<UInt8>
    ) -> Int {
        var position = start
        while position < text.count {
            let (found, next) = scalar(in: text, at: position, classes: classes)
            guard found.contains(kind) else { break }
            position = next
        }
        return position
    }

    /// Class of the scalar at `position` and the position behind it; `text` is valid UTF-8.
    @inline(__always)
    static func scalar(
        in text: Span<UInt8>, at position: Int, classes: Span<UInt8>
    ) -> (ScalarClass, Int) {
        let lead = text[position]
        if lead < 0x80 { return (ScalarClass(rawValue: classes[Int(lead)]), position + 1) }
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = UInt32(lead) & (0x7F >> UInt32(length))
        for offset in 1..<length { value = value << 6 | UInt32(text[position + offset] & 0x3F) }
        if value < UInt32(ScalarClasses.tableSize) {
            return (ScalarClass(rawValue: classes[Int(value)]), position + length)
        }
        return (Unicode.Scalar(value).map { ScalarClass($0) } ?? [], position + length)
    }
}
