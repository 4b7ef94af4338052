import Crypto
import Extraction
import Foundation
import JSONSchema
import PageImages
import Synchronization
import TestPages

/// A test engine: no model, an answer at once. It does open every document, so broken ones fail as they do with a real engine.
///
/// The record names the SHA-256 of the bytes that it was made from, and their pages: a mix-up shows.
public final class InstantEngine: ExtractionEngine {
    public struct Behaviour: Sendable {
        /// How long a page takes.
        public var secondsPerPage = 0.0
        /// A file that gets one line, `SHA-256 PAGES`, for each inference begun.
        public var log: String?
        /// What to fail with instead; asked before each inference.
        public var failure: @Sendable (DocumentFile) -> ExtractionError? = { _ in nil }

        /// Whether records are ended by their budget.
        public var endsByBudget = false

        public init() {}
    }

    public static let schema = #"""
        {"type":"object","properties":{"sha256":{"type":"string"},"pages":{"type":"integer"}},"required":["sha256","pages"],
        "additionalProperties":false}
        """#

    public let identity = "test engine"
    private let behaviour: Behaviour

    public init(_ behaviour: Behaviour = Behaviour()) {
        self.behaviour = behaviour
    }

    public func open(
        _ file: DocumentFile, schema: ExtractionSchema, options: ExtractionOptions
    ) throws(ExtractionError) -> any ExtractionJob {
        do {
            let document = try TestPages.reader.open(file, passwords: options.passwords)
            return InstantJob(
                file, document, try options.pages.pages(of: file.name, pageCount: document.pageCount), schema, behaviour
            )
        } catch let error as DocumentError {
            throw .document(error)
        } catch let error as ExtractionError {
            throw error
        } catch {
            preconditionFailure("only these two are thrown")
        }
    }
}

private final class InstantJob: ExtractionJob {
    let pages: [Int]
    private let file: DocumentFile
    private let document: Document
    private let schema: ExtractionSchema
    private let behaviour: InstantEngine.Behaviour

    init(
        _ file: DocumentFile, _ document: Document, _ pages: [Int], _ schema: ExtractionSchema,
        _ behaviour: InstantEngine.Behaviour
    ) {
        self.file = file
        self.document = document
        self.pages = pages
        self.schema = schema
        self.behaviour = behaviour
    }

    var imageCount: Int { pages.count }

    func preparedByteCount(ofImageAt index: Int) -> Int { 1 << 20 }

    func prepareImage(at index: Int) {}

    func extract(progress: (ExtractionProgress) -> Bool) throws(ExtractionError) -> Extraction {
        let sha256 = SHA256.hash(data: file.bytes).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        log("\(sha256) \(pages.count)\n")
        if let failure = behaviour.failure(file) { throw failure }
        for page in pages {
            guard progress(.rendering(image: page, of: pages.count)) else {
                throw .generation(file: file.name, .cancelled)
            }
            if behaviour.secondsPerPage > 0 { Thread.sleep(forTimeInterval: behaviour.secondsPerPage) }
        }
        return Extraction(
            file: file.name, record: ["sha256": .string(sha256), "pages": .number(JSONNumber(pages.count))],
            model: "test engine", schemaSHA256: schema.sha256, pageCount: document.pageCount, pages: pages,
            tokens: .init(prompt: 100 * pages.count, image: 90 * pages.count, generated: 40, budget: 2048),
            seconds: .init(), endedByBudget: behaviour.endsByBudget)
    }

    /// One write in append mode: whole, even when the process is killed right after.
    private func log(_ line: String) {
        guard let path = behaviour.log else { return }
        let descriptor = Foundation.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = Array(line.utf8).withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}
