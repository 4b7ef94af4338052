import Dispatch
import Foundation
import PageImages
import Synchronization
import TestPages
import TestSupport
import Testing

/// With GLEANER_PAGES_OUT=FOLDER the pages are also written there, for `compare_pages.py`.
@Suite("Documents of other projects", .enabled(if: PageCorpus.arePresent), .serialized)
struct PageCorpusTests {
    @Test(
        "Each gives the same pixels or the same error twice, whatever was read before", arguments: PageCorpus.allCases)
    func sameTwice(_ corpus: PageCorpus) throws {
        let files = corpus.files
        #expect(!files.isEmpty)
        let first = try Self.read(files, of: corpus, by: PageReader(TestPages.configuration))
        let second = try Self.read(files.reversed(), of: corpus, by: PageReader(TestPages.configuration))
        for file in files {
            if !Self.unstable.contains(file) { #expect(first[file] == second[file], "\(file)") }
            let reading = try #require(first[file])
            let expected = Self.refused[file] ?? (file.hasPrefix("png/x") ? Self.damaged : ["pages"])
            #expect(expected.contains(reading.code ?? "pages"), "\(file): \(reading)")
        }
    }

    private static let damaged: Set = ["corrupt", "truncated", "unknown-content"]

    /// Poppler draws letters of this one in colours that it has not set: pdftoppm too gives other pixels each time.
    private static let unstable: Set = ["issue19634.pdf"]

    /// Files that give no pages, or not all of them.
    private static let refused: [String: Set<String>] = [
        // Neither a cross-reference table nor pages.
        "poppler-85140-0.pdf": ["truncated", "corrupt"],
        "monkey12.jpg": ["unsupported"],
    ]

    private static func read(
        _ files: [String], of corpus: PageCorpus, by reader: PageReader
    ) throws -> [String: Reading] {
        let readings = Mutex<[String: Reading]>([:])
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            let file = files[index]
            let reading = Reading(corpus.path + "/" + file, by: reader) { page, raster in
                PageFolder.chosen?.write(raster, as: "\(corpus.rawValue)/\(file)", page: page)
            }
            readings.withLock { $0[file] = reading }
        }
        return readings.withLock { $0 }
    }
}

/// Where a person wants to see the pages.
private struct PageFolder {
    let path: String

    static let chosen = ProcessInfo.processInfo.environment["GLEANER_PAGES_OUT"].map { PageFolder(path: $0) }

    /// As PPM, which every tool reads.
    func write(_ raster: Raster, as name: String, page: Int) {
        let file = "\(path)/\(name)-\(page).ppm"
        let folder = file[..<(file.lastIndex(of: "/") ?? file.endIndex)]
        try? FileManager.default.createDirectory(atPath: String(folder), withIntermediateDirectories: true)
        let data = Data("P6 \(raster.width) \(raster.height) 255\n".utf8) + Data(raster.pixels)
        _ = FileManager.default.createFile(atPath: file, contents: data)
    }
}
