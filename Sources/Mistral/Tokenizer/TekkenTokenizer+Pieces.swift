extension TekkenTokenizer {
    /// Ends of the pieces at the start of `text` that `encode` would make of every text that begins with it.
    ///
    /// `encode` splits a text into pieces and encodes each by itself, so the ids of these pieces are the first ones of
    /// any such text. What stands behind the last end may still be split otherwise, depending on what follows; so may
    /// all that is not well-formed UTF-8.
    ///
    /// - Parameter isWhole: true if nothing follows: the last piece is then settled as well.
    public func settledPieces(of text: [UInt8], isWhole: Bool = false) -> [Int] {
        let wellFormed = Self.wellFormedLength(of: text)
        let isWhole = isWhole && wellFormed == text.count
        let classTable = ScalarClasses.table
        let classes = classTable.span
        let span = text.span.extracting(first: wellFormed)
        var ends: [Int] = []
        var start = 0
        while start < span.count {
            var end = PieceScanner.settledEndOfPiece(in: span, from: start, classes: classes)
            if end == nil, isWhole { end = PieceScanner.endOfPiece(in: span, from: start, classes: classes) }
            guard let end else { break }
            ends.append(end)
            start = end
        }
        return ends
    }

    /// Ids of one piece of a text, as found by `settledPieces`.
    public func encode(piece: Range<Int>, of text: [UInt8]) -> [Int] {
        guard !piece.isEmpty else { return [] }
        var ids: [Int] = []
        var merger = BytePairMerger()
        encode(text.span, from: piece.lowerBound, to: piece.upperBound, merger: &merger, into: &ids)
        return ids
    }

    /// Appends the ids of the piece `text[start..<end]`.
    func encode(
        _ text: Span<UInt8>, from start: Int, to end: Int, merger: inout BytePairMerger, into ids: inout [Int]
    ) {
        let rank = table.rank(of: text, from: start, to: end)
        if rank != TokenTable.none {
            ids.append(Int(rank) + specialTokenCount)
        } else {
            merger.encode(text, from: start, to: end, table: table, firstID: specialTokenCount, into: &ids)
        }
    }

    /// Bytes at the start of `text` that are whole, well-formed scalars.
    private static func wellFormedLength(of text: [UInt8]) -> Int {
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = text.makeIterator()
        var length = 0
        while case .valid(let scalar) = decoder.parseScalar(from: &iterator) { length += scalar.count }
        return length
    }
}
