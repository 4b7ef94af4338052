import CPoppler

/// Poppler in child processes: a page that crashes or never ends costs its own child only.
enum PDFRenderer {
    /// Why a C call failed.
    struct Failure: Error {
        let status: pdf_status
        let message: String
        /// Pages found, with `PDF_TOO_MANY_PAGES`.
        var pageCount = 0
    }

    /// The size in points of every page, zero where a page cannot be read.
    static func pageSizes(of bytes: [UInt8], limits: PageLimits) throws(Failure) -> [pdf_page_size] {
        let most = min(max(limits.maximumPages, 0), 1_000_000)
        var sizes = [pdf_page_size](repeating: pdf_page_size(), count: most)
        var count: Int32 = 0
        let (status, message) = withMessage { message in
            bytes.withUnsafeBytes { data in
                sizes.withUnsafeMutableBufferPointer { sizes in
                    pdf_inspect(
                        data.baseAddress, data.count, limits.budget(pixels: 0), Int32(most), &count,
                        sizes.baseAddress, message)
                }
            }
        }
        guard status == PDF_OK else { throw Failure(status: status, message: message, pageCount: Int(count)) }
        return Array(sizes.prefix(max(0, Int(count))))
    }

    /// RGB bytes, (height, width, 3), of a page counted from 0.
    static func render(
        _ bytes: [UInt8], page: Int, size: PixelSize, limits: PageLimits
    ) throws(Failure) -> [UInt8] {
        var status = PDF_OK, message = ""
        let count = 3 * size.width * size.height
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            (status, message) = withMessage { message in
                bytes.withUnsafeBytes { data in
                    pdf_render_page(
                        data.baseAddress, data.count, limits.budget(pixels: size.width * size.height), Int32(page),
                        Int32(size.width), Int32(size.height), buffer.baseAddress, message)
                }
            }
            initialized = status == PDF_OK ? count : 0
        }
        guard status == PDF_OK else { throw Failure(status: status, message: message) }
        return pixels
    }

    private static func withMessage(
        _ body: (UnsafeMutablePointer<CChar>?) -> pdf_status
    ) -> (pdf_status, String) {
        var text = [CChar](repeating: 0, count: Int(PDF_MESSAGE_SIZE))
        let status = text.withUnsafeMutableBufferPointer { body($0.baseAddress) }
        return (status, String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}

extension PageLimits {
    /// The budget of one child that makes so many pixels: poppler keeps several surfaces of the page's size.
    fileprivate func budget(pixels: Int) -> pdf_budget {
        let seconds = UInt32(min(max(maximumSecondsPerPage, 1), 86_400))
        return pdf_budget(seconds: seconds, memory: UInt64(2 << 30) + 16 * UInt64(pixels))
    }
}
