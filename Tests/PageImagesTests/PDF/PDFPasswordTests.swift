import PageImages
import TestPages
import Testing

@Suite struct PDFPasswordTests {
    private static func open(_ passwords: [String]) throws(DocumentError) -> Document {
        try TestPages.reader.open(DocumentFile(path: Fixture.path("encrypted.pdf")), passwords: passwords)
    }

    @Test(arguments: [["reader"], ["owner"], ["wrong", "", "reader"]])
    func opensWithOneOfTheList(passwords: [String]) throws {
        let raster = try Self.open(passwords).render(page: 1, resolution: 72)
        #expect(try raster == Fixture.raster("two-pages.pdf"))
    }

    @Test(arguments: [[], ["wrong"], ["Reader", "лидер", String(repeating: "x", count: 500)]])
    func tellsThatNoneFits(passwords: [String]) {
        let error = #expect(throws: DocumentError.self) { try Self.open(passwords) }
        #expect(error?.kind == .encrypted)
    }
}
