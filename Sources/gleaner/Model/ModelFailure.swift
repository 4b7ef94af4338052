import ArgumentParser
import Files
import Mistral
import Tensors

extension FileFailure {
    /// What the modules throw that read and write models, with its exit code; nil for other errors.
    init?(model error: any Error) {
        switch error {
        case let error as FileFailure: self = error
        case let error as GGUFError: self.init(message: error.description, code: ExitCode(error))
        case let error as SafetensorsError: self.init(message: error.description, code: ExitCode(error))
        case let error as ModelError: self.init(message: error.description, code: ExitCode(error))
        case let error as TekkenError: self.init(message: error.description, code: .modelUnusable)
        case let error as GGUFWriterError: self.init(message: error.description, code: ExitCode(error))
        case let error as FileOperationError: self.init(message: error.description, code: ExitCode(error))
        case let error as Tensors.FileError: self.init(message: error.description, code: .modelUnusable)
        default: return nil
        }
    }
}

/// Runs a command about models; what goes wrong is said on standard error, and its exit code is thrown.
func reportingModelFailures(_ body: () throws -> Void) throws {
    try reportingFailures {
        do { try body() } catch { throw FileFailure(model: error) ?? error }
    }
}

extension ExitCode {
    init(_ error: GGUFWriterError) {
        switch error {
        case .file: self = .cannotWrite
        case .weights: self = .modelUnusable
        case .entry, .rows: self = .defect
        }
    }

    init(_ error: FileOperationError) {
        switch (error.operation, error.cause) {
        case (_, .full): self = .tryAgain
        case (.open, .missing), (.read, .missing), (.status, .missing), (.list, .missing): self = .missingFile
        case (.open, .denied), (.read, .denied), (.status, .denied), (.list, .denied): self = .notReadable
        case (.open, .isDirectory): self = .isDirectory
        default: self = .cannotWrite
        }
    }
}
