import DropFolder
import Files
import Foundation
import TestSupport
import Testing

@Suite("Poison among good documents")
struct PoisonTests {
    private static func fixture(_ name: String) throws -> [UInt8] {
        try Repository.bytes(of: Repository.path("Tests/PageImagesTests/Fixtures/" + name))
    }

    @Test("A hundred good documents give a hundred records, and each poison its own error")
    func hundred() async throws {
        let bench = try DropFolderBench()
        for number in 1...90 { try bench.drop("good/\(number).png", SmallDocuments.png(number)) }
        for number in 91...100 { try bench.drop("good/\(number).pdf", SmallDocuments.pdf(number, pageCount: 3)) }
        let png = SmallDocuments.png(1000)
        let poison: [(name: String, bytes: [UInt8], code: String)] = [
            ("cut.png", Array(png.prefix(20)), "truncated"),
            ("cut.pdf", try Self.fixture("truncated.pdf"), "truncated"),
            ("locked.pdf", try Self.fixture("encrypted.pdf"), "encrypted"),
            ("nothing.png", [], "empty"),
            ("letter.docx", Array("PK\u{3}\u{4} something zipped, and no page".utf8), "unknown-content"),
            ("long.pdf", SmallDocuments.pdf(1001, pageCount: 10_000), "too-many-pages"),
            ("vast.png", try Self.fixture("huge-header.png"), "too-many-pixels"),
        ]
        for (name, bytes, _) in poison { try bench.drop(name, bytes) }
        try await bench.drain()

        #expect(bench.files(in: bench.records).count == 100)
        #expect(bench.files(in: bench.inbox) == [])
        for (name, bytes, code) in poison {
            let error = (name as NSString).deletingPathExtension
            // Two of them have the same stem, and the one that came second a number.
            let found = [error, error + "-2"].compactMap { try? bench.json(bench.failed + "/\($0).error.json") }
                .first { $0["file"]?.stringValue == name }
            #expect(found?["code"]?.stringValue == code, "\(name)")
            #expect(found?["what_to_do"]?.stringValue?.isEmpty == false)
            #expect(found?["bytes"]?.intValue == bytes.count)
        }
        #expect(bench.files(in: bench.failed).filter { $0.hasSuffix(".error.json") }.count == 7)
        try bench.expectAllClosed(done: 100, failed: 7)
        // None of them is tried again.
        let inferences = bench.inferences.count
        try await bench.drain()
        #expect(bench.inferences.count == inferences)
    }
}
