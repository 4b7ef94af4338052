import PageImages
import TestPages
import TestSupport
import Testing

/// Every variant of PNG, JPEG and TIFF gives the pixels that Pillow gives.
@Suite struct PictureVariantTests {
    /// A line of `expectations.txt`.
    struct Expectation: Sendable, CustomTestStringConvertible {
        let name: String
        let page: Int
        let pixels: String
        let tolerance: Int
        var testDescription: String { "\(name), page \(page)" }
    }

    static let expectations: [Expectation] = {
        let bytes = (try? Repository.bytes(of: CodecFixture.path("expectations.txt"))) ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ").map(String.init)
            guard fields.count == 4, let page = Int(fields[1]), let tolerance = Int(fields[3]) else { return nil }
            return Expectation(name: fields[0], page: page, pixels: fields[2], tolerance: tolerance)
        }
    }()

    @Test func thereAreMany() {
        #expect(Self.expectations.count > 80)
    }

    @Test(arguments: expectations) func hasTheExpectedPixels(_ expectation: Expectation) throws {
        let expected = try Raster(ppm: Repository.bytes(of: CodecFixture.path(expectation.pixels)))
        let raster = try CodecFixture.raster(expectation.name, page: expectation.page)
        let difference = try #require(raster.largestDifference(from: expected), "the sizes differ")
        #expect(difference <= expectation.tolerance)
    }

    @Test func pagesOfATIFFAreCountedWithoutItsThumbnail() throws {
        let document = try CodecFixture.open("pages.tiff")
        #expect(document.kind == .tiff && document.pageCount == 3)
        #expect(try document.facts(page: 3).pixels == PixelSize(width: 20, height: 10))
    }

    @Test(arguments: [
        ("dpi-300.png", 300.0), ("dpi-150.jpg", 150), ("orientation-1.png", 200), ("orientation-8.jpg", 200),
        ("pages.tiff", 300),
    ])
    func resolutionGivesThePaperSize(_ name: String, _ resolution: Double) throws {
        let document = try CodecFixture.open(name)
        let facts = try document.facts(page: 1)
        let pixels = try #require(facts.pixels)
        #expect(facts.resolution == resolution)
        #expect(abs(facts.pointsWide - Double(pixels.width) * 72 / resolution) < 0.01)
        #expect(abs(facts.pointsHigh - Double(pixels.height) * 72 / resolution) < 0.01)
        #expect(try document.content(page: 1).resolution == resolution)
    }

    @Test(arguments: ["rgb.tiff", "large-chunks.png", "ycbcr.jpg"])
    func withoutAPlausibleResolutionAPixelIsAPoint(_ name: String) throws {
        let facts = try CodecFixture.open(name).facts(page: 1)
        #expect(facts.resolution == nil && facts.pointsWide == 37 && facts.pointsHigh == 29)
    }

    @Test(arguments: 1...8, ["png", "jpg", "tiff"])
    func orientationIsToldAsTurns(_ orientation: Int, _ format: String) throws {
        let facts = try CodecFixture.open("orientation-\(orientation).\(format)").facts(page: 1)
        #expect(facts.rotation == [0, 0, 180, 180, 270, 90, 90, 270][orientation - 1])
        #expect(facts.isMirrored == [2, 4, 5, 7].contains(orientation))
        let upright = format == "jpg" ? PixelSize(width: 80, height: 64) : PixelSize(width: 37, height: 29)
        #expect(facts.pixels == upright)
    }

    @Test(arguments: ["rgb.tiff", "rgba.tiff", "orientation-6.jpg", "orientation-3.png", "pages.tiff"])
    func partsAreCutFromTheUprightPage(_ name: String) throws {
        let document = try CodecFixture.open(name)
        for page in [document.pageCount, 1] {
            let whole = try document.render(page: page, resolution: 72)
            let (width, height) = (whole.width, whole.height)
            for region in [
                PixelRect(x: 0, y: 0, width: width, height: 1), PixelRect(x: 3, y: 2, width: width - 5, height: 7),
                PixelRect(x: width - 1, y: height - 1, width: 1, height: 1), PixelRect(whole.size),
            ] {
                let part = try document.render(page: page, resolution: 72, region: region)
                #expect(part == whole.part(region), "\(region) of page \(page)")
            }
        }
    }

    @Test func pictureIsOfPictureOriginAndHasInk() throws {
        let content = try CodecFixture.open("bilevel-g4.tiff").content(page: 1)
        #expect(content.origin == .picture && content.words.isEmpty && !content.isBlank)
    }

    @Test func encodedPictureIsTheSameAgain() throws {
        let raster = try CodecFixture.raster("rgb.tiff")
        let file = try DocumentFile(bytes: #require(raster.pngBytes()), name: "encoded.png")
        #expect(file.kind == .png)
        #expect(try TestPages.reader.open(file).render(page: 1, resolution: 72) == raster)
    }
}

extension Raster {
    var size: PixelSize { PixelSize(width: width, height: height) }

    func part(_ region: PixelRect) -> Raster {
        let rows = (region.y..<region.y + region.height).flatMap { y in
            let start = (y * width + region.x) * channels
            return pixels[start..<start + region.width * channels]
        }
        return Raster(width: region.width, height: region.height, hasAlpha: hasAlpha, pixels: rows)
    }
}
