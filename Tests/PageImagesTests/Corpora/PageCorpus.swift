import Foundation
import PageImages
import TestSupport

/// Documents of other projects beside the repository, for those who have them.
enum PageCorpus: String, CaseIterable {
    /// Test files of PDF.js.
    case pdf = "pdfjs"
    /// PngSuite: every variant of PNG, and files that are broken in one way each; those begin with an x.
    case png = "pngsuite"
    /// Test files of libjpeg-turbo.
    case jpeg = "jpeg"

    private static let root = Repository.path("../shared/corpora")

    static let arePresent = allCases.allSatisfy { FileManager.default.fileExists(atPath: $0.path) }

    var path: String { Self.root + "/" + rawValue }

    /// Paths below the folder, sorted.
    var files: [String] {
        let suffix = self == .pdf ? ".pdf" : self == .png ? ".png" : ".jpg"
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(suffix) }.sorted()
    }
}

/// What came of reading a document: the same for the same bytes, whatever was read before.
struct Reading: Equatable, CustomStringConvertible {
    /// Sizes and checksums of the pages' pixels.
    var pages: [Page] = []
    /// The code of the error that ended it.
    var code: String?
    var words = ""

    struct Page: Equatable {
        let width: Int
        let height: Int
        let checksum: UInt64
    }

    var description: String { code.map { "\($0): \(words)" } ?? "\(pages.count) pages" }

    /// Reads all pages, PDFs at 100 dots per inch.
    ///
    /// - Parameter each: is given every page, counted from 1.
    init(_ path: String, by reader: PageReader, each: (Int, Raster) -> Void) {
        do throws(DocumentError) {
            let document = try reader.open(DocumentFile(path: path, limits: PageLimits(maximumSecondsPerPage: 10)))
            for page in 1...document.pageCount {
                let raster = try document.render(page: page, resolution: 100)
                pages.append(Page(width: raster.width, height: raster.height, checksum: raster.checksum))
                each(page, raster)
            }
        } catch {
            code = error.kind.code
            words = error.description
        }
    }
}

extension Raster {
    /// FNV-1a.
    fileprivate var checksum: UInt64 {
        pixels.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
