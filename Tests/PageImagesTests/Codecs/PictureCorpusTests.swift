import Foundation
import PageImages
import TestPages
import TestSupport
import Testing

/// The PNG test suite beside the repository, for those who have it.
@Suite(.enabled(if: PNGSuite.isPresent)) struct PNGSuiteTests {
    @Test(arguments: PNGSuite.expectations) func pixelsArePillows(_ expected: PNGSuite.Expectation) throws {
        let raster = try TestPages.open(PNGSuite.path + expected.name).render(page: 1, resolution: 72)
        #expect(raster.size == expected.size)
        #expect(CRC32.checksum(of: raster.pixels) == expected.checksum)
    }

    @Test func corruptFilesAreErrors() throws {
        let corrupt = try PNGSuite.files().filter { $0.hasPrefix("x") }
        #expect(corrupt.count == 14)
        for name in corrupt {
            let error = CodecFixture.failure(try Repository.bytes(of: PNGSuite.path + name))
            #expect(error != nil, "\(name)")
        }
    }

    @Test func nothingIsLeftOut() throws {
        let valid = try PNGSuite.files().filter { !$0.hasPrefix("x") }
        #expect(valid == PNGSuite.expectations.map(\.name))
        #expect(valid.count == 161)
    }

    /// What the committed checksums stand for, where Pillow is at hand.
    @Test(.enabled(if: Command.succeeds("python3", "-c", "import PIL"))) func checksumsArePillows() {
        let script = CodecFixture.path("compare_with_pillow.py")
        #expect(Command.succeeds("python3", script, PNGSuite.path, "--check"))
    }
}

enum JPEGCorpus {
    static let path = Repository.path("../shared/corpora/jpeg/")
    static let isPresent = FileManager.default.fileExists(atPath: path)
}

/// The pictures of libjpeg-turbo beside the repository, for those who have them.
@Suite(.enabled(if: JPEGCorpus.isPresent)) struct JPEGCorpusTests {
    @Test(.enabled(if: Command.succeeds("djpeg", "-version")), arguments: ["testorig", "testimgari", "testimgint"])
    func pixelsAreThoseOfDjpeg(_ name: String) throws {
        let raster = try TestPages.open("\(JPEGCorpus.path)\(name).jpg").render(page: 1, resolution: 72)
        let expected = try Raster(ppm: Command.output("djpeg", "-ppm", "\(JPEGCorpus.path)\(name).jpg"))
        #expect(try #require(raster.largestDifference(from: expected)) <= 1)
    }

    @Test func twelveBitsAreAnError() throws {
        let error = try #require(CodecFixture.failure(try Repository.bytes(of: JPEGCorpus.path + "monkey12.jpg")))
        #expect(error.kind == .unsupported(.jpeg))
        #expect(error.description.contains("12 bits"))
    }
}
