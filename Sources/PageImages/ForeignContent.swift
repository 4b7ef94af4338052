/// What a file that is neither PDF, PNG nor JPEG looks like, for the error message.
public enum ForeignContent: String, Sendable, Equatable {
    case text = "plain text"
    case html = "HTML"
    case svg = "an SVG drawing"
    case tiff = "a TIFF picture"
    case heic = "a HEIC or AVIF picture"
    case webp = "a WebP picture"
    case gif = "a GIF picture"
    case bmp = "a BMP picture"
    case jpeg2000 = "a JPEG 2000 picture"
    case postScript = "PostScript"
    case rtf = "an RTF document"
    case word = "a Word document (DOCX)"
    case spreadsheet = "an Excel workbook (XLSX)"
    case presentation = "a PowerPoint presentation (PPTX)"
    case openDocument = "an OpenDocument file"
    case oldOffice = "an old Office document (DOC, XLS or PPT)"
    case zip = "a ZIP archive"
    case gzip = "a gzip archive"
    case binary = "unknown binary data"

    init(lookingAt bytes: [UInt8]) {
        self = Self.signature(of: bytes) ?? Self.textKind(of: bytes) ?? .binary
    }

    /// What the user can do about it: the end of a sentence.
    var remedy: String {
        switch self {
        case .tiff, .heic, .webp, .gif, .bmp, .jpeg2000, .svg: "convert it to PNG or JPEG"
        case .word, .spreadsheet, .presentation, .openDocument, .oldOffice, .rtf, .text, .html, .postScript:
            "export or print it to PDF"
        case .zip, .gzip: "unpack it and give the PDF, PNG or JPEG files inside"
        case .binary: "give a PDF, PNG or JPEG file"
        }
    }

    private static func signature(of bytes: [UInt8]) -> ForeignContent? {
        if bytes.starts(with: [0x49, 0x49, 0x2A, 0x00]) || bytes.starts(with: [0x4D, 0x4D, 0x00, 0x2A]) {
            return .tiff
        }
        if bytes.has("GIF8", at: 0) { return .gif }
        if bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) { return .webp }
        if bytes.has("ftyp", at: 4) { return isoMedia(bytes) }
        if bytes.has("jP  ", at: 4) || bytes.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) { return .jpeg2000 }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return zipKind(bytes) }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) { return .oldOffice }
        if bytes.starts(with: [0x1F, 0x8B]) { return .gzip }
        if bytes.has("%!PS", at: 0) { return .postScript }
        if bytes.has("{\\rtf", at: 0) { return .rtf }
        if bytes.has("BM", at: 0), bytes.count > 26, bytes[6...9].allSatisfy({ $0 == 0 }) { return .bmp }
        return nil
    }

    /// HEIC and AVIF share the container of MP4 films; the brand at byte 8 tells them apart.
    private static func isoMedia(_ bytes: [UInt8]) -> ForeignContent {
        let brands: [StaticString] = ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif", "avis"]
        return brands.contains { bytes.has($0, at: 8) } ? .heic : .binary
    }

    /// Office formats are ZIP archives: the names of their parts show among the first entries.
    private static func zipKind(_ bytes: [UInt8]) -> ForeignContent {
        let start = 0..<min(bytes.count, 16 << 10)
        let end = max(0, bytes.count - (16 << 10))..<bytes.count
        let parts: [(StaticString, ForeignContent)] = [
            ("application/vnd.oasis.opendocument", .openDocument),
            ("word/", .word), ("xl/", .spreadsheet), ("ppt/", .presentation),
        ]
        for (part, kind) in parts
        where bytes.firstRange(ofASCII: part, within: start) != nil
            || bytes.firstRange(ofASCII: part, within: end) != nil
        {
            return kind
        }
        return .zip
    }

    /// Text: UTF-8 or UTF-16 with a mark, without control codes other than white space.
    private static func textKind(of bytes: [UInt8]) -> ForeignContent? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return .text }
        let sample = bytes.prefix(4096)
        guard !sample.contains(where: { $0 < 0x20 && !(9...13).contains($0) && $0 != 0x1B }) else { return nil }
        // The sample may end inside a character: its last three bytes do not count.
        let whole = bytes.count > sample.count ? sample.dropLast(3) : sample
        var decoder = UTF8(), iterator = whole.makeIterator()
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue: continue
            case .emptyInput: break decoding
            case .error:
                // A character cut by the sample's end is no error; anything before is.
                guard bytes.count > sample.count, iterator.next() == nil else { return nil }
                break decoding
            }
        }
        let beginning = Array(bytes.prefix(1024)).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let range = 0..<beginning.count
        if beginning.firstRange(ofASCII: "<svg", within: range) != nil { return .svg }
        if beginning.firstRange(ofASCII: "<html", within: range) != nil
            || beginning.firstRange(ofASCII: "<!doctype html", within: range) != nil
        {
            return .html
        }
        return .text
    }
}
