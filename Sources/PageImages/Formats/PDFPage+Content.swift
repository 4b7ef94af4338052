import CPoppler

extension PDFPage {
    /// Words, and what kind of page it is. Draws pages without words, small.
    func content() throws(PageFault) -> PageContent {
        let words = words()
        var content = PageContent(words: words, origin: .bornDigital)
        if words.isEmpty { content.isBlank = try isWhite() }
        let pictures = pictures()
        if isScan(pictures, words: words) {
            content.origin = .scan
            content.resolution = resolution(of: pictures)
        }
        return content
    }

    /// Whether nothing is printed on it. What is hidden behind a white picture, such as recognised text, counts.
    func isBlank() throws(PageFault) -> Bool {
        guard words().isEmpty else { return false }
        return try isWhite()
    }

    /// Whether nothing is to be seen.
    private func isWhite() throws(PageFault) -> Bool {
        guard let small = BlankPage.drawingSize(pointsWide: size.width, pointsHigh: size.height) else {
            throw PageFault(.corrupt, "the page has no size")
        }
        let pixels = UnsafeMutableRawBufferPointer.allocate(byteCount: 3 * small.width * small.height, alignment: 16)
        defer { pixels.deallocate() }
        try draw(region: PixelRect(small), natural: small, size: small, into: pixels)
        return BlankPage.isBlank(UnsafeRawBufferPointer(pixels), size: small)
    }

    /// How much of a page a picture must cover to be what the page consists of.
    private static let scanCoverage = 0.85
    /// Visible words that a scanned page may have: a fax header, a stamped number.
    private static let wordsBesideScan = 12

    private func isScan(_ pictures: [pdf_picture], words: [PageWord]) -> Bool {
        let (width, height) = size
        // Scanners cut a page into strips, so their areas count together.
        let covered = pictures.reduce(0) { sum, picture in
            let box = picture.box
            let wide = min(box.right, width) - max(box.left, 0)
            let high = min(box.bottom, height) - max(box.top, 0)
            return wide > 0 && high > 0 ? sum + wide * high : sum
        }
        guard covered > 0, covered >= Self.scanCoverage * width * height else { return false }
        if words.count <= Self.wordsBesideScan { return true }
        let activity = pdf_page_activity(handle)
        // Text recognition leaves its words invisible, or beneath the picture where that is all there is.
        let isTextBeneath = Int(activity.other) <= pictures.count
        let visible = isTextBeneath ? activity.text - activity.leading_text : activity.text
        return visible <= Self.wordsBesideScan
    }

    /// Dots per inch of the largest picture.
    private func resolution(of pictures: [pdf_picture]) -> Double? {
        func area(_ picture: pdf_picture) -> Double {
            let box = picture.box
            return abs((box.right - box.left) * (box.bottom - box.top))
        }
        guard let largest = pictures.max(by: { area($0) < area($1) }), area(largest) > 0 else { return nil }
        var width: Int32 = 0, height: Int32 = 0
        pdf_page_picture_size(handle, largest.identifier, &width, &height)
        // By area, since a picture may be turned on its page.
        let resolution = 72 * (Double(width) * Double(height) / area(largest)).squareRoot()
        return resolution > 0 && resolution.isFinite ? resolution : nil
    }

    /// Most pictures of a page that are looked at.
    private static let pictureLimit = 10_000

    private func pictures() -> [pdf_picture] {
        let capacity = Self.pictureLimit
        return [pdf_picture](unsafeUninitializedCapacity: capacity) { buffer, count in
            count = min(pdf_page_list_pictures(handle, buffer.baseAddress, capacity), capacity)
        }
    }
}
