import PageImages
import TestPages
import Testing

/// The pool of workers.
@Suite struct PageReaderTests {
    static var good: DocumentFile {
        get throws { try DocumentFile(path: Fixture.path("two-pages.pdf")) }
    }

    @Test func workerStaysWarm() throws {
        let reader = PageReader(TestPages.configuration)
        for _ in 0..<5 { _ = try reader.open(Self.good).render(page: 1, resolution: 72) }
        #expect(reader.statistics.started == 1 && reader.statistics.faults == 0)
    }

    @Test func workerIsReplacedAfterSoManyDocuments() throws {
        var configuration = TestPages.configuration
        configuration.documentsPerWorker = 2
        let reader = PageReader(configuration)
        for _ in 0..<5 { _ = try reader.open(Self.good).render(page: 1, resolution: 72) }
        #expect(reader.statistics.started == 3 && reader.statistics.faults == 0)
    }

    @Test func noMoreWorkersThanAllowed() async throws {
        var configuration = TestPages.configuration
        configuration.workers = 2
        let reader = PageReader(configuration)
        let documents = try (0..<4).map { _ in try reader.open(Self.good) }
        let expected = try documents[0].render(page: 2, resolution: 72)
        try await withThrowingTaskGroup(of: Raster.self) { group in
            for index in 0..<24 { group.addTask { try documents[index % 4].render(page: 2, resolution: 72) } }
            for try await raster in group { #expect(raster == expected) }
        }
        #expect(reader.statistics.started == 2)
    }

    @Test func documentOutlivesItsWorker() throws {
        var configuration = TestPages.withMisdeeds
        configuration.workers = 1
        let reader = PageReader(configuration)
        let document = try reader.open(Self.good)
        let before = try document.render(page: 1, resolution: 72)
        let crash = try DocumentFile(bytes: Array("%PDF-1.4 %misdeed:segfault;".utf8), name: "crash")
        #expect(throws: DocumentError.self) { try reader.open(crash) }
        #expect(try document.render(page: 1, resolution: 72) == before)
    }

    /// The worker that read another document before is not believed at once.
    @Test func documentIsNotBlamedForTheOneBefore() throws {
        let reader = PageReader(TestPages.withMisdeeds)
        let bytes = try Array("%PDF-1.4\n%misdeed:use-all-descriptors;\n".utf8) + Fixture.bytes("two-pages.pdf")
        _ = try? reader.open(DocumentFile(bytes: bytes, name: "greedy"))
        #expect(try reader.open(Self.good).pageCount == 2)
    }

    @Test func workerThatCannotStartIsTheMachinesFault() throws {
        var configuration = PageReaderConfiguration()
        configuration.executable = "/no/such/program"
        let reader = PageReader(configuration)
        let error = #expect(throws: DocumentError.self) { try reader.warmUp() }
        #expect(error?.kind == .outOfResources)
        #expect(error?.description.contains("/no/such/program") == true)
        configuration.executable = "/bin/false"
        let other = #expect(throws: DocumentError.self) { try PageReader(configuration).open(Self.good) }
        #expect(other?.kind == .outOfResources)
    }
}
