import PageImages
import TestSupport
import Testing

/// Pictures that are damaged, too large or of kinds that nobody reads: an error that says so, before much is spent.
@Suite struct PictureFaultTests {
    @Test(
        arguments: [
            ("pages-in-a-circle.tiff", .corrupt(.tiff), "in a circle"),
            ("pages-cut-short.tiff", .truncated(.tiff), "directory"),
            ("tags-of-one-value.tiff", .corrupt(.tiff), "larger than the file"),
            ("jbig-wider-than-page.tiff", .corrupt(.tiff), "JBIG"),
            ("huge-header.tiff", .tooManyPixels, "60000 x 60000"),
            ("huge-tile.tiff", .corrupt(.tiff), "tiles"),
            ("float.tiff", .unsupported(.tiff), "32-bit"),
        ] as [(String, DocumentError.Kind, String)])
    func isNamed(_ name: String, _ kind: DocumentError.Kind, _ words: String) throws {
        let error = try #require(try CodecFixture.failure(name))
        #expect(error.kind == kind)
        #expect(error.description.contains(words), "\(error)")
    }

    @Test(arguments: [
        "rgb.tiff", "rgb-bigtiff.tiff", "rgb-tiles.tiff", "bilevel-g4.tiff", "ycbcr-jpeg.tiff", "pages.tiff",
        "arithmetic.jpg", "restart.jpg", "ycck.jpg", "orientation-6.png",
    ])
    func truncatedAnywhere(_ name: String) throws {
        let bytes = try Repository.bytes(of: CodecFixture.path(name))
        for step in 1..<32 {
            let part = Array(bytes.prefix(bytes.count * step / 32))
            #expect(CodecFixture.failure(part) != nil, "\(part.count) of \(bytes.count) bytes")
        }
    }

    @Test(arguments: ["rgb-lzw.tiff", "rgb-tiles.tiff", "bilevel-g4.tiff", "ycbcr-jpeg.tiff", "pages.tiff"])
    func flippedAnywhere(_ name: String) throws {
        let bytes = try Repository.bytes(of: CodecFixture.path(name))
        let limits = PageLimits(maximumPixels: 1_000_000, maximumSecondsPerPage: 5)
        var generator = DamagedFileTests.Generator(state: 0x9E37_79B9_7F4A_7C15)
        for _ in 0..<200 {
            var flipped = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<flipped.count, using: &generator)
                flipped[place] ^= UInt8.random(in: 1...255, using: &generator)
            }
            if let error = CodecFixture.failure(flipped, limits: limits) {
                #expect(Self.isCoded(error), "\(error)")
            }
        }
    }

    /// Whether the fault was found, and not only survived.
    private static func isCoded(_ error: DocumentError) -> Bool {
        switch error.kind {
        case .truncated, .corrupt, .unsupported, .tooManyPixels, .unknownContent: true
        default: false
        }
    }

    @Test func scansWithoutEnd() throws {
        let bytes = try Repository.bytes(of: CodecFixture.path("progressive.jpg"))
        let start = try #require(bytes.indices.dropLast().last { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
        let scan = bytes[start..<bytes.count - 2]
        #expect(CodecFixture.failure(Array(bytes[..<start] + scan + [0xFF, 0xD9])) == nil)
        let many = bytes[..<start] + repeatElement(scan, count: 200).joined() + [0xFF, 0xD9]
        let error = try #require(CodecFixture.failure(Array(many)))
        #expect(error.kind == .corrupt(.jpeg))
    }

    @Test func limitsHoldForEachPageAndForAll() throws {
        let (pages, pixels) = (4, 2 * 37 * 29 + 20 * 10)
        #expect(try CodecFixture.failure("pages.tiff", limits: PageLimits(maximumPages: pages)) == nil)
        let tooLong = try CodecFixture.failure("pages.tiff", limits: PageLimits(maximumPages: pages - 1))
        #expect(tooLong?.kind == .tooManyPages)
        let whole = PageLimits(maximumPixels: 37 * 29, maximumDocumentPixels: pixels)
        #expect(try CodecFixture.failure("pages.tiff", limits: whole) == nil)
        let tooWide = try CodecFixture.failure("pages.tiff", limits: PageLimits(maximumPixels: 37 * 29 - 1))
        #expect(tooWide?.kind == .tooManyPixels)
        let tooMuch = try CodecFixture.failure("pages.tiff", limits: PageLimits(maximumDocumentPixels: pixels - 1))
        #expect(tooMuch?.kind == .tooManyPixels)
    }
}
