import PageImages
import TestPages
import TestSupport
import Testing

/// The small files in `Fixtures`, which `make_fixtures.py` wrote.
enum Fixture {
    static func path(_ name: String) -> String { Repository.path("Tests/PageImagesTests/Fixtures/\(name)") }

    static func bytes(_ name: String) throws -> [UInt8] {
        try DocumentFile(path: path(name)).bytes
    }

    static func raster(_ name: String, page: Int = 1, resolution: Double = 72) throws -> Raster {
        try TestPages.open(path(name)).render(page: page, resolution: resolution)
    }

    /// What reading all pages throws, or nil.
    static func failure(_ name: String, limits: PageLimits = PageLimits()) -> DocumentError? {
        failure { () throws(DocumentError) in try DocumentFile(path: path(name), limits: limits) }
    }

    static func failure(_ file: () throws(DocumentError) -> DocumentFile) -> DocumentError? {
        do throws(DocumentError) {
            let document = try TestPages.reader.open(file())
            for page in 1...document.pageCount { _ = try document.render(page: page, resolution: 72) }
            return nil
        } catch {
            return error
        }
    }
}

func == (one: (UInt8, UInt8, UInt8, UInt8), other: [Int]) -> Bool {
    [Int(one.0), Int(one.1), Int(one.2), Int(one.3)] == other
}
