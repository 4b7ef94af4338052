import PageImages
import TestPages
import Testing

@Suite struct PDFRenderingTests {
    @Test func readsPageSizes() throws {
        let document = try TestPages.open(Fixture.path("two-pages.pdf"))
        #expect(document.kind == .pdf && document.pageCount == 2)
        #expect(try document.facts(page: 1) == PageFacts(pointsWide: 144, pointsHigh: 216))
        // Cropped and turned.
        #expect(try document.facts(page: 2) == PageFacts(pointsWide: 200, pointsHigh: 100, rotation: 90))
        #expect(try document.naturalSize(page: 1, resolution: 100) == PixelSize(width: 200, height: 300))
    }

    @Test func drawsOnWhiteFromTheLowerLeft() throws {
        let raster = try Fixture.raster("two-pages.pdf")
        #expect(raster.width == 144 && raster.height == 216 && !raster.hasAlpha)
        #expect(raster[20, 196] == [255, 0, 0, 255])
        #expect(raster[39, 177] == [255, 0, 0, 255])
        #expect(raster[41, 177] == [255, 255, 255, 255])
        #expect(raster[39, 174] == [255, 255, 255, 255])
        // Half transparent blue on the paper.
        let blue = raster[20, 96]
        #expect(abs(Int(blue.red) - 128) <= 1 && abs(Int(blue.green) - 128) <= 1 && blue.blue == 255)
    }

    @Test func appliesCropAndRotation() throws {
        let raster = try Fixture.raster("two-pages.pdf", page: 2)
        #expect(raster.width == 200 && raster.height == 100)
        // The green band at the foot of the page lies at its left after a quarter turn clockwise.
        #expect(raster[25, 50] == [0, 255, 0, 255])
        #expect(raster[48, 98] == [0, 255, 0, 255])
        #expect(raster[52, 50] == [255, 255, 255, 255])
    }

    @Test func drawsAtExactlyTheTargetSize() throws {
        let document = try TestPages.open(Fixture.path("two-pages.pdf"))
        nonisolated(unsafe) var natural: PixelSize?
        let raster = try document.render(page: 1, resolution: 144) { size in
            natural = size
            return PixelSize(width: 288, height: 216)
        }
        #expect(natural == PixelSize(width: 288, height: 432))
        #expect(raster.width == 288 && raster.height == 216)
        // Twice as wide, as high as before.
        #expect(raster[78, 177] == [255, 0, 0, 255])
        #expect(raster[82, 177] == [255, 255, 255, 255])
        #expect(raster[78, 174] == [255, 255, 255, 255])
    }

    @Test(arguments: ["two-pages-after-junk.pdf", "encrypted-without-password.pdf"])
    func readsTheSamePages(_ name: String) throws {
        for page in 1...2 {
            #expect(try Fixture.raster(name, page: page) == Fixture.raster("two-pages.pdf", page: page))
        }
    }

    @Test func oneDocumentServesSeveralTasks() async throws {
        let document = try TestPages.open(Fixture.path("two-pages.pdf"))
        let expected = try document.render(page: 1, resolution: 72)
        try await withThrowingTaskGroup(of: Raster.self) { group in
            for _ in 0..<16 { group.addTask { try document.render(page: 1, resolution: 72) } }
            for try await raster in group { #expect(raster == expected) }
        }
    }
}
