import DropFolder
import Files
import TestSupport

/// A ledger in a folder of its own, and shortcuts on the way of a document.
struct LedgerFixture {
    let folder: TemporaryFolder
    let ledger: Ledger

    var path: String { ledger.path }

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(path: folder.path + "/ledger.sqlite")
    }

    static let failure = DocumentFailure(
        code: "encrypted", message: "the PDF is encrypted", page: 2, remedy: "save a copy", partialRecord: [123, 125])

    static let record = ExtractedRecord(
        record: Array(#"{"total":1}"#.utf8), report: Array(#"{"tokens":12}"#.utf8), pageCount: 3, pages: [1, 2, 3],
        endedByBudget: false)

    static func identity(_ number: Int) -> FileIdentity {
        FileIdentity(
            device: .max, inode: UInt64(number), size: 10, modified: 1_700_000_000_123_456_789, changed: Int64(number))
    }

    /// Files with the same `content` have the same bytes.
    static func new(
        _ path: String, content: String, inbox: String = "/srv/inbox", schema: String = "schema", number: Int = 1
    ) -> NewArrival {
        NewArrival(
            inbox: inbox, path: path, identity: identity(number),
            content: NewContent(
                key: DocumentKey(sha256: content, schema: schema, engine: "engine"), byteCount: 10,
                spool: "spool-" + path))
    }

    @discardableResult
    func capture(_ path: String, content: String, inbox: String = "/srv/inbox") throws -> (Arrival, DocumentEntry) {
        let entries = try ledger.capture([Self.new(path, content: content, inbox: inbox)])
        guard case (let arrival, let document?)? = entries.first else { throw NoDocument() }
        return (arrival, document)
    }

    struct NoDocument: Error {}

    func settle(_ document: Int64, _ outcome: Outcome = .record(LedgerFixture.record)) throws {
        try ledger.begin(document: document)
        try ledger.settle(document: document, outcome)
    }

    static func names(_ path: String) -> OutputNames {
        OutputNames(output: "/srv/records/\(path).json", source: "/srv/done/\(path)")
    }

    /// From captured, with an outcome, to closed.
    func deliver(_ arrival: Arrival, sourceLeft: Bool = false) throws {
        try ledger.reserve([(arrival.id, Self.names(arrival.path))])
        try ledger.delivered([arrival.id])
        try ledger.close([(arrival.id, sourceLeft)])
    }

    /// A file all the way.
    @discardableResult
    func close(
        _ path: String, content: String, inbox: String = "/srv/inbox",
        _ outcome: Outcome = .record(LedgerFixture.record)
    ) throws -> Arrival {
        let (arrival, document) = try capture(path, content: content, inbox: inbox)
        if !document.hasOutcome { try settle(document.id, outcome) }
        try deliver(arrival)
        return try ledger.arrival(arrival.id)
    }
}

extension LedgerError {
    var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
    var isCorrupt: Bool { if case .corrupt = self { true } else { false } }
    var isMisuse: Bool { if case .misuse = self { true } else { false } }
}
