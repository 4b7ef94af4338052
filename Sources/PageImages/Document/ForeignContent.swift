/// What a file of none of the kinds that can be read looks like, for the error message.
public enum ForeignContent: String, Sendable, Equatable, CaseIterable {
    case text = "plain text"
    case html = "HTML"
    case email = "an e-mail (EML)"
    case outlookMessage = "an Outlook message (MSG)"
    case heic = "a HEIC picture"
    case avif = "an AVIF picture"
    case webp = "a WebP picture"
    case gif = "a GIF picture"
    case bmp = "a BMP picture"
    case jpeg2000 = "a JPEG 2000 picture"
    case jpegXL = "a JPEG XL picture"
    case svg = "an SVG drawing"
    case photoshop = "a Photoshop file (PSD)"
    case film = "a film"
    case djvu = "a DjVu document"
    case xps = "an XPS document"
    case epub = "an EPUB book"
    case postScript = "PostScript"
    case rtf = "an RTF document"
    case word = "a Word document (DOCX)"
    case spreadsheet = "an Excel workbook (XLSX)"
    case presentation = "a PowerPoint presentation (PPTX)"
    case openDocument = "an OpenDocument file"
    case oldOffice = "an old Office document (DOC, XLS or PPT)"
    case zip = "a ZIP archive"
    case gzip = "a gzip archive"
    case sevenZip = "a 7-Zip archive"
    case rar = "a RAR archive"
    case binary = "unknown binary data"

    /// - Parameter bytes: the beginning of the file; names of parts are looked for in the first 64 KiB.
    init(lookingAt bytes: [UInt8]) {
        self = Self.signature(of: bytes) ?? Self.textKind(of: bytes) ?? .binary
    }

    /// What the user can do about it, with the tool that does it where there is one: the end of a sentence.
    var remedy: String {
        switch self {
        case .heic: "convert it to PNG, with heif-convert for example"
        case .avif: "convert it to PNG, with avifdec for example"
        case .webp: "convert it to PNG, with dwebp for example"
        case .jpeg2000: "convert it to PNG, with opj_decompress for example"
        case .jpegXL: "convert it to PNG, with djxl for example"
        case .gif, .bmp, .photoshop: "convert it to PNG, with ImageMagick for example"
        case .svg: "convert it to PDF, with rsvg-convert for example"
        case .djvu: "convert it to PDF, with ddjvu for example"
        case .xps: "convert it to PDF, with xpstopdf for example"
        case .postScript: "convert it to PDF, with ps2pdf for example"
        case .word, .spreadsheet, .presentation, .openDocument, .oldOffice, .rtf, .text:
            "export or print it to PDF, with LibreOffice for example (soffice --convert-to pdf)"
        case .html: "print it to PDF in a browser"
        case .email, .outlookMessage: "print it to PDF in a mail program, and give its attachments one by one"
        case .epub: "print it to PDF in a reader"
        case .film: "give the pages as pictures"
        case .zip, .gzip, .sevenZip, .rar: "unpack it and give the \(DocumentKind.names) files inside"
        case .binary: "give a \(DocumentKind.names) file"
        }
    }
}
