import Foundation
import Subprocess
import Testing

/// A `gleaner` that goes on until it is told to stop.
struct GleanerProcess {
    let signal: (Signal) throws -> Void

    /// Runs `gleaner` while `body` goes on, then sends SIGTERM unless it has ended.
    static func running(
        _ arguments: [String], environment: [String: String],
        _ body: (GleanerProcess) async throws -> Void
    ) async throws -> GleanerCommand {
        let result = try await Subprocess.run(
            .path(.init(GleanerCommand.executable)), arguments: .init(arguments),
            environment: .inherit.updating(
                Dictionary(uniqueKeysWithValues: environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) })),
            input: .none, output: .string(limit: 1 << 20), error: .string(limit: 1 << 20)
        ) { execution in
            let process = GleanerProcess { try execution.send(signal: $0) }
            do {
                try await body(process)
            } catch {
                try? execution.send(signal: .terminate)
                throw error
            }
            try? execution.send(signal: .terminate)
        }
        return GleanerCommand(
            code: GleanerCommand.code(result.terminationStatus), output: result.standardOutput,
            errors: result.standardError)
    }
}

/// Waits for something to become true; a test that waits in vain fails with `what`.
func eventually(_ what: Comment, within seconds: Double = 60, _ condition: () throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try condition(), what)
}
