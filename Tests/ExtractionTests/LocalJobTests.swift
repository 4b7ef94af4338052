import Extraction
import Foundation
import PageImages
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
            text: Array(#"{"type":"object","properties":{"word":{"type":"string","maxLength":4}},"required":["word"]}"#.utf8),
            name: "schema.json")
    }

    private static func engine(_ path: String) throws -> LocalEngine {
        try LocalEngine(model: ModelFolder(model: path, environment: [:], executable: "/"), threads: 1)
    }

    private func job(_ bytes: [UInt8]) throws -> any ExtractionJob {
        try engine.open(DocumentFile(bytes: bytes, name: "document.pdf"), schema: schema, options: .init())
    }

    @Test("pages that were drawn ahead, on other threads and all at once, give the same record")
    func drawnAhead() throws {
        let document = SmallDocuments.pdf(1, pageCount: 3)
        let plain = try job(document).extract { _ in true }
        let ahead = try job(document)
        #expect(ahead.pages == [1, 2, 3])
        DispatchQueue.concurrentPerform(iterations: 6) { ahead.preparePage(at: $0 % 3) }
        let extraction = try ahead.extract { _ in true }
        #expect(extraction.record == plain.record)
        #expect(extraction.tokens.prompt == plain.tokens.prompt)
    }

    @Test("the memory of a prepared page is told before it is drawn")
    func memory() throws {
        let job = try job(SmallDocuments.pdf(1, pageCount: 2))
        // 240 x 120 points at 144 dots an inch are 480 x 240 pixels; the reference model takes no more than its image size.
        #expect(job.preparedByteCount(ofPageAt: 0) > 0)
        #expect(job.preparedByteCount(ofPageAt: 0) % (3 * 4) == 0)
    }

    @Test("a caller that asks to stop gets .cancelled, at whatever stage", arguments: ["render", "encode", "prefill", "decode"])
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
