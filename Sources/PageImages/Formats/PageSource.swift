/// An open document inside the worker process: what a format can tell of its pages, and their pixels.
///
/// Pages count from 0 here. The bytes that a source was opened with stay mapped for as long as it lives.
protocol PageSource: AnyObject {
    var pageCount: Int { get }

    /// What is known of a page without drawing it.
    func facts(page: Int) throws(PageFault) -> PageFacts

    /// Draws a part of a page, upright and on white, into RGB bytes.
    ///
    /// - Parameters:
    ///   - region: the part, in pixels of the page at its `natural` size; lies within it.
    ///   - natural: the size of the whole page; a picture's own size for a picture.
    ///   - size: of the result; the region's own size for a picture, any size for a PDF page.
    ///   - pixels: (size.height, size.width, 3), all of which is written.
    /// - Returns: what the library complained about since the page was opened, such as a picture it could not decode.
    func draw(
        page: Int, region: PixelRect, natural: PixelSize, size: PixelSize, into pixels: UnsafeMutableRawBufferPointer
    ) throws(PageFault) -> [String]

    /// Whether nothing is printed on the page; and what the library complained about, as of `draw`.
    func isBlank(page: Int) throws(PageFault) -> (isBlank: Bool, complaints: [String])

    /// What takes work to find out: words, and what kind of page it is.
    func content(page: Int) throws(PageFault) -> PageContent
}

/// Why a source could not do what was asked, as it travels from the worker to the reader.
struct PageFault: Error, Equatable {
    enum Code: UInt8, CaseIterable {
        case truncated = 1
        case corrupt
        case unsupported
        /// It needs a password, or none of those given opens it.
        case encrypted
        case tooManyPages
        case tooManyPixels
        /// An allocation was refused, and the library said so instead of ending the process.
        case outOfMemory
        case noSuchPage
    }

    var code: Code
    /// The library's words, or what was found: the middle of a sentence.
    var message: String
    /// Pages or pixels found, where those are too many.
    var count = 0

    init(_ code: Code, _ message: String, count: Int = 0) {
        self.code = code
        self.message = message
        self.count = count
    }
}
