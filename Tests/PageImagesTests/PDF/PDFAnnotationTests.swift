import PageImages
import Testing

/// What lies on a page is drawn as it would be printed.
@Suite struct PDFAnnotationTests {
    private static let printed = 4
    private static let hidden = 2
    private static let notViewed = 32

    @Test(arguments: [
        ("Stamp", printed, true), ("Stamp", 0, false), ("Stamp", printed | hidden, false),
        ("Stamp", printed | notViewed, true), ("Square", printed, true), ("Text", printed, false),
        ("Widget", printed, true), ("Widget", 0, true), ("Widget", hidden, false), ("Widget", notViewed, false),
        ("Widget", printed | notViewed, true),
    ])
    func followsTheFlags(subtype: String, flags: Int, isDrawn: Bool) throws {
        let annotation =
            "<</Type/Annot/Subtype/\(subtype)/Rect[50 20 90 60]/F \(flags)/FT/Tx/T(a)/AP<</N 6 0 R>>>>"
        let appearance = TestPDF.stream("/Type/XObject/Subtype/Form/BBox[0 0 40 40]", "0 1 0 rg 0 0 40 40 re f")
        let document = try TestPDF("", entries: "/Annots[5 0 R]", others: [annotation, appearance]).open()
        let colour = isDrawn ? [0, 255, 0, 255] : [255, 255, 255, 255]
        #expect(try document.render(page: 1, resolution: 72)[70, 60] == colour)
        #expect(try document.content(page: 1).isBlank == !isDrawn)
    }

    @Test func valuesOfFormFieldsAreWords() throws {
        let field = "<</Type/Annot/Subtype/Widget/Rect[20 20 180 60]/FT/Tx/T(a)/V(12.50)/AP<</N 6 0 R>>>>"
        let appearance = TestPDF.stream(
            "/Type/XObject/Subtype/Form/BBox[0 0 160 40]/Resources<</Font<</F 3 0 R>>>>",
            "BT /F 18 Tf 4 10 Td (12.50) Tj ET")
        let document = try TestPDF("", entries: "/Annots[5 0 R]", others: [field, appearance]).open()
        #expect(try document.content(page: 1).words.map(\.text) == ["12.50"])
    }

    @Test func leavesOutHiddenLayers() throws {
        let layers = "1 0 0 rg /OC /A BDC 0 0 50 50 re f EMC 0 0 1 rg /OC /B BDC 100 0 50 50 re f EMC"
        let document = try TestPDF(
            layers, entries: "", others: ["<</Type/OCG/Name(shown)>>", "<</Type/OCG/Name(hidden)>>"],
            properties: "/A 5 0 R/B 6 0 R", catalogue: "/OCProperties<</OCGs[5 0 R 6 0 R]/D<</OFF[6 0 R]>>>>"
        ).open()
        let raster = try document.render(page: 1, resolution: 72)
        #expect(raster[20, 80] == [255, 0, 0, 255])
        #expect(raster[120, 80] == [255, 255, 255, 255])
    }
}
