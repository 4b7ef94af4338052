import PageImages
import TestPages
import Testing

/// Every PNG fixture is 13 x 11 pixels and shows the gradient of `ramp`; what is transparent shows white paper.
@Suite struct PNGDecodingTests {
    static func ramp(_ x: Int, _ y: Int) -> [Int] { [16 * x, 16 * y, 255 - 16 * x] }
    static func grey(_ value: Int) -> [Int] { [value, value, value] }
    /// Entry `index` of the fixtures' palette.
    static func palette(_ index: Int) -> [Int] { ramp(index, 15 - index) }

    struct Expectation: Sendable, CustomTestStringConvertible {
        let name: String
        /// Red, green, blue, alpha.
        let pixel: @Sendable (Int, Int) -> [Int]
        var testDescription: String { name }

        init(_ name: String, _ pixel: @escaping @Sendable (Int, Int) -> [Int]) {
            self.name = name
            self.pixel = pixel
        }
    }

    @Test(arguments: [
        Expectation("rgb8.png") { ramp($0, $1) + [255] },
        Expectation("rgb8-interlaced.png") { ramp($0, $1) + [255] },
        Expectation("rgba8.png") { ramp($0, $1) + [17 * $1] },
        Expectation("rgb16.png") { ramp($0, $1) + [255] },
        Expectation("rgba16.png") { ramp($0, $1) + [17 * $1] },
        Expectation("grey1.png") { grey(255 * (($0 + $1) % 2)) + [255] },
        Expectation("grey4-transparent.png") { x, _ in grey(17 * x) + [x == 5 ? 0 : 255] },
        Expectation("grey16.png") { x, _ in grey(16 * x) + [255] },
        Expectation("grey-alpha8.png") { grey(16 * $0) + [17 * $1] },
        Expectation("palette4.png") { x, _ in palette(x) + [255] },
        Expectation("palette4-transparent-interlaced.png") { x, _ in
            palette(x) + [x < 3 ? 100 * x : 255]
        },
    ])
    func decodesEveryPixel(_ expected: Expectation) throws {
        let raster = try Fixture.raster(expected.name)
        #expect(raster.width == 13 && raster.height == 11 && !raster.hasAlpha)
        for y in 0..<11 {
            for x in 0..<13 {
                #expect(raster[x, y] == Self.onWhite(expected.pixel(x, y)), "at \(x), \(y)")
            }
        }
    }

    static func onWhite(_ pixel: [Int]) -> [Int] {
        let alpha = Double(pixel[3])
        return pixel[..<3].map { Int(((Double($0) * alpha + 255 * (255 - alpha)) / 255).rounded()) } + [255]
    }

    @Test func pictureIsOnePageOfItsOwnSize() throws {
        let document = try TestPages.open(Fixture.path("rgb8.png"))
        #expect(document.kind == .png && document.pageCount == 1)
        #expect(try document.naturalSize(page: 1, resolution: 300) == PixelSize(width: 13, height: 11))
        #expect(try document.facts(page: 1).pixels == PixelSize(width: 13, height: 11))
    }

    @Test func compositesOnWhite() {
        let pixels: [UInt8] = (0..<256).flatMap { (alpha: Int) -> [UInt8] in [200, 100, 0, UInt8(alpha)] }
        let opaque = Raster(width: 256, height: 1, hasAlpha: true, pixels: pixels).compositedOnWhite()
        #expect(!opaque.hasAlpha && opaque.width == 256 && opaque.height == 1)
        for x in 0..<256 { #expect(opaque[x, 0] == Self.onWhite([200, 100, 0, x]), "alpha \(x)") }
        #expect(opaque.compositedOnWhite() == opaque)
    }
}
