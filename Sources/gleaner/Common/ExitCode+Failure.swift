import ArgumentParser
import DropFolder
import Extraction
import Inference
import Mistral
import PageImages

/// Exit codes: those of sysexits(3) where it has one, and 80 to 89 where it is too coarse. docs/exit-codes.md lists them.
extension ExitCode {
    /// EX_USAGE.
    static let usage = ExitCode(64)
    /// EX_DATAERR: the document is truncated or corrupt.
    static let damagedDocument = ExitCode(65)
    /// EX_NOINPUT: there is no such file.
    static let missingFile = ExitCode(66)
    /// EX_UNAVAILABLE: there is no model at the path, or of the name.
    static let modelNotFound = ExitCode(69)
    /// EX_SOFTWARE: a defect of Gleaner.
    static let defect = ExitCode(70)
    /// EX_OSERR: the system lacks what is needed.
    static let systemLacks = ExitCode(71)
    /// EX_CANTCREAT: the output file cannot be written.
    static let cannotWrite = ExitCode(73)
    /// EX_IOERR: standard output cannot be written.
    static let outputLost = ExitCode(74)
    /// EX_NOPERM: the file may not be read.
    static let notReadable = ExitCode(77)
    /// EX_CONFIG: the model is there but cannot be used.
    static let modelUnusable = ExitCode(78)
    /// EX_TEMPFAIL: something keeps the work from being done now.
    static let tryAgain = ExitCode(75)
    /// EX_CONFIG: the configuration is wrong.
    static let badConfiguration = ExitCode(78)
    static let isDirectory = ExitCode(80)
    static let emptyFile = ExitCode(81)
    static let unknownContent = ExitCode(82)
    static let encrypted = ExitCode(83)
    static let tooLarge = ExitCode(84)
    static let pageOutOfRange = ExitCode(85)
    static let schemaNotJSON = ExitCode(86)
    static let schemaRefused = ExitCode(87)
    static let missingTensor = ExitCode(88)
    static let wrongTensorShape = ExitCode(89)

    init(_ error: ExtractionError) {
        switch error {
        case .document(let error): self.init(error)
        case .pageOutOfRange: self = .pageOutOfRange
        case .schemaNotJSON: self = .schemaNotJSON
        case .schemaRefused: self = .schemaRefused
        case .modelNotFound: self = .modelNotFound
        case .model(_, let error): self.init(error)
        case .tokenizer, .modelMismatch: self = .modelUnusable
        case .doesNotFit, .budgetTooSmall: self = .tooLarge
        case .generation(_, let error): self.init(error)
        case .template, .recordInvalid: self = .defect
        }
    }

    init(_ error: InferenceError) {
        switch error {
        case .contextTooShort, .budgetTooSmall, .cacheTooSmall, .model(.cacheMemory): self = .tooLarge
        case .parameter, .model(.token), .model(.imageFeatures), .model(.cacheFormat): self = .usage
        case .busy, .noThread: self = .tryAgain
        case .notANumber: self = .modelUnusable
        case .grammar, .model, .cancelled: self = .defect
        }
    }

    init(_ error: ChatError) {
        switch error {
        case .parameter, .messages: self = .usage
        case .tool, .responseFormat: self = .schemaRefused
        case .contextTooShort: self = .tooLarge
        }
    }

    private init(_ error: DocumentError) {
        switch error.kind {
        case .missingFile: self = .missingFile
        case .isDirectory: self = .isDirectory
        case .notReadable: self = .notReadable
        case .emptyFile: self = .emptyFile
        case .unknownContent, .unsupported: self = .unknownContent
        case .truncated, .corrupt, .crashed, .forbidden: self = .damagedDocument
        case .encrypted: self = .encrypted
        case .fileTooLarge, .tooManyPages, .tooManyPixels, .tooSlow, .tooMuchMemory,
            .invalidRenderSize:
            self = .tooLarge
        case .pageOutOfRange: self = .pageOutOfRange
        case .outOfResources: self = .tryAgain
        case .noSandbox: self = .systemLacks
        }
    }
}

extension ExitCode {
    init(_ error: DaemonError) {
        switch error {
        case .stateInUse, .stuck: self = .tryAgain
        case .state: self = .cannotWrite
        case .ledger(let error): self.init(error)
        case .reading(_, let error): self.init(error)
        case .schemaUnreadable, .passwordsUnreadable: self = .missingFile
        case .notFlat, .otherColumns, .tooManyPasswords: self = .badConfiguration
        }
    }

    init(_ error: LedgerError) {
        switch error {
        case .full, .readOnly, .unavailable, .busy: self = .tryAgain
        case .missing: self = .missingFile
        case .corrupt: self = .damagedDocument
        case .newerVersion, .olderVersion, .foreign: self = .badConfiguration
        case .unknownArrival: self = .missingFile
        case .misuse: self = .defect
        }
    }

    init(_ error: RetryError) {
        switch error {
        case .notFailed: self = .usage
        case .gone: self = .missingFile
        case .ledger(let error): self.init(error)
        case .file: self = .cannotWrite
        case .folder: self = .tryAgain
        }
    }
}

/// Says each failure on standard error as it happens, and remembers the exit code of the first.
struct FailureLog {
    private(set) var exitCode: ExitCode?

    mutating func report(_ error: ExtractionError) {
        StandardError.write("gleaner: \(error.description.onOneLine)\n")
        exitCode = exitCode ?? ExitCode(error)
    }

    /// Failures that the executable meets by itself: `message` names the file and the fix.
    mutating func report(_ message: String, _ code: ExitCode) {
        StandardError.write("gleaner: \(message.onOneLine)\n")
        exitCode = exitCode ?? code
    }
}
