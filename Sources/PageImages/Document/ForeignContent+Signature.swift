extension ForeignContent {
    /// What the first bytes announce; nil where they announce nothing that is known here.
    static func signature(of bytes: [UInt8]) -> ForeignContent? {
        if bytes.has("GIF8", at: 0) { return .gif }
        if bytes.has("RIFF", at: 0) { return bytes.has("WEBP", at: 8) ? .webp : bytes.has("AVI ", at: 8) ? .film : nil }
        if bytes.has("ftyp", at: 4) { return isoMedia(bytes) }
        if bytes.has("jP  ", at: 4) || bytes.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) { return .jpeg2000 }
        if bytes.has("JXL ", at: 4) || bytes.starts(with: [0xFF, 0x0A]) { return .jpegXL }
        if bytes.has("8BPS", at: 0) { return .photoshop }
        if bytes.has("AT&TFORM", at: 0) { return .djvu }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return zipKind(bytes) }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return compoundKind(bytes) }
        if bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
        if bytes.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) { return .sevenZip }
        if bytes.has("Rar!", at: 0) { return .rar }
        if bytes.has("%!PS", at: 0) { return .postScript }
        if bytes.has("{\\rtf", at: 0) { return .rtf }
        if bytes.has("BM", at: 0), bytes.count > 26, bytes[6...9].allSatisfy({ $0 == 0 }) { return .bmp }
        return nil
    }

    /// HEIC and AVIF share the container of MP4 films; the brand at byte 8 tells them apart.
    private static func isoMedia(_ bytes: [UInt8]) -> ForeignContent {
        let heic: [StaticString] = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]
        let avif: [StaticString] = ["avif", "avis"]
        // A file with a general brand lists the particular one behind it.
        if (8..<40).contains(where: { place in avif.contains { bytes.has($0, at: place) } }) { return .avif }
        return heic.contains { bytes.has($0, at: 8) } ? .heic : .film
    }

    /// Office formats are ZIP archives: the names of their parts show among the first entries.
    private static func zipKind(_ bytes: [UInt8]) -> ForeignContent {
        let parts: [(StaticString, ForeignContent)] = [
            ("application/vnd.oasis.opendocument", .openDocument), ("application/epub+zip", .epub),
            ("word/", .word), ("xl/", .spreadsheet), ("ppt/", .presentation), ("FixedDocSeq", .xps),
            ("FixedDocumentSequence", .xps),
        ]
        return parts.first { bytes.hasAtStart($0.0) }?.1 ?? .zip
    }

    /// Outlook keeps its messages in the container of the old Office formats; names in it are UTF-16.
    private static func compoundKind(_ bytes: [UInt8]) -> ForeignContent {
        bytes.hasAtStart("_\u{0}_\u{0}s\u{0}u\u{0}b\u{0}s\u{0}t\u{0}g\u{0}") ? .outlookMessage : .oldOffice
    }
}

extension [UInt8] {
    fileprivate func hasAtStart(_ word: StaticString) -> Bool {
        firstRange(ofASCII: word, within: 0..<Swift.min(count, 64 << 10)) != nil
    }
}
