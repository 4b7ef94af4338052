import PageImages
import Testing

/// Bicubic resizing against the textbook sum in double precision.
@Suite struct ResizeTests {
    /// Keys' kernel with a = -0.75.
    static func kernel(_ distance: Double) -> Double {
        let d = abs(distance), a = -0.75
        if d <= 1 { return (a + 2) * d * d * d - (a + 3) * d * d + 1 }
        if d < 2 { return a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a }
        return 0
    }

    static func sample(_ raster: Raster, _ x: Int, _ y: Int, _ channel: Int) -> Double {
        let pixel = raster[min(max(x, 0), raster.width - 1), min(max(y, 0), raster.height - 1)]
        return Double([pixel.red, pixel.green, pixel.blue][channel])
    }

    static func resized(_ raster: Raster, to size: PixelSize, x: Int, y: Int, channel: Int) -> Double {
        let sourceX = (Double(x) + 0.5) * Double(raster.width) / Double(size.width) - 0.5
        let sourceY = (Double(y) + 0.5) * Double(raster.height) / Double(size.height) - 0.5
        let (firstX, firstY) = (Int(sourceX.rounded(.down)) - 1, Int(sourceY.rounded(.down)) - 1)
        var sum = 0.0
        for row in firstY..<(firstY + 4) {
            for column in firstX..<(firstX + 4) {
                sum +=
                    kernel(sourceX - Double(column)) * kernel(sourceY - Double(row))
                    * Self.sample(raster, column, row, channel)
            }
        }
        return sum
    }

    @Test(arguments: [(28, 28), (56, 5), (3, 40), (13, 11), (1, 1), (12, 10)])
    func agreesWithTheDefinition(_ width: Int, _ height: Int) throws {
        let raster = try Fixture.raster("rgb8.png")
        let planes = raster.resizedPlanes(width: width, height: height)
        #expect(planes.width == width && planes.height == height && planes.values.count == 3 * width * height)
        for channel in 0..<3 {
            for y in 0..<height {
                for x in 0..<width {
                    let expected = Self.resized(
                        raster, to: PixelSize(width: width, height: height), x: x, y: y, channel: channel)
                    let value = Double(planes.values[(channel * height + y) * width + x])
                    #expect(abs(value - expected) < 1e-3, "\(x), \(y), \(channel)")
                }
            }
        }
    }

    @Test func sameSizeChangesNothing() throws {
        let raster = try Fixture.raster("rgb8.png")
        let planes = raster.resizedPlanes(width: 13, height: 11)
        #expect(
            planes.values
                == (0..<3).flatMap { channel in
                    (0..<(13 * 11)).map { Float(raster.pixels[3 * $0 + channel]) }
                })
    }

    /// Beside an edge the curve overshoots, and is left so.
    @Test func valuesAreNotClamped() throws {
        let stripes = Raster(
            width: 4, height: 1, hasAlpha: false, pixels: [0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255])
        let values = stripes.resizedPlanes(width: 16, height: 1).values
        #expect((values.min() ?? 0) < -5 && (values.max() ?? 0) > 260)
    }
}
