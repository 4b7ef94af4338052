import PageImages
import TestPages
import Testing

/// Damaged files give pixels or an error: never a crash, never a hang.
@Suite struct DamagedFileTests {
    static let pictures = [
        "rgb8.png", "rgb8-interlaced.png", "rgba16.png", "grey1.png", "grey4-transparent.png", "palette4.png",
        "palette4-transparent-interlaced.png", "huge-header.png", "ycbcr.jpg", "progressive.jpg", "grey.jpg",
        "cmyk.jpg", "huge-header.jpg", "text.pdf",
    ]
    static let pdfs = ["two-pages.pdf", "encrypted.pdf", "encrypted-without-password.pdf", "missing-page.pdf"]
    static let limits = PageLimits(maximumPixels: 1_000_000, maximumPages: 4, maximumSecondsPerPage: 5)

    /// xorshift64*: the same flips in every run.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return state &* 0x2545_F491_4F6C_DD1D
        }
    }

    @Test(arguments: pictures + pdfs) func truncatedAnywhere(_ name: String) throws {
        let bytes = try Fixture.bytes(orEmpty: name)
        for step in 0..<64 {
            let part = Array(bytes.prefix(bytes.count * step / 64))
            let error = Self.outcome(part)
            // A file less its end must not pass for a whole one.
            #expect(error != nil, "\(part.count) of \(bytes.count) bytes")
            if step == 0 { #expect(error?.kind == .emptyFile) }
        }
    }

    @Test(arguments: pictures + pdfs) func flippedAnywhere(_ name: String) throws {
        let bytes = try Fixture.bytes(orEmpty: name)
        var generator = Generator(state: 0x9E37_79B9_7F4A_7C15)
        var failures = 0
        for _ in 0..<200 {
            var flipped = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<flipped.count, using: &generator)
                flipped[place] ^= UInt8.random(in: 1...255, using: &generator)
            }
            if Self.outcome(flipped) != nil { failures += 1 }
        }
        // PNG has a checksum for every chunk.
        if name.hasSuffix(".png") { #expect(failures == 200) }
    }

    /// The error, or nil where all pages gave pixels of the promised size.
    static func outcome(_ bytes: [UInt8]) -> DocumentError? {
        do throws(DocumentError) {
            let document = try TestPages.reader.open(DocumentFile(bytes: bytes, name: "fuzz", limits: limits))
            for page in 1...document.pageCount {
                let size = try document.naturalSize(page: page, resolution: 36)
                let raster = try document.render(page: page, resolution: 36)
                #expect(raster.width == size.width && raster.height == size.height)
            }
            return nil
        } catch {
            return error
        }
    }
}

extension Fixture {
    /// Raw bytes, whatever they are.
    static func bytes(orEmpty name: String) throws -> [UInt8] {
        name == "text.pdf" ? Array("Café receipt: 12.50\n".utf8) : try bytes(name)
    }
}
