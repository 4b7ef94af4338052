import Extraction
import Foundation
import PageImages
import TestPages
import TestSupport
import Testing

@Suite("Jobs of a local engine")
struct LocalJobTests {
    private let model: ReferenceModelFolder
    private let engine: LocalEngine
    private let schema: ExtractionSchema

    init() throws {
        model = try ReferenceModelFolder()
        engine = try Self.engine(model.path)
        schema = try ExtractionSchema(
            text: Array(
                #"{"type":"object","properties":{"word":{"type":"string","maxLength":4}},"required":["word"]}"#.utf8),
            name: "schema.json")
    }

    private static func engine(_ path: String) throws -> LocalEngine {
        try LocalEngine(
            model: ModelFolder(model: path, environment: [:], executable: "/"), threads: 1, reader: TestPages.reader)
    }

    private func job(
        _ bytes: [UInt8], limits: PageLimits = PageLimits(), _ change: (inout ExtractionOptions) -> Void = { _ in }
    ) throws -> any ExtractionJob {
        var options = ExtractionOptions()
        change(&options)
        return try engine.open(
            DocumentFile(bytes: bytes, name: "document.pdf", limits: limits), schema: schema, options: options)
    }

    @Test("pages that were drawn ahead, on other threads and all at once, give the same record")
    func drawnAhead() throws {
        let document = SmallDocuments.pdf(1, pageCount: 3)
        let plain = try job(document).extract { _ in true }
        let ahead = try job(document)
        #expect(ahead.pages == [1, 2, 3])
        DispatchQueue.concurrentPerform(iterations: 6) { ahead.prepareImage(at: $0 % 3) }
        let extraction = try ahead.extract { _ in true }
        #expect(extraction.record == plain.record)
        #expect(extraction.tokens.prompt == plain.tokens.prompt)
    }

    @Test("the memory of a prepared page is told before it is drawn")
    func memory() throws {
        let job = try job(SmallDocuments.pdf(1, pageCount: 2))
        // 240 x 120 points at 144 dots an inch are 480 x 240 pixels; the reference model takes no more than its image size.
        #expect(job.preparedByteCount(ofImageAt: 0) > 0)
        #expect(job.preparedByteCount(ofImageAt: 0) % (3 * 4) == 0)
    }

    @Test("a long page is shown as several images, which cover it from the top")
    func tiles() throws {
        // 240 x 1200 points at 144 dots an inch: 480 x 2400 pixels, where the reference model takes 280.
        let job = try job(SmallDocuments.pdf(1, pageCount: 2, height: 1200))
        #expect(job.pages == [1, 2])
        #expect(job.imageCount == 12)
        let extraction = try job.extract { _ in true }
        #expect(extraction.images.map(\.page) == [Int](repeating: 1, count: 6) + [Int](repeating: 2, count: 6))
        let tiles = extraction.images.prefix(6)
        #expect(tiles.map(\.tile) == [1, 2, 3, 4, 5, 6])
        #expect(tiles.allSatisfy { $0.tileCount == 6 && $0.pageSize == PixelSize(width: 480, height: 2400) })
        #expect(tiles.first?.region.y == 0)
        #expect(tiles.last.map { $0.region.y + $0.region.height } == 2400)
        #expect(tiles.allSatisfy { $0.size == PixelSize(width: 280, height: 280) })
        #expect(extraction.tokens.image == extraction.images.reduce(0) { $0 + $1.grid.promptTokenCount })
        #expect(extraction.report["images"]?.arrayValue?.count == 12)
    }

    @Test("blank pages are left out where that is asked for, and the result names them")
    func blankPages() throws {
        let document = SmallDocuments.pdf(1, pageCount: 4, blank: [2, 4])
        let kept = try job(document).extract { _ in true }
        #expect(kept.pages == [1, 2, 3, 4])
        #expect(kept.skippedPages.isEmpty)
        let skipped = try job(document) { $0.blankPages = .skip }.extract { _ in true }
        #expect(skipped.pages == [1, 3])
        #expect(skipped.skippedPages == [2, 4])
        #expect(skipped.pageCount == 4)
        #expect(skipped.report["skipped_pages"] == [2, 4])
        #expect(skipped.tokens.image == kept.tokens.image / 2)
        #expect(skipped.warnings.isEmpty)
    }

    @Test("a page that only looks blank, because its picture cannot be drawn, is not left out")
    func looksBlank() throws {
        // The name of a picture that the page does not have, in place of its text.
        let document = SmallDocuments.pdf(1, pageCount: 2)
        let text = Array("BT /F1 18 Tf 20 60 Td (document 1 page 1) Tj ET".utf8)
        let picture = Array("q 200 0 0 90 20 20 cm /Missing Do Q".utf8)
        let place = try #require(document.firstRange(of: text))
        let padding = [UInt8](repeating: UInt8(ascii: " "), count: text.count - picture.count)
        let damaged = document[..<place.lowerBound] + picture + padding + document[place.upperBound...]
        let extraction = try job(Array(damaged)) { $0.blankPages = .skip }.extract { _ in true }
        #expect(extraction.pages == [1, 2])
        #expect(extraction.warnings.contains { $0.contains("page 1 looks blank") })
    }

    @Test("where every page is blank all are read, and the result says so")
    func allBlank() throws {
        let extraction = try job(SmallDocuments.pdf(1, pageCount: 2, blank: [1, 2])) { $0.blankPages = .skip }
            .extract { _ in true }
        #expect(extraction.pages == [1, 2])
        #expect(extraction.skippedPages.isEmpty)
        #expect(extraction.warnings.contains { $0.contains("blank") })
    }

    @Test("leaving blank pages out is part of an option's identity, passwords are not")
    func identityOfOptions() {
        var options = ExtractionOptions()
        let plain = options.identity
        options.passwords = ["secret"]
        #expect(options.identity == plain)
        options.blankPages = .skip
        #expect(options.identity != plain)
    }

    @Test("an encrypted document opens with one of the passwords given")
    func passwords() throws {
        let bytes = try Repository.bytes(of: Repository.path("Tests/PageImagesTests/Fixtures/encrypted.pdf"))
        let refused = #expect(throws: ExtractionError.self) { try job(bytes) { $0.passwords = ["wrong"] } }
        #expect(refused?.code == "encrypted")
        #expect(try job(bytes) { $0.passwords = ["wrong", "reader"] }.pages == [1, 2])
    }

    @Test("pages that have too many pixels in all are refused before any is drawn")
    func documentPixels() throws {
        let document = SmallDocuments.pdf(1, pageCount: 3)
        // Each is drawn at 280 x 140 pixels.
        let limits = PageLimits(maximumDocumentPixels: 3 * 280 * 140)
        #expect(try job(document, limits: limits).pages == [1, 2, 3])
        let error = #expect(throws: ExtractionError.self) {
            try job(document, limits: PageLimits(maximumDocumentPixels: 3 * 280 * 140 - 1))
        }
        #expect(error?.code == "too-many-pixels")
    }

    @Test(
        "a caller that asks to stop gets .cancelled, at whatever stage",
        arguments: ["render", "encode", "prefill", "decode"])
    func cancelled(_ stage: String) throws {
        let job = try job(SmallDocuments.pdf(1, pageCount: 1))
        let error = #expect(throws: ExtractionError.self) {
            try job.extract { progress in
                switch progress {
                case .rendering: stage != "render"
                case .encoding: stage != "encode"
                case .prefilling: stage != "prefill"
                case .decoding: stage != "decode"
                }
            }
        }
        #expect(error?.fault == .cancelled)
        #expect(error?.code == "cancelled")
    }

    @Test("the identity of an engine follows from its files")
    func identity() throws {
        let same = try ReferenceModelFolder()
        let name = model.path.split(separator: "/").last.map(String.init) ?? ""
        #expect(engine.identity.hasPrefix(name + "@"))
        let hash = { (identity: String) in identity.split(separator: "@").last.map(String.init) }
        #expect(hash(try Self.engine(same.path).identity) == hash(engine.identity))
        var weights = try Repository.bytes(of: same.path + "/model.safetensors")
        weights[weights.count - 2] ^= 1
        try Data(weights).write(to: URL(fileURLWithPath: same.path + "/model.safetensors"))
        #expect(hash(try Self.engine(same.path).identity) != hash(engine.identity))
    }
}
