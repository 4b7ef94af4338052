import CPoppler

/// An open page of a PDF.
final class PDFPage {
    let handle: OpaquePointer

    /// Nil where the page is missing or its object cannot be read.
    init?(document: OpaquePointer, index: Int) {
        guard let index = Int32(exactly: index), let handle = pdf_page_open(document, index) else { return nil }
        self.handle = handle
    }

    deinit { pdf_page_close(handle) }

    /// Points of the upright crop box.
    var size: (width: Double, height: Double) {
        var size = (width: 0.0, height: 0.0)
        pdf_page_size(handle, &size.width, &size.height)
        return size
    }

    /// Degrees clockwise by which it is turned: 0, 90, 180 or 270.
    var rotation: Int { Int(pdf_page_rotation(handle)) }

    func showAsPrinted() { pdf_page_show_as_printed(handle) }

    /// As `PageSource.draw`.
    func draw(
        region: PixelRect, natural: PixelSize, size: PixelSize, into pixels: UnsafeMutableRawBufferPointer
    ) throws(PageFault) {
        // Pictures of cairo, which draws some of the pages, have sides of at most 32767 pixels.
        guard (1...32767).contains(size.width), (1...32767).contains(size.height) else {
            throw PageFault(.tooManyPixels, "a side has more than 32767 pixels", count: max(size.width, size.height))
        }
        guard pixels.count >= 3 * size.width * size.height, region.width > 0, region.height > 0 else {
            throw PageFault(.corrupt, "there is nothing to draw")
        }
        let region = pdf_region(
            natural_width: Double(natural.width), natural_height: Double(natural.height), x: Double(region.x),
            y: Double(region.y), width: Double(region.width), height: Double(region.height))
        try PageFault.checkPDF { message in
            pdf_page_draw(
                handle, region, Int32(size.width), Int32(size.height),
                pixels.baseAddress?.assumingMemoryBound(to: UInt8.self), message)
        }
    }

    /// What the libraries said since the last time that they were forgotten.
    static func complaints() -> [String] {
        (0..<Int32(PDF_COMPLAINT_COUNT)).compactMap { pdf_complaint($0).map { String(cString: $0) } }
    }
}
