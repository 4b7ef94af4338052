import Inference
import Mistral
import PageImages

extension ExtractionError {
    /// Who is at fault, which decides what to do about it.
    public enum Fault: Sendable {
        /// The document, or what was asked of it: the same again would fail again.
        case document
        /// The model or the server that runs it: another try may succeed, and other documents are as likely to fail.
        case engine
        /// The machine is short of something; nothing is wrong with document or engine.
        case machine
        /// The caller asked to stop.
        case cancelled
    }

    public var fault: Fault {
        switch self {
        case .document(let error): [.outOfResources, .noSandbox].contains(error.kind) ? .machine : .document
        case .pageOutOfRange, .doesNotFit, .budgetTooSmall, .recordInvalid, .generation(_, .cacheTooSmall): .document
        case .generation(_, .cancelled), .generation(_, .model(.cancelled)): .cancelled
        case .generation(_, .model(.cacheMemory)): .machine
        case .generation, .template, .schemaNotJSON, .schemaRefused, .modelNotFound, .model, .tokenizer,
            .modelMismatch:
            .engine
        }
    }

    /// A word for programs, stable over versions; docs/drop-folder.md lists them.
    public var code: String {
        switch self {
        case .document(let error): error.kind.code
        case .pageOutOfRange: "no-such-page"
        case .schemaNotJSON: "schema-not-json"
        case .schemaRefused: "schema-refused"
        case .modelNotFound: "model-not-found"
        case .model, .tokenizer, .modelMismatch: "model-unusable"
        case .doesNotFit, .generation(_, .cacheTooSmall): "does-not-fit"
        case .budgetTooSmall: "budget-too-small"
        case .recordInvalid: "no-valid-record"
        case .generation(_, .cancelled): "cancelled"
        case .generation(_, .model(.cacheMemory)): "out-of-memory"
        case .template, .generation: "engine-failed"
        }
    }

    /// The page at fault, from 1, where it is one page.
    public var page: Int? {
        switch self {
        case .document(let error): error.page
        case .pageOutOfRange(_, let page, _): page
        default: nil
        }
    }
}

extension DocumentError.Kind {
    var code: String {
        switch self {
        case .missingFile: "missing-file"
        case .isDirectory: "is-directory"
        case .notReadable: "not-readable"
        case .emptyFile: "empty"
        case .fileTooLarge: "file-too-large"
        case .unknownContent: "unknown-content"
        case .truncated: "truncated"
        case .corrupt: "corrupt"
        case .unsupported: "unsupported"
        case .encrypted: "encrypted"
        case .pageOutOfRange: "no-such-page"
        case .tooManyPages: "too-many-pages"
        case .tooManyPixels: "too-many-pixels"
        case .tooSlow: "too-slow"
        case .tooMuchMemory: "too-much-memory"
        case .crashed: "crashed"
        case .forbidden: "stopped-by-sandbox"
        case .noSandbox: "no-sandbox"
        case .outOfResources: "out-of-resources"
        case .invalidRenderSize: "engine-failed"
        }
    }
}
