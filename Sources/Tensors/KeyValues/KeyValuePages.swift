/// Keys and values of one sequence in pages of 128 positions, each with all layers.
///
/// A value: a copy shares the pages with the original until one of them writes, and then only that page is copied.
public struct KeyValuePages: Sendable {
    public static let positionsPerPage = KeyValueLayout.positions

    let layout: KeyValueLayout
    private(set) var pages: [KeyValuePage] = []

    /// No pages yet. `format` must be able to hold heads of the shape's dimension.
    public init(layers: Int, shape: AttentionShape, format: KeyValueFormat) {
        layout = KeyValueLayout(
            layers: layers, keyValueHeads: shape.keyValueHeads, headDimension: shape.headDimension, format: format)
    }

    public var format: KeyValueFormat { layout.format }
    /// Positions for which there is memory.
    public var capacity: Int { pages.count * Self.positionsPerPage }
    /// Bytes of one page.
    public var pageBytes: Int { layout.pageBytes }
    /// Bytes of all pages, also of those that other values refer to.
    public var byteCount: Int { pages.count * pageBytes }

    /// Bytes of the pages that both refer to.
    public func sharedByteCount(with other: KeyValuePages) -> Int {
        zip(pages, other.pages).count { $0 === $1 } * pageBytes
    }

    /// Makes room for `positions`, which begin where the filled ones end: new pages, and own ones where others refer to
    /// the same. False if the system has not enough memory; the filled positions are there in any case.
    public mutating func reserve(_ positions: Range<Int>) -> Bool {
        let before = pages.count
        for number in pageNumbers(positions) {
            // Nothing of a page behind the filled positions is worth copying.
            let isFilled = number * Self.positionsPerPage < positions.lowerBound
            if number < pages.count {
                guard !isKnownUniquelyReferenced(&pages[number]) else { continue }
                guard let page = isFilled ? pages[number].copy() : KeyValuePage(byteCount: pageBytes) else {
                    return false
                }
                pages[number] = page
            } else {
                guard let page = KeyValuePage(byteCount: pageBytes) else {
                    pages.removeLast(pages.count - before)
                    return false
                }
                pages.append(page)
            }
        }
        return true
    }

    /// Gives back the pages that hold none of the first `count` positions.
    public mutating func truncate(to count: Int) {
        precondition(count >= 0)
        let kept = (count + Self.positionsPerPage - 1) / Self.positionsPerPage
        if kept < pages.count { pages.removeLast(pages.count - kept) }
    }

    /// These pages, which this value then no longer has: so they are not shared meanwhile.
    public mutating func taken() -> KeyValuePages {
        let taken = self
        pages = []
        return taken
    }

    /// Whether positions may be written: their pages are there, and nobody else refers to them.
    mutating func owns(_ positions: Range<Int>) -> Bool {
        pageNumbers(positions).allSatisfy { $0 < pages.count && isKnownUniquelyReferenced(&pages[$0]) }
    }

    private func pageNumbers(_ positions: Range<Int>) -> Range<Int> {
        let first = positions.lowerBound / Self.positionsPerPage
        return first..<max(first, (positions.upperBound + Self.positionsPerPage - 1) / Self.positionsPerPage)
    }
}
