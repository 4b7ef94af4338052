import PageImages
import TestPages
import Testing

/// A worker that a hostile file has taken over can neither harm the system nor keep the reader from the next document.
@Suite struct SandboxTests {
    /// Ended by the sandbox.
    @Test(
        arguments: [
            "open-socket", "write-to-socket", "fork", "start-thread", "run-program", "signal-parent", "trace-parent",
            "map-code", "cut-arena", "kill-itself", "stop-itself",
        ]) func misdeedIsStopped(_ misdeed: String) throws
    {
        #expect(try Self.outcome(of: misdeed) == .forbidden)
    }

    /// Refused by the sandbox, which a library can live with.
    @Test(
        arguments: [
            "open-passwd", "open-for-writing", "look-at-passwd", "raise-limit", "replace-handler",
            "use-all-descriptors",
            "complain-for-ever",
        ]) func misdeedIsRefused(_ misdeed: String) throws
    {
        #expect(try Self.outcome(of: misdeed) == nil)
    }

    @Test(
        arguments: [
            ("segfault", .crashed(.pdf)), ("overflow-stack", .crashed(.pdf)), ("answer-nonsense", .crashed(.pdf)),
            ("answer-twice", .crashed(.pdf)), ("announce-pages", .crashed(.pdf)), ("allocate", .tooMuchMemory),
            ("loop", .tooSlow), ("sleep", .tooSlow),
        ] as [(String, DocumentError.Kind)])
    func misbehaviourIsAnErrorOfTheDocument(_ misdeed: String, _ kind: DocumentError.Kind) throws {
        #expect(try Self.outcome(of: misdeed) == kind)
    }

    /// What reading a document fails with that has the worker do something; the next one is right.
    private static func outcome(of misdeed: String) throws -> DocumentError.Kind? {
        var configuration = TestPages.withMisdeeds
        configuration.memoryMegabytes = 256
        let reader = PageReader(configuration)
        let good = try DocumentFile(path: Fixture.path("two-pages.pdf"))
        let before = try reader.open(good).render(page: 1, resolution: 72)
        #expect(reader.sandbox?.filtersSystemCalls == true)

        let bytes = try Fixture.bytes("two-pages.pdf")
        let end = try #require(bytes.firstIndex(of: 0x0A))
        let bad = Array(bytes[...end]) + Array("%misdeed:\(misdeed);\n".utf8) + Array(bytes[(end + 1)...])
        let file = try DocumentFile(bytes: bad, name: misdeed, limits: PageLimits(maximumSecondsPerPage: 2))
        var kind: DocumentError.Kind?
        do throws(DocumentError) {
            _ = try reader.open(file).render(page: 1, resolution: 72)
        } catch {
            kind = error.kind
            #expect(error.file == misdeed)
        }
        let after = try reader.open(good).render(page: 1, resolution: 72)
        #expect(after == before)
        #expect(reader.statistics.peakBytes < 512 << 20)
        return kind
    }
}
