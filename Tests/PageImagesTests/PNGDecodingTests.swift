import PageImages
import Testing

/// Every PNG fixture is 13 x 11 pixels and shows the gradient of `ramp`.
@Suite struct PNGDecodingTests {
    static func ramp(_ x: Int, _ y: Int) -> [Int] { [16 * x, 16 * y, 255 - 16 * x] }
    static func grey(_ value: Int) -> [Int] { [value, value, value] }
    /// Entry `index` of the fixtures' palette.
    static func palette(_ index: Int) -> [Int] { ramp(index, 15 - index) }

    struct Expectation: Sendable, CustomTestStringConvertible {
        let name: String
        let hasAlpha: Bool
        let pixel: @Sendable (Int, Int) -> [Int]
        var testDescription: String { name }

        init(_ name: String, hasAlpha: Bool, _ pixel: @escaping @Sendable (Int, Int) -> [Int]) {
            self.name = name
            self.hasAlpha = hasAlpha
            self.pixel = pixel
        }
    }

    @Test(arguments: [
        Expectation("rgb8.png", hasAlpha: false) { ramp($0, $1) + [255] },
        Expectation("rgb8-interlaced.png", hasAlpha: false) { ramp($0, $1) + [255] },
        Expectation("rgba8.png", hasAlpha: true) { ramp($0, $1) + [17 * $1] },
        Expectation("rgb16.png", hasAlpha: false) { ramp($0, $1) + [255] },
        Expectation("rgba16.png", hasAlpha: true) { ramp($0, $1) + [17 * $1] },
        Expectation("grey1.png", hasAlpha: false) { grey(255 * (($0 + $1) % 2)) + [255] },
        Expectation("grey4-transparent.png", hasAlpha: true) { x, _ in grey(17 * x) + [x == 5 ? 0 : 255] },
        Expectation("grey16.png", hasAlpha: false) { x, _ in grey(16 * x) + [255] },
        Expectation("grey-alpha8.png", hasAlpha: true) { grey(16 * $0) + [17 * $1] },
        Expectation("palette4.png", hasAlpha: false) { x, _ in palette(x) + [255] },
        Expectation("palette4-transparent-interlaced.png", hasAlpha: true) { x, _ in
            palette(x) + [x < 3 ? 100 * x : 255]
        },
    ])
    func decodesEveryPixel(_ expected: Expectation) throws {
        let raster = try Fixture.raster(expected.name)
        #expect(raster.width == 13 && raster.height == 11)
        #expect(raster.hasAlpha == expected.hasAlpha)
        for y in 0..<11 {
            for x in 0..<13 {
                #expect(raster[x, y] == expected.pixel(x, y), "at \(x), \(y)")
            }
        }
    }

    @Test func pictureIsOnePageOfItsOwnSize() throws {
        let document = try Document(path: Fixture.path("rgb8.png"))
        #expect(document.kind == .png && document.pageCount == 1)
        #expect(try document.naturalSize(page: 1, resolution: 300) == PixelSize(width: 13, height: 11))
        #expect(try document.pageSizePoints(1) == (13, 11))
    }

    @Test func compositesOnWhite() throws {
        let raster = try Fixture.raster("rgba8.png")
        let opaque = raster.compositedOnWhite()
        #expect(!opaque.hasAlpha && opaque.width == 13 && opaque.height == 11)
        for y in 0..<11 {
            for x in 0..<13 {
                let alpha = Double(17 * y)
                let expected = Self.ramp(x, y).map { sample in
                    Int(((Double(sample) * alpha + 255 * (255 - alpha)) / 255).rounded())
                }
                #expect(opaque[x, y] == expected + [255], "at \(x), \(y)")
            }
        }
        #expect(opaque.compositedOnWhite() == opaque)
    }
}
