/// Documents made on the spot: valid, small, and each different from all others.
public enum SmallDocuments {
    /// A PNG of 8 x 8 grey pixels that follow from `number`.
    public static func png(_ number: Int) -> [UInt8] {
        var pixels: [UInt8] = []
        for row in 0..<8 {
            pixels.append(0)  // no filter
            for column in 0..<8 {
                pixels.append(UInt8(truncatingIfNeeded: number >> column &* 3 &+ row &* 17 &+ number))
            }
        }
        // A comment of the whole number, so that no two files are the same.
        let header = bigEndian(8) + bigEndian(8) + [8, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
            + chunk("tEXt", Array("Comment\u{0}document \(number)".utf8)) + chunk("IDAT", stored(pixels))
            + chunk("IEND", [])
    }

    /// A PDF of so many pages of one line each.
    ///
    /// - Parameters:
    ///   - blank: the pages, from 1, on which nothing is.
    ///   - height: of the pages, in points; they are 240 wide.
    public static func pdf(_ number: Int, pageCount: Int, blank: Set<Int> = [], height: Int = 120) -> [UInt8] {
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count \(pageCount) /Kids [\((0..<pageCount).map { "\(4 + 2 * $0) 0 R" }.joined(separator: " "))] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        for page in 1...pageCount {
            let text = blank.contains(page) ? "" : "BT /F1 18 Tf 20 60 Td (document \(number) page \(page)) Tj ET"
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 240 \(height)] /Contents \(4 + 2 * page - 1) 0 R "
                    + "/Resources << /Font << /F1 3 0 R >> >> >>")
            objects.append("<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream")
        }
        var file = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(file.utf8.count)
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            let digits = String(offset)
            file += String(repeating: "0", count: 10 - digits.utf8.count) + digits + " 00000 n \n"
        }
        file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
        return Array(file.utf8)
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        return bigEndian(UInt32(data.count)) + body + bigEndian(crc(body))
    }

    /// zlib with one stored block (RFC 1950, RFC 1951).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let length = UInt16(bytes.count)
        let low = UInt8(truncatingIfNeeded: length)
        let high = UInt8(truncatingIfNeeded: length >> 8)
        var a: UInt32 = 1
        var b: UInt32 = 0
        for byte in bytes {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        return [0x78, 0x01, 0x01, low, high, ~low, ~high] + bytes + bigEndian(b << 16 | a)
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
