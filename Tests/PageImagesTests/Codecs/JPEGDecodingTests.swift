import PageImages
import Testing

/// The JPEG fixtures are 32 x 32 pixels with red, green, blue and white quadrants.
@Suite struct JPEGDecodingTests {
    static let quadrants = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]

    @Test(arguments: ["ycbcr.jpg", "progressive.jpg", "cmyk.jpg"])
    func decodesColours(_ name: String) throws {
        try check(name, against: Self.quadrants)
    }

    @Test func decodesGrey() throws {
        // Luma of red, green, blue and white by ITU-R BT.601.
        try check("grey.jpg", against: [76, 150, 29, 255].map { [$0, $0, $0] })
    }

    private func check(_ name: String, against colours: [[Int]]) throws {
        let raster = try Fixture.raster(name)
        #expect(raster.width == 32 && raster.height == 32 && !raster.hasAlpha)
        for (index, colour) in colours.enumerated() {
            let pixel = raster[8 + index % 2 * 16, 8 + index / 2 * 16]
            let difference = zip([pixel.red, pixel.green, pixel.blue], colour).map { abs(Int($0) - $1) }
            #expect(difference.allSatisfy { $0 <= 3 }, "quadrant \(index): \(pixel)")
        }
    }
}
