import ArgumentParser
import DropFolder
import Extraction
import Inference

/// Runs a command; what goes wrong is said on standard error, and its exit code is thrown.
func reportingFailures(_ body: () throws -> Void) throws {
    do {
        try body()
    } catch {
        throw report(error)
    }
}

/// The same for a command that waits.
func reportingFailures(_ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch {
        throw report(error)
    }
}

/// Says what went wrong; gives what to leave with.
private func report(_ error: any Error) -> any Error {
    var failures = FailureLog()
    switch error {
    case let error as FileFailure: failures.report(error.message, error.code)
    case let error as ExtractionError: failures.report(error)
    case let error as ChatError: failures.report(error.description, ExitCode(error))
    case let error as InferenceError: failures.report(error.description, ExitCode(error))
    case let error as DaemonError: failures.report(error.description, ExitCode(error))
    case let error as LedgerError: failures.report(error.description, ExitCode(error))
    case let error as ConfigurationError:
        for problem in error.problems { failures.report(problem.description, .badConfiguration) }
    default: return error
    }
    return failures.exitCode ?? error
}
