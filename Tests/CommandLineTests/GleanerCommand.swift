import Foundation
import Subprocess
import TestSupport

/// One run of the built `gleaner`, as a user would start it.
struct GleanerCommand {
    let code: Int32
    let output: String
    let errors: String

    var outputLines: [Substring] { output.split(separator: "\n") }
    var errorLines: [Substring] { errors.split(separator: "\n") }

    /// The executable beside this test bundle.
    static let executable =
        ((try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "")
        .split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/gleaner"

    /// Runs `gleaner` with arguments. `GLEANER_MODEL` is what `model` says, or not set.
    static func run(_ arguments: String..., model: String? = nil) async throws -> GleanerCommand {
        try await run(arguments, model: model)
    }

    /// - Parameter wrapper: a program beside `gleaner` that runs it.
    static func run(
        _ arguments: [String], model: String? = nil, through wrapper: String? = nil
    ) async throws -> GleanerCommand {
        let path = wrapper.map { executable.dropLast("gleaner".count) + $0 } ?? executable
        let result = try await Subprocess.run(
            .path(.init(path)), arguments: .init(wrapper == nil ? arguments : [executable] + arguments),
            environment: .inherit.updating(["GLEANER_MODEL": model ?? ""]),
            output: .string(limit: 1 << 22), error: .string(limit: 1 << 20))
        return GleanerCommand(
            code: code(result.terminationStatus), output: result.standardOutput, errors: result.standardError)
    }

    static func code(_ status: TerminationStatus) -> Int32 {
        switch status {
        case .exited(let code): code
        // As a shell would report it; no test expects such a code.
        case .signaled(let signal): 128 + signal
        }
    }
}

/// Documents of the page tests, good and bad.
func fixture(_ name: String) -> String { Repository.path("Tests/PageImagesTests/Fixtures/" + name) }

/// The smallest schema that says something.
let wordSchema = Array(
    #"{"type":"object","properties":{"word":{"type":"string","maxLength":4}},"required":["word"]}"#.utf8)
