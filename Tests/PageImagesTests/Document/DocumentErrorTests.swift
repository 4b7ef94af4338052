import Glibc
import PageImages
import TestPages
import Testing

/// One file for each way to fail: the kind, the file's name, one line, and what to do.
@Suite struct DocumentErrorTests {
    @Test(
        arguments: [
            ("empty.pdf", .emptyFile, "download it again"),
            ("text.pdf", .unknownContent(.text), "print it to PDF"),
            ("no-such-file.pdf", .missingFile, "check the path"),
            ("encrypted.pdf", .encrypted, "without password protection"),
            ("truncated.pdf", .truncated(.pdf), "end-of-file mark is missing; get the whole file again"),
            ("no-end-mark.pdf", .truncated(.pdf), "end-of-file mark is missing"),
            ("update-cut-short.pdf", .truncated(.pdf), "last update has no end"),
            ("offset-beyond-end.pdf", .truncated(.pdf), "lies beyond its end"),
            ("linearised-cut-short.pdf", .truncated(.pdf), "announces 99999 bytes"),
            ("no-pages.pdf", .truncated(.pdf), "no pages can be found"),
            ("garbage.pdf", .corrupt(.pdf), "print it to a new PDF"),
            ("deeply-nested.pdf", .crashed(.pdf), "crashes its parser (segmentation fault)"),
            ("missing-page.pdf", .corrupt(.pdf), "page 2"),
            ("rgb8-truncated.png", .truncated(.png), "get the whole file again"),
            ("rgb8-damaged.png", .corrupt(.png), "the PNG is damaged"),
            ("rgb8-text-transfer.png", .corrupt(.png), "get it again"),
            ("ycbcr-truncated.jpg", .truncated(.jpeg), "get the whole file again"),
            ("ycbcr-truncated-with-end.jpg", .truncated(.jpeg), "get the whole file again"),
            ("progressive-truncated.jpg", .truncated(.jpeg), "get the whole file again"),
            ("twelve-bit.jpg", .unsupported(.jpeg), "precision 12"),
            ("lossless.jpg", .unsupported(.jpeg), "save it as an 8-bit PNG or JPEG"),
            ("huge-header.png", .tooManyPixels, "60000 x 60000"),
            ("huge-header.jpg", .tooManyPixels, "raise the limit"),
        ] as [(String, DocumentError.Kind, String)])
    func namesTheFaultAndTheFix(_ name: String, _ kind: DocumentError.Kind, _ words: String) throws {
        let error = try #require(Fixture.failure(name))
        #expect(error.kind == kind)
        #expect(error.file == Fixture.path(name))
        #expect(error.description.hasPrefix(Fixture.path(name)))
        #expect(error.description.contains(words), "\(error)")
        #expect(!error.description.contains("\n"))
    }

    @Test func directory() throws {
        let error = try #require(Fixture.failure(""))
        #expect(error.kind == .isDirectory)
        #expect(error.description.contains("one by one"))
    }

    @Test func deviceIsNotReadable() throws {
        let error = try #require(Fixture.failure { () throws(DocumentError) in try DocumentFile(path: "/dev/null") })
        #expect(error.kind == .notReadable)
    }

    @Test func pipeDoesNotBlock() throws {
        let path = "\(P_tmpdir)/gleaner-pipe-\(getpid())"
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let error = try #require(Fixture.failure { () throws(DocumentError) in try DocumentFile(path: path) })
        #expect(error.kind == .notReadable)
    }

    /// Root may read everything, so the test has nothing to see there.
    @Test(.enabled(if: geteuid() != 0)) func permissionDenied() throws {
        let path = "\(P_tmpdir)/gleaner-unreadable-\(getpid())"
        let descriptor = open(path, O_CREAT | O_WRONLY, 0)
        #expect(descriptor >= 0)
        close(descriptor)
        defer { unlink(path) }
        let error = try #require(Fixture.failure { () throws(DocumentError) in try DocumentFile(path: path) })
        #expect(error.kind == .notReadable && error.description.contains("permission"))
    }

    @Test func fileTooLarge() throws {
        let size = try Fixture.bytes("rgb8.png").count
        #expect(Fixture.failure("rgb8.png", limits: PageLimits(maximumFileBytes: size)) == nil)
        let error = try #require(Fixture.failure("rgb8.png", limits: PageLimits(maximumFileBytes: size - 1)))
        #expect(error.kind == .fileTooLarge && error.description.contains("\(size) bytes"))
    }

    @Test(arguments: ["rgb8.png", "two-pages.pdf"])
    func tooManyPixels(_ name: String) throws {
        let pixels = name == "rgb8.png" ? 13 * 11 : 144 * 216
        #expect(Fixture.failure(name, limits: PageLimits(maximumPixels: pixels)) == nil)
        let error = try #require(Fixture.failure(name, limits: PageLimits(maximumPixels: pixels - 1)))
        #expect(error.kind == .tooManyPixels && error.page == 1)
    }

    @Test func tooManyPages() throws {
        #expect(Fixture.failure("two-pages.pdf", limits: PageLimits(maximumPages: 2)) == nil)
        let error = try #require(Fixture.failure("two-pages.pdf", limits: PageLimits(maximumPages: 1)))
        #expect(error.kind == .tooManyPages && error.description.contains("2 pages"))
    }

    @Test(arguments: [0, -1, 3, Int.max, Int.min])
    func pageOutOfRange(_ page: Int) throws {
        let document = try TestPages.open(Fixture.path("two-pages.pdf"))
        let error = #expect(throws: DocumentError.self) { try document.render(page: page, resolution: 72) }
        #expect(error?.kind == .pageOutOfRange && error?.page == page)
        #expect(error?.description.contains("pages 1 to 2") == true)
    }

    @Test(arguments: [0, -72, .nan, .infinity, 1e300]) func resolutionOutOfRange(_ resolution: Double) throws {
        let document = try TestPages.open(Fixture.path("two-pages.pdf"))
        let error = #expect(throws: DocumentError.self) { try document.render(page: 1, resolution: resolution) }
        #expect(error?.kind == .invalidRenderSize)
    }

    @Test(arguments: [(0, 5), (5, -1), (40_000, 1)]) func renderSizeOutOfRange(_ width: Int, _ height: Int) throws {
        let document = try TestPages.open(Fixture.path("two-pages.pdf"))
        let error = #expect(throws: DocumentError.self) {
            try document.render(page: 1, resolution: 72) { _ in PixelSize(width: width, height: height) }
        }
        #expect(error?.kind == .invalidRenderSize)
    }

    @Test func endlessPageIsStopped() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let error = try #require(Fixture.failure("endless.pdf", limits: PageLimits(maximumSecondsPerPage: 1)))
        #expect(error.kind == .tooSlow && error.page == 1)
        #expect(start.duration(to: clock.now) < .seconds(10))
    }

    @Test func controlCharactersInNamesStayOnTheLine() throws {
        let error = #expect(throws: DocumentError.self) { try DocumentFile(bytes: [], name: "a\nb\u{1B}[2Jc") }
        #expect(error?.description.hasPrefix("a?b?[2Jc: the file is empty") == true)
    }
}
