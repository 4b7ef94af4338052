import PageImages
import TestPages

/// A PDF put together from the texts of its objects, numbered from 1; object 1 is the catalogue.
struct TestPDF {
    private var objects: [String] = []

    /// A document whose pages have the entries given, all with the font `/F`, Helvetica, the picture `/I` and
    /// the first of the `others`, object 5, as `/J`.
    init(
        pages: [(entries: String, content: String)], others: [String], properties: String = "", catalogue: String = ""
    ) {
        let first = 5 + others.count
        let kids = pages.indices.map { "\(first + 2 * $0) 0 R" }.joined(separator: " ")
        objects.append("<</Type/Catalog/Pages 2 0 R\(catalogue)>>")
        objects.append("<</Type/Pages/Kids[\(kids)]/Count \(pages.count)/MediaBox[0 0 200 100]>>")
        objects.append("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
        objects.append(Self.picture)
        objects += others
        for (place, page) in pages.enumerated() {
            objects.append(
                "<</Type/Page/Parent 2 0 R/Contents \(first + 2 * place + 1) 0 R/Resources<</Font<</F 3 0 R>>"
                    + "/XObject<</I 4 0 R/J 5 0 R>>/Properties<<\(properties)>>>>\(page.entries)>>")
            objects.append(Self.stream("", page.content))
        }
    }

    /// One page of 200 x 100 points.
    init(
        _ content: String, entries: String = "", others: [String] = [], properties: String = "", catalogue: String = ""
    ) {
        self.init(pages: [(entries, content)], others: others, properties: properties, catalogue: catalogue)
    }

    /// An object with a stream.
    static func stream(_ entries: String, _ content: String) -> String {
        "<<\(entries)/Length \(content.utf8.count)>>\nstream\n\(content)\nendstream"
    }

    /// A picture of 2 x 1 pixels, black and white.
    private static let picture = stream(
        "/Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/ASCIIHexDecode",
        "00FF>")

    var bytes: [UInt8] {
        var text = "%PDF-1.7\n"
        var offsets: [Int] = []
        for (place, object) in objects.enumerated() {
            offsets.append(text.utf8.count)
            text += "\(place + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = String(offset)
            text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        text += "trailer\n<</Size \(objects.count + 1)/Root 1 0 R>>\nstartxref\n\(table)\n%%EOF\n"
        return Array(text.utf8)
    }

    func open(limits: PageLimits = PageLimits()) throws -> Document {
        try TestPages.reader.open(DocumentFile(bytes: bytes, name: "test.pdf", limits: limits))
    }
}
