import TestSupport
import Testing

/// On a system without seccomp filters, as `without-seccomp` makes one.
@Suite("Where documents cannot be confined")
struct SandboxOptionTests {
    private let model: ReferenceModelFolder

    init() throws {
        model = try ReferenceModelFolder()
    }

    @Test("nothing is read, and the error says what to do")
    func required() async throws {
        let command = try await run("pages", fixture("two-pages.pdf"))
        #expect(command.code == 71)
        #expect(command.output.isEmpty)
        #expect(command.errorLines.count == 1)
        #expect(command.errors.contains("no seccomp filters") && command.errors.contains("--sandbox optional"))
    }

    @Test("--sandbox optional goes on with the limits alone, and says so")
    func optional() async throws {
        let command = try await run("pages", "--sandbox", "optional", fixture("two-pages.pdf"), fixture("rgb8.png"))
        #expect(command.code == 0)
        #expect(command.errorLines.count == 1)
        #expect(command.errors.contains("cannot confine what parses documents"))
        let confined = try await GleanerCommand.run(
            ["pages", fixture("two-pages.pdf"), fixture("rgb8.png")], model: model.path)
        #expect(command.output == confined.output)
        #expect(confined.errors.isEmpty)
    }

    private func run(_ arguments: String...) async throws -> GleanerCommand {
        try await GleanerCommand.run(arguments, model: model.path, through: "without-seccomp")
    }
}
