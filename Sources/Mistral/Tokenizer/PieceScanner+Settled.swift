extension PieceScanner {
    /// End of the piece that starts at byte `start`, or nil if what follows `text` could move it.
    ///
    /// Every alternative of the pattern is made of runs of scalars, and looks at one scalar behind each run. So an end
    /// is settled once all runs that the alternatives could look through end inside the text.
    static func settledEndOfPiece(in text: Span<UInt8>, from start: Int, classes: Span<UInt8>) -> Int? {
        let (first, second) = scalar(in: text, at: start, classes: classes)
        if first.contains(.number) { return second }
        // Behind any first scalar a word may follow; symbols too, if it is one itself or a space.
        var end = endOfRun(in: text, from: second, classes: classes) { kind, _ in
            !kind.isDisjoint(with: [.leading, .trailing])
        }
        if first.contains(.whitespace) {
            end = max(end, endOfRun(in: text, from: second, classes: classes) { kind, _ in kind.contains(.whitespace) })
        }
        if first.isSymbol || text[start] == UInt8(ascii: " ") {
            let symbols = endOfRun(in: text, from: second, classes: classes) { kind, lead in
                kind.isSymbol || isLineEndOrSlash(lead)
            }
            end = max(end, symbols)
        }
        return end < text.count ? endOfPiece(in: text, from: start, classes: classes) : nil
    }

    /// End of the scalars from `start` on whose class and first byte fulfil a condition.
    @inline(__always)
    private static func endOfRun(
        in text: Span<UInt8>, from start: Int, classes: Span<UInt8>, while condition: (ScalarClass, UInt8) -> Bool
    ) -> Int {
        var position = start
        while position < text.count {
            let (kind, next) = scalar(in: text, at: position, classes: classes)
            guard condition(kind, text[position]) else { break }
            position = next
        }
        return position
    }
}
