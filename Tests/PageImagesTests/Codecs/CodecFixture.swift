import PageImages
import TestPages
import TestSupport
import Testing

/// The pictures in `Fixtures`, which `make_fixtures.py` wrote, and the pixels expected of them.
enum CodecFixture {
    static func path(_ name: String) -> String {
        Repository.path("Tests/PageImagesTests/Codecs/Fixtures/\(name)")
    }

    static func open(_ name: String, limits: PageLimits = PageLimits()) throws -> Document {
        try TestPages.open(path(name), limits: limits)
    }

    static func raster(_ name: String, page: Int = 1) throws -> Raster {
        try open(name).render(page: page, resolution: 72)
    }

    /// What opening and drawing a document throws, or nil.
    static func failure(_ bytes: [UInt8], limits: PageLimits = PageLimits()) -> DocumentError? {
        do throws(DocumentError) {
            let document = try TestPages.reader.open(DocumentFile(bytes: bytes, name: "picture", limits: limits))
            for page in 1...document.pageCount { _ = try document.render(page: page, resolution: 72) }
            return nil
        } catch {
            return error
        }
    }

    static func failure(_ name: String, limits: PageLimits = PageLimits()) throws -> DocumentError? {
        failure(try Repository.bytes(of: path(name)), limits: limits)
    }
}

extension Raster {
    /// Reads a binary PPM of 8 bits a sample, without comments.
    init(ppm bytes: [UInt8]) throws {
        let header = bytes.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
        let sizes = String(decoding: try #require(header.dropFirst().first), as: UTF8.self)
            .split(separator: " ").compactMap { Int($0) }
        let pixels = Array(try #require(header.last))
        try #require(header.first.map(Array.init) == Array("P6".utf8) && sizes.count == 2)
        try #require(sizes[0] > 0 && sizes[1] > 0 && pixels.count == 3 * sizes[0] * sizes[1])
        self.init(width: sizes[0], height: sizes[1], hasAlpha: false, pixels: pixels)
    }

    /// The largest difference of any sample; nil where the sizes differ.
    func largestDifference(from other: Raster) -> Int? {
        guard width == other.width, height == other.height, channels == other.channels else { return nil }
        return zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max()
    }
}
