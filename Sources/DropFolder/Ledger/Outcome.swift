/// What came of a document.
public enum Outcome: Sendable, Hashable {
    case record(ExtractedRecord)
    case failure(DocumentFailure)
}

/// A record that its schema admits.
public struct ExtractedRecord: Sendable, Hashable {
    /// Compact JSON.
    public var record: [UInt8]
    /// Compact JSON: model, tokens, seconds.
    public var report: [UInt8]
    public var pageCount: Int
    /// Pages that were read, from 1.
    public var pages: [Int]
    /// The record was ended by its budget of tokens and may lack values.
    public var endedByBudget: Bool

    public init(record: [UInt8], report: [UInt8], pageCount: Int, pages: [Int], endedByBudget: Bool) {
        self.record = record
        self.report = report
        self.pageCount = pageCount
        self.pages = pages
        self.endedByBudget = endedByBudget
    }
}

/// Why there is no record, by the document's own fault.
public struct DocumentFailure: Sendable, Hashable {
    /// A short name that programs can tell failures by.
    public var code: String
    public var message: String
    public var page: Int?
    /// What to do.
    public var remedy: String
    /// JSON, where there is something to look at.
    public var partialRecord: [UInt8]?

    public init(code: String, message: String, page: Int? = nil, remedy: String, partialRecord: [UInt8]? = nil) {
        self.code = code
        self.message = message
        self.page = page
        self.remedy = remedy
        self.partialRecord = partialRecord
    }
}
