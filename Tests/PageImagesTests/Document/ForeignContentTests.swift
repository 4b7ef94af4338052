import PageImages
import Testing

/// What other files are called, and what the user is told to do with them.
@Suite struct ForeignContentTests {
    struct Example: Sendable {
        let bytes: [UInt8]
        let content: ForeignContent
        let remedy: String

        init(_ bytes: [UInt8], _ content: ForeignContent, _ remedy: String) {
            self.bytes = bytes
            self.content = content
            self.remedy = remedy
        }

        init(_ text: String, _ content: ForeignContent, _ remedy: String) {
            self.init(Array(text.utf8), content, remedy)
        }
    }

    private static let zip = "PK\u{3}\u{4}\u{14}\0\0\0"
    private static let compound: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let mail = "From: a@example.org\r\nSubject: Invoice\r\nMessage-ID: <1@example.org>\r\n\r\nTotal"

    static let pictures = [
        Example("\0\0\0\u{18}ftypheic\0\0\0\0mif1heic", .heic, "heif-convert"),
        Example("\0\0\0\u{1C}ftypmif1\0\0\0\0mif1avifmiaf", .avif, "avifdec"),
        Example("\0\0\0\u{18}ftypisom\0\0\0\0isom", .film, "as pictures"),
        Example("RIFF\u{10}\0\0\0WEBPVP8 ", .webp, "dwebp"),
        Example("GIF89a\u{1}\0\u{1}\0", .gif, "ImageMagick"),
        Example([0x42, 0x4D] + [UInt8](repeating: 0, count: 30), .bmp, "ImageMagick"),
        Example("8BPS\0\u{1}\0\0", .photoshop, "ImageMagick"),
        Example([0, 0, 0, 12] + Array("jP  \r\n".utf8), .jpeg2000, "opj_decompress"),
        Example([0xFF, 0x0A, 0xFA], .jpegXL, "djxl"),
        Example([0, 0, 0, 12] + Array("JXL \r\n".utf8), .jpegXL, "djxl"),
        Example("<?xml version='1.0'?><svg width='1'/>", .svg, "rsvg-convert"),
    ]

    static let documents = [
        Example("AT&TFORM\0\0\0\u{1}DJVM", .djvu, "ddjvu"),
        Example(zip + "FixedDocumentSequence.fdseq", .xps, "xpstopdf"),
        Example(zip + "mimetypeapplication/epub+zip", .epub, "print it to PDF"),
        Example(zip + "[Content_Types].xml word/document.xml", .word, "print it to PDF"),
        Example(zip + "xl/workbook.xml", .spreadsheet, "print it to PDF"),
        Example(zip + "ppt/presentation.xml", .presentation, "print it to PDF"),
        Example(zip + "mimetypeapplication/vnd.oasis.opendocument.text", .openDocument, "print it to PDF"),
        Example(compound, .oldOffice, "print it to PDF"),
        Example(compound + Array("_\0_\0s\0u\0b\0s\0t\0g\01\0.\00\0".utf8), .outlookMessage, "attachments"),
        Example("%!PS-Adobe-3.0", .postScript, "ps2pdf"),
        Example("{\\rtf1\\ansi", .rtf, "print it to PDF"),
        Example("<!DOCTYPE html><p>Total", .html, "print it to PDF"),
        Example(mail, .email, "attachments"),
        Example("From: our shop\nTotal: 12.50\n", .text, "print it to PDF"),
        Example("Grüße\n", .text, "print it to PDF"),
        Example(String(repeating: "ü", count: 5000), .text, "print it to PDF"),
    ]

    static let others = [
        Example(zip + "receipt.pdf", .zip, "unpack it"),
        Example([0x1F, 0x8B, 8, 0], .gzip, "unpack it"),
        Example([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4], .sevenZip, "unpack it"),
        Example("Rar!\u{1A}\u{7}\0", .rar, "unpack it"),
        Example([0x41, 0xC3], .binary, "PDF, PNG, JPEG or TIFF"),
        Example([0, 1, 2, 3], .binary, "PDF, PNG, JPEG or TIFF"),
        Example([0], .binary, "PDF, PNG, JPEG or TIFF"),
    ]

    @Test(arguments: pictures + documents + others) func isNamed(_ example: Example) throws {
        let error = #expect(throws: DocumentError.self) { try DocumentFile(bytes: example.bytes, name: "receipt.pdf") }
        #expect(error?.kind == .unknownContent(example.content))
        #expect(error?.description.contains(example.content.rawValue) == true)
        #expect(error?.description.contains(example.remedy) == true)
    }

    @Test func everyKindHasAnExample() {
        let examples = Self.pictures + Self.documents + Self.others
        #expect(Set(examples.map(\.content)) == Set(ForeignContent.allCases))
    }

    @Test(
        arguments: [
            ([0x49, 0x49, 0x2A, 0], .tiff), ([0x4D, 0x4D, 0, 0x2A], .tiff), ([0x49, 0x49, 0x2B, 0], .tiff),
            ([0x4D, 0x4D, 0, 0x2B], .tiff), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg), ([0x89, 0x50, 0x4E, 0x47], .png),
        ] as [([UInt8], DocumentKind)])
    func signatureTellsTheKind(_ bytes: [UInt8], _ kind: DocumentKind) throws {
        #expect(try DocumentFile(bytes: bytes, name: "x").kind == kind)
    }

    @Test func contentCountsAndNotTheName() throws {
        let png = try DocumentFile(bytes: Fixture.bytes("rgb8.png"), name: "holiday.pdf")
        #expect(png.kind == .png)
        let pdf = try Fixture.bytes("two-pages.pdf")
        let blank = [UInt8](repeating: 0x20, count: 1024)
        #expect(try DocumentFile(bytes: blank.dropLast(5) + pdf, name: "x").kind == .pdf)
        #expect(throws: DocumentError.self) { try DocumentFile(bytes: blank + pdf, name: "x") }
    }
}
