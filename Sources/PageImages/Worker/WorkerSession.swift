/// A worker's document and what it answers about it.
final class WorkerSession {
    private let arena: SharedMemory
    private let atOpening: (UnsafeRawBufferPointer) -> Void
    private var document: OpenDocument?

    init(arena: SharedMemory, atOpening: @escaping (UnsafeRawBufferPointer) -> Void) {
        self.arena = arena
        self.atOpening = atOpening
    }

    /// - Parameter content: the document's bytes, with a request to open one.
    func answer(_ request: WorkerRequest, content: SharedMemory?) -> WorkerReply {
        do throws(PageFault) {
            switch request {
            case .open(let kind, let limits, let passwords):
                document = nil
                guard let content else { throw PageFault(.outOfMemory, "the document did not arrive") }
                let opened = try OpenDocument(content, kind, limits, passwords, atOpening)
                document = opened
                return .opened(pageCount: opened.source.pageCount)
            case .facts(let first, let count):
                return .facts(try facts(first: first, count: count))
            case .draw(let page, let region, let natural, let size):
                return .drawn(complaints: try draw(page: page, region: region, natural: natural, size: size))
            case .blankness(let page):
                let (isBlank, complaints) = try source(with: page).isBlank(page: page)
                return .blankness(isBlank: isBlank, complaints: complaints)
            case .content(let page):
                return .content(byteCount: try describe(page: page))
            case .close:
                document = nil
                return .closed
            case .confine:
                throw PageFault(.unsupported, "it is confined already")
            }
        } catch {
            return .fault(error)
        }
    }

    private func opened() throws(PageFault) -> OpenDocument {
        guard let document else { throw PageFault(.noSuchPage, "no document is open") }
        return document
    }

    private func source(with page: Int) throws(PageFault) -> any PageSource {
        let source = try opened().source
        guard page < source.pageCount else { throw PageFault(.noSuchPage, "there is no such page") }
        return source
    }

    /// A page that cannot be read, or whose size is no number, has no size; drawing it tells why.
    private func facts(first: Int, count: Int) throws(PageFault) -> [PageFacts] {
        let source = try opened().source
        guard first <= source.pageCount else { throw PageFault(.noSuchPage, "there is no such page") }
        return (first..<min(first + count, source.pageCount)).map { page in
            let unreadable = PageFacts(pointsWide: 0, pointsHigh: 0)
            guard let facts = try? source.facts(page: page) else { return unreadable }
            return facts.pointsWide.isFinite && facts.pointsHigh.isFinite ? facts : unreadable
        }
    }

    private func draw(page: Int, region: PixelRect, natural: PixelSize, size: PixelSize) throws(PageFault) -> [String] {
        let document = try opened()
        guard page < document.source.pageCount else { throw PageFault(.noSuchPage, "there is no such page") }
        guard region.isInside(natural), size.width > 0, size.height > 0,
            size.width <= document.limits.maximumPixels / size.height
        else { throw PageFault(.tooManyPixels, "the part of the page or its size is out of bounds") }
        guard let mapping = MemoryMapping(arena, byteCount: 3 * size.width * size.height, isWritable: true) else {
            throw PageFault(.outOfMemory, "the memory for pixels cannot be mapped")
        }
        return try document.source.draw(page: page, region: region, natural: natural, size: size, into: mapping.bytes)
    }

    private func describe(page: Int) throws(PageFault) -> Int {
        let bytes = try source(with: page).content(page: page).bytes
        guard let mapping = MemoryMapping(arena, byteCount: bytes.count, isWritable: true) else {
            throw PageFault(.outOfMemory, "the memory for words cannot be mapped")
        }
        mapping.bytes.copyBytes(from: bytes)
        return bytes.count
    }
}

/// A source with the bytes that it reads.
private final class OpenDocument {
    let limits: PageLimits
    let source: any PageSource
    // Mapped for as long as the source lives.
    private let bytes: MemoryMapping

    init(
        _ content: SharedMemory, _ kind: DocumentKind, _ limits: PageLimits, _ passwords: [String],
        _ atOpening: (UnsafeRawBufferPointer) -> Void
    ) throws(PageFault) {
        guard let mapping = MemoryMapping(content, byteCount: content.byteCount, isWritable: false) else {
            throw PageFault(.outOfMemory, "the document cannot be mapped")
        }
        let view = UnsafeRawBufferPointer(mapping.bytes)
        atOpening(view)
        source =
            switch kind {
            case .pdf: try PDFSource(bytes: view, passwords: passwords, limits: limits)
            case .png, .jpeg: try PictureSource(bytes: view, kind: kind, limits: limits)
            case .tiff: try TIFFSource(bytes: view, limits: limits)
            }
        self.limits = limits
        bytes = mapping
    }
}
