import CPoppler

extension PDFPage {
    /// Most words of a page that are kept.
    private static let wordLimit = 100_000

    /// The text layer, split at white space and wherever characters stand apart: poppler puts no space between the
    /// cells of a table.
    func words() -> [PageWord] {
        var text = pdf_text()
        guard pdf_page_read_text(handle, &text) != 0 else { return [] }
        defer { pdf_text_free(&text) }
        let bytes = UnsafeRawBufferPointer(start: text.characters, count: text.byte_count)
        let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars
        let boxes = UnsafeBufferPointer(start: text.boxes, count: text.box_count)
        // poppler adds marks of direction, which have no boxes.
        let marksHaveBoxes = scalars.count == boxes.count
        var words: [PageWord] = []
        var word: OpenWord?
        var place = 0
        func endWord() {
            if let word { words.append(PageWord(word)) }
            word = nil
        }
        for scalar in scalars {
            if scalar.isDirectionMark {
                if marksHaveBoxes { place += 1 }
                continue
            }
            guard place < boxes.count, words.count < Self.wordLimit else { break }
            let box = boxes[place]
            place += 1
            if scalar.properties.isWhitespace || scalar.value < 0x20 {
                endWord()
                continue
            }
            if let open = word, open.isApart(from: box) { endWord() }
            if word?.add(scalar, box) == nil { word = OpenWord(scalar, box) }
        }
        if words.count < Self.wordLimit { endWord() }
        return words
    }
}

/// A word that may grow.
private struct OpenWord {
    var text: String.UnicodeScalarView
    var box: pdf_box

    init(_ scalar: Unicode.Scalar, _ box: pdf_box) {
        text = String.UnicodeScalarView([scalar])
        self.box = box
    }

    /// Whether a character stands further away than letters of one word do: a sixth of their size.
    ///
    /// Measured from the whole word, since the boxes of a word written from right to left come in reverse.
    func isApart(from other: pdf_box) -> Bool {
        let size = max(other.right - other.left, other.bottom - other.top)
        let horizontal = max(other.left - box.right, box.left - other.right)
        let vertical = max(other.top - box.bottom, box.top - other.bottom)
        return max(horizontal, vertical) > size / 6
    }

    mutating func add(_ scalar: Unicode.Scalar, _ other: pdf_box) {
        text.append(scalar)
        box.left = min(box.left, other.left)
        box.top = min(box.top, other.top)
        box.right = max(box.right, other.right)
        box.bottom = max(box.bottom, other.bottom)
    }
}

extension PageWord {
    fileprivate init(_ word: OpenWord) {
        self.init(
            text: String(word.text), x: word.box.left, y: word.box.top, width: word.box.right - word.box.left,
            height: word.box.bottom - word.box.top)
    }
}

extension Unicode.Scalar {
    /// Embedding, override, isolate or mark of a writing direction.
    fileprivate var isDirectionMark: Bool {
        switch value {
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
