import Testing

@testable import PageImages

/// What reader and worker say to each other; the worker may be in a stranger's hands.
@Suite struct WorkerMessageTests {
    static let requests: [WorkerRequest] = [
        .confine(memory: 1 << 31),
        .open(
            kind: .pdf, limits: PageLimits(maximumPixels: 7, maximumDocumentPixels: 8, maximumPages: 9),
            passwords: ["", "geheim", "pä𝄞"]),
        .facts(first: 3, count: 1024),
        .draw(
            page: 2, region: PixelRect(x: 1, y: 2, width: 3, height: 4), natural: PixelSize(width: 5, height: 6),
            size: PixelSize(width: 7, height: 8)),
        .blankness(page: 1), .content(page: 0), .close,
    ]

    static let replies: [WorkerReply] = [
        .ready(SandboxReport(filtersSystemCalls: true, hasNoFiles: false, hasNoNetwork: true)),
        .opened(pageCount: 12),
        .facts([
            PageFacts(pointsWide: 595.28, pointsHigh: 841.89, rotation: 270),
            PageFacts(
                pointsWide: 72, pointsHigh: 36, isMirrored: true, pixels: PixelSize(width: 300, height: 150),
                resolution: 300),
        ]),
        .drawn(complaints: ["a picture", ""]), .blankness(isBlank: true, complaints: ["a font"]),
        .content(byteCount: 99), .closed,
        .fault(PageFault(.tooManyPages, "zu viele", count: 100_000)),
    ]

    static let content = PageContent(
        words: [PageWord(text: "Straße", x: 1.5, y: 2, width: 30, height: 12.25)], origin: .scan, resolution: 200,
        isBlank: false, complaints: ["a picture is missing"])

    @Test func messagesArriveAsTheyWereSent() {
        for request in Self.requests { #expect(WorkerRequest(request.bytes) == request) }
        for reply in Self.replies { #expect(WorkerReply(reply.bytes) == reply) }
        #expect(PageContent(Self.content.bytes) == Self.content)
    }

    @Test func partsOfMessagesAndMoreThanMessagesAreNone() {
        for bytes in Self.requests.map(\.bytes) {
            for count in 0..<bytes.count { #expect(WorkerRequest(bytes.prefix(count)) == nil) }
            #expect(WorkerRequest(bytes + [0]) == nil)
        }
        for bytes in Self.replies.map(\.bytes) {
            for count in 0..<bytes.count { #expect(WorkerReply(bytes.prefix(count)) == nil) }
            #expect(WorkerReply(bytes + [0]) == nil)
        }
        let bytes = Self.content.bytes
        for count in 0..<bytes.count { #expect(PageContent(bytes.prefix(count)) == nil) }
        #expect(PageContent(bytes + [0]) == nil)
    }

    @Test func forgedNumbersAreRefused() {
        let facts = PageFacts(pointsWide: .nan, pointsHigh: 10)
        #expect(WorkerReply(WorkerReply.facts([facts]).bytes) == nil)
        #expect(WorkerReply(WorkerReply.facts([PageFacts(pointsWide: .infinity, pointsHigh: 10)]).bytes) == nil)
        #expect(WorkerReply(WorkerReply.content(byteCount: 1 << 30).bytes) == nil)
        #expect(WorkerReply(WorkerReply.opened(pageCount: Int.max).bytes) == nil)
        // A count of words that the message does not hold.
        var bytes = Self.content.bytes
        let place = bytes.count - 32 - "Straße".utf8.count - 8
        bytes.replaceSubrange(place..<(place + 4), with: [0xFF, 0xFF, 0xFF, 0x7F])
        #expect(PageContent(bytes) == nil)
    }

    @Test func moreWordsThanTheArenaHoldsAreLeftOutWithAComplaint() throws {
        var content = Self.content
        content.words = Array(
            repeating: PageWord(text: String(repeating: "x", count: 4000), x: 0, y: 0, width: 1, height: 1), count: 5000
        )
        let bytes = content.bytes
        #expect(bytes.count <= WorkerReply.maximumContentBytes)
        let read = try #require(PageContent(bytes))
        #expect(read.words.count < 5000 && read.words.count > 3000)
        #expect(read.complaints.last?.contains("5000 words") == true)
    }
}
