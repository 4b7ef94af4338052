/// Tells whether a PDF has its end.
///
/// PDF readers rebuild files without one and show what they find, so pages go missing in silence. A file counts as
/// whole when
/// - its last `%%EOF` follows a `startxref` and lies within the last 1024 bytes, where readers look for it
///   (ISO 32000-1, annex H, note 18), and no PDF object begins after it: that would be an update cut short;
/// - that `startxref` points inside the file (the 0 of a linearised file's first part does not count as its end);
/// - a linearised file is not shorter than the length it announces in its first object.
enum PDFTrailer {
    /// What is missing, as the middle of a sentence, or nil for a whole file.
    static func defect(of bytes: UnsafeRawBufferPointer) -> String? {
        let tail = max(0, bytes.count - 1024)..<bytes.count
        guard let endMarker = bytes.lastRange(ofASCII: "%%EOF", within: tail) else {
            return "its end-of-file mark is missing"
        }
        if bytes.firstRange(ofASCII: " obj", within: endMarker.upperBound..<bytes.count) != nil {
            return "its last update has no end"
        }
        // The offset stands between the two words: twenty digits and some white space at most.
        let before = max(0, endMarker.lowerBound - 1024)..<endMarker.lowerBound
        guard let startxref = bytes.lastRange(ofASCII: "startxref", within: before),
            let offset = integer(in: bytes, after: startxref.upperBound)
        else {
            return "the position of its cross-reference table is missing"
        }
        let header = bytes.firstRange(ofASCII: "%PDF-", within: 0..<min(bytes.count, 1024))?.lowerBound ?? 0
        guard offset > 0, offset < bytes.count - header else {
            return "its cross-reference table lies beyond its end"
        }
        if let announced = linearisedLength(bytes, header: header), announced > bytes.count - header {
            return "it announces \(announced) bytes and has \(bytes.count - header)"
        }
        return nil
    }

    /// `/L` of the linearisation dictionary, which is the first object of the file (ISO 32000-1, annex F).
    private static func linearisedLength(_ bytes: UnsafeRawBufferPointer, header: Int) -> Int? {
        let start = header..<min(bytes.count, header + 1024)
        guard let mark = bytes.firstRange(ofASCII: "/Linearized", within: start) else { return nil }
        let end = bytes.firstRange(ofASCII: "endobj", within: mark.upperBound..<start.upperBound)?.lowerBound
        var place = mark.upperBound
        while let key = bytes.firstRange(ofASCII: "/L", within: place..<(end ?? start.upperBound)) {
            if let length = integer(in: bytes, after: key.upperBound) { return length }
            place = key.upperBound
        }
        return nil
    }

    /// A decimal number after optional white space; nil where there is none or it does not fit.
    private static func integer(in bytes: UnsafeRawBufferPointer, after start: Int) -> Int? {
        var place = start
        while place < bytes.count, [0, 9, 10, 12, 13, 32].contains(bytes[place]) { place += 1 }
        var value = 0, digits = 0
        while place < bytes.count, (0x30...0x39).contains(bytes[place]), digits < 18 {
            value = value * 10 + Int(bytes[place] - 0x30)
            place += 1
            digits += 1
        }
        return digits > 0 ? value : nil
    }
}
