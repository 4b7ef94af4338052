import Extraction
import Files

extension DocumentFailure {
    init(_ error: ExtractionError) {
        let text: String
        // The file's name has a place of its own.
        if case .document(let error) = error { text = error.message } else { text = error.description }
        let (message, remedy) = Self.split(text)
        self.init(code: error.code, message: message, page: error.page, remedy: remedy, partialRecord: nil)
    }

    /// Every message is `what is wrong; what to do`.
    private static func split(_ description: String) -> (message: String, remedy: String) {
        guard let end = description.range(of: "; ", options: .backwards) else { return (description, "") }
        return (String(description[..<end.lowerBound]), String(description[end.upperBound...]))
    }

    /// The process ended while this document was read, again and again.
    static func interrupted(times: Int) -> DocumentFailure {
        DocumentFailure(
            code: "crashes-engine", message: "the process ended \(times) times while it read this document", page: nil,
            remedy: "look for a crash or an out-of-memory kill in the system's log, then retry it", partialRecord: nil)
    }

    /// The engine reads others and fails on this one.
    static func rejected(by error: ExtractionError, times: Int) -> DocumentFailure {
        var failure = DocumentFailure(error)
        failure.code = "engine-rejects-document"
        failure.message += " (\(times) times, while other documents were read)"
        return failure
    }

    /// A record that its budget cut short may lack values: it is kept beside the error, not passed off as whole.
    static func endedByBudget(_ extraction: Extraction) -> DocumentFailure {
        DocumentFailure(
            code: "ended-by-budget",
            message: "the record was ended by its budget of \(extraction.tokens.budget) tokens and may lack values",
            page: nil,
            remedy: extraction.tokens.isBudgetLimitedByContext
                ? "choose fewer pages or another model, or accept such records with ended_by_budget: deliver"
                : "raise max_tokens, or accept such records with ended_by_budget: deliver",
            partialRecord: extraction.record.serialized())
    }
}

extension ExtractedRecord {
    init(_ extraction: Extraction) {
        self.init(
            record: extraction.record.serialized(), report: extraction.report.serialized(),
            pageCount: extraction.pageCount, pages: extraction.pages, endedByBudget: extraction.endedByBudget)
    }
}

extension DocumentFailure {
    /// Someone removed the copy from the spool, and the source is no longer what it was.
    static let copyLost = DocumentFailure(
        code: "copy-lost", message: "its safe copy is gone from the state folder and the file is not as it was", page: nil,
        remedy: "drop the file again, and leave the state folder alone", partialRecord: nil)

    static func tooLarge(limit: Int) -> DocumentFailure {
        DocumentFailure(
            code: "file-too-large", message: "the file is larger than the limit of \(limit >> 20) MiB", page: nil,
            remedy: "split it or reduce its pictures, or raise limits.file_megabytes", partialRecord: nil)
    }

    static func unreadable(_ error: FileError) -> DocumentFailure {
        DocumentFailure(
            code: "not-readable", message: error.description, page: nil,
            remedy: "let the service's user read it, then drop it again", partialRecord: nil)
    }
}
