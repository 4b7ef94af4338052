import PageImages
import Testing

@Suite struct PDFRotationTests {
    /// A red square in the corner that is the upper left one to the reader.
    private static func corner(_ place: String) -> String { "1 0 0 rg \(place) 20 20 re f" }

    @Test(arguments: [
        (0, "10 130", 90.0, 140.0), (90, "10 10", 140, 90), (180, "80 10", 90, 140), (270, "80 130", 140, 90),
        (-90, "80 130", 140, 90), (450, "10 10", 140, 90),
    ])
    func standsUpright(stored: Int, place: String, width: Double, height: Double) throws {
        // The crop box leaves 90 x 140 points, whose lower left corner is at (10, 10).
        let page = "/MediaBox[0 0 300 300]/CropBox[10 10 100 150]/Rotate \(stored)"
        let document = try TestPDF(Self.corner(place), entries: page).open()
        let facts = try document.facts(page: 1)
        #expect(facts.rotation == (stored + 360) % 360)
        #expect(facts.pointsWide == width && facts.pointsHigh == height)
        let raster = try document.render(page: 1, resolution: 72)
        #expect(raster.width == Int(width) && raster.height == Int(height))
        #expect(raster[10, 10] == [255, 0, 0, 255])
        #expect(raster[30, 30] == [255, 255, 255, 255])
    }

    @Test func tellsSquarePagesApart() throws {
        let pages = [270, 0, 180, 90].map { ("/MediaBox[0 0 50 50]/Rotate \($0)", "") }
        let document = try TestPDF(pages: pages, others: []).open()
        #expect(try (1...4).map { try document.facts(page: $0).rotation } == [270, 0, 180, 90])
    }

    @Test func drawsPartsThatFitTogether() throws {
        let document = try TestPDF("0 0 1 rg 20 20 60 60 re f 1 0 0 rg 100 40 80 20 re f", entries: "/Rotate 90").open()
        let whole = try document.render(page: 1, resolution: 144)
        for region in [
            PixelRect(x: 0, y: 0, width: 200, height: 130), PixelRect(x: 30, y: 130, width: 170, height: 270),
        ] {
            let part = try document.render(page: 1, resolution: 144, region: region)
            #expect(part.width == region.width && part.height == region.height)
            for y in stride(from: 0, to: region.height, by: 7) {
                for x in stride(from: 0, to: region.width, by: 7) {
                    #expect(part[x, y] == whole[x + region.x, y + region.y])
                }
            }
        }
    }
}
