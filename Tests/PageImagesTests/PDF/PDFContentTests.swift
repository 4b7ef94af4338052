import PageImages
import Testing

@Suite struct PDFContentTests {
    @Test func wordsHavePlaces() throws {
        let content = try TestPDF("BT /F 20 Tf 20 50 Td (Total 12.50) Tj ET").open().content(page: 1)
        #expect(content.words.map(\.text) == ["Total", "12.50"])
        #expect(content.origin == .bornDigital && !content.isBlank && content.complaints.isEmpty)
        let total = try #require(content.words.first)
        // The base line is 50 points from the top; letters of Helvetica at 20 points rise 14 above it.
        #expect(abs(total.x - 20) < 2 && (40.0...48).contains(total.width))
        #expect(total.y < 37 && total.y + total.height > 49 && total.height < 30)
    }

    @Test func placesTurnWithThePage() throws {
        let upright = try TestPDF("BT /F 20 Tf 20 50 Td (Total) Tj ET").open().content(page: 1)
        let turned = try TestPDF(
            "BT /F 20 Tf 0 1 -1 0 50 20 Tm (Total) Tj ET", entries: "/MediaBox[0 0 100 200]/Rotate 90"
        )
        .open().content(page: 1)
        let (one, other) = (try #require(upright.words.first), try #require(turned.words.first))
        #expect(upright.words.count == 1 && turned.words.count == 1 && one.text == other.text)
        #expect(abs(one.x - other.x) < 1 && abs(one.y - other.y) < 1 && abs(one.width - other.width) < 1)
    }

    @Test func cellsOfATableAreWordsApart() throws {
        let cells = "BT /F 12 Tf 10 50 Td (Net) Tj ET BT /F 12 Tf 60 50 Td (100.00) Tj ET"
        #expect(try TestPDF(cells).open().content(page: 1).words.map(\.text) == ["Net", "100.00"])
    }

    @Test func aPictureOfThePageIsAScan() throws {
        // 2 x 1 pixels on 200 x 100 points.
        let scan = try TestPDF("200 0 0 100 0 0 cm /I Do").open().content(page: 1)
        #expect(scan.origin == .scan && scan.words.isEmpty && !scan.isBlank)
        #expect(abs(try #require(scan.resolution) - 0.72) < 0.01)
        let invisible = (0..<20).map { "BT 3 Tr /F 8 Tf 10 \(95 - 4 * $0) Td (hidden\($0)) Tj ET " }.joined()
        let searchable = try TestPDF("q 200 0 0 100 0 0 cm /I Do Q \(invisible)").open().content(page: 1)
        #expect(searchable.origin == .scan && searchable.words.count == 20)
    }

    @Test func textOnABackgroundPictureIsBornDigital() throws {
        let visible = (0..<20).map { "BT /F 8 Tf 10 \(95 - 4 * $0) Td (word\($0)) Tj ET " }.joined()
        let content = try TestPDF("q 200 0 0 100 0 0 cm /I Do Q \(visible)").open().content(page: 1)
        #expect(content.origin == .bornDigital && content.resolution == nil)
    }

    @Test func aSmallPictureMakesNoScan() throws {
        #expect(try TestPDF("100 0 0 100 0 0 cm /I Do").open().content(page: 1).origin == .bornDigital)
    }

    @Test func anEmptyPageIsBlank() throws {
        let document = try TestPDF(pages: [("", ""), ("", "0 g 50 50 60 20 re f")], others: []).open()
        #expect(try document.content(page: 1).isBlank)
        #expect(try !document.content(page: 2).isBlank)
    }

    @Test func lostContentIsComplainedOf() throws {
        let picture = TestPDF.stream(
            "/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode",
            "this is no JPEG")
        let document = try TestPDF(pages: [("", "9 0 0 9 0 0 cm /J Do"), ("", "")], others: [picture]).open()
        let complaints = try document.content(page: 1).complaints
        #expect(complaints.contains { $0.contains("jpeg") })
        // Each page has its own.
        #expect(try document.content(page: 2).complaints.isEmpty)
    }

    @Test func aComplaintIsMadeOnce() throws {
        let document = try TestPDF(String(repeating: "nonsense 0 0 m ", count: 500)).open()
        #expect(try document.content(page: 1).complaints.count { $0.contains("nonsense") } == 1)
    }
}
