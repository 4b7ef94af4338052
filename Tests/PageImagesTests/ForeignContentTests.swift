import PageImages
import Testing

/// What other files are called, and what the user is told to do with them.
@Suite struct ForeignContentTests {
    static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 20, 0, 0, 0]

    @Test(
        arguments: [
            ([0x49, 0x49, 0x2A, 0, 8, 0, 0, 0], .tiff, "PNG or JPEG"),
            ([0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8], .tiff, "PNG or JPEG"),
            ([0, 0, 0, 24] + Array("ftypheic\0\0\0\0mif1heic".utf8), .heic, "PNG or JPEG"),
            ([0, 0, 0, 24] + Array("ftypisom\0\0\0\0isom".utf8), .binary, "PDF, PNG or JPEG"),
            (Array("RIFF\u{10}\0\0\0WEBPVP8 ".utf8), .webp, "PNG or JPEG"),
            (Array("GIF89a\u{1}\0\u{1}\0".utf8), .gif, "PNG or JPEG"),
            (zip + Array("[Content_Types].xml word/document.xml".utf8), .word, "print it to PDF"),
            (zip + Array("xl/workbook.xml".utf8), .spreadsheet, "print it to PDF"),
            (zip + Array("ppt/presentation.xml".utf8), .presentation, "print it to PDF"),
            (zip + Array("mimetypeapplication/vnd.oasis.opendocument.text".utf8), .openDocument, "print it to PDF"),
            (zip + Array("receipt.pdf".utf8), .zip, "unpack it"),
            ([0x1F, 0x8B, 8, 0], .gzip, "unpack it"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldOffice, "print it to PDF"),
            (Array("%!PS-Adobe-3.0".utf8), .postScript, "print it to PDF"),
            (Array("{\\rtf1\\ansi".utf8), .rtf, "print it to PDF"),
            (Array("<!DOCTYPE html><p>Total".utf8), .html, "print it to PDF"),
            (Array("<?xml version='1.0'?><svg width='1'/>".utf8), .svg, "PNG or JPEG"),
            (Array("Grüße\n".utf8), .text, "print it to PDF"),
            (Array(String(repeating: "ü", count: 5000).utf8), .text, "print it to PDF"),
            ([0x41, 0xC3], .binary, "PDF, PNG or JPEG"),
            ([0, 1, 2, 3], .binary, "PDF, PNG or JPEG"),
            ([0], .binary, "PDF, PNG or JPEG"),
        ] as [([UInt8], ForeignContent, String)])
    func isNamed(_ bytes: [UInt8], _ content: ForeignContent, _ remedy: String) throws {
        let error = #expect(throws: DocumentError.self) { try DocumentFile(bytes: bytes, name: "receipt.pdf") }
        #expect(error?.kind == .unknownContent(content))
        #expect(error?.description.contains(content.rawValue) == true)
        #expect(error?.description.contains(remedy) == true)
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
