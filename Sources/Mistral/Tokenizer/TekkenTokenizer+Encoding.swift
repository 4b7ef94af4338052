extension TekkenTokenizer {
    /// Encodes text as ids, without any control token.
    ///
    /// Names of control tokens inside the text are ordinary characters. Time is linear in the length of the text, apart
    /// from a logarithmic factor for very long words; the text is copied once.
    public func encode(_ text: String) -> [Int] { encode(wellFormed: Array(text.utf8)) }

    /// Encodes UTF-8 text as ids; ill-formed sequences are encoded as U+FFFD.
    public func encode(utf8 text: [UInt8]) -> [Int] { encode(String(decoding: text, as: UTF8.self)) }

    private func encode(wellFormed bytes: [UInt8]) -> [Int] {
        var ids: [Int] = []
        ids.reserveCapacity(bytes.count / 3 + 1)
        var merger = BytePairMerger()
        let classTable = ScalarClasses.table
        let classes = classTable.span
        let text = bytes.span
        var start = 0
        while start < text.count {
            let end = PieceScanner.endOfPiece(in: text, from: start, classes: classes)
            encode(text, from: start, to: end, merger: &merger, into: &ids)
            start = end
        }
        return ids
    }
}
