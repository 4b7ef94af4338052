import CImageCodecs

/// An open TIFF: the one owner of its handle in libtiff.
final class TIFFCodec {
    private let handle: OpaquePointer
    /// Pages and auxiliary pictures together.
    let directoryCount: Int

    /// `bytes` stay in use for as long as the codec lives.
    init(_ bytes: UnsafeRawBufferPointer) throws(PageFault) {
        let data = bytes.bindMemory(to: UInt8.self)
        var opened: OpaquePointer?
        var count: UInt32 = 0
        try PageFault.check { tiff_codec_open(data.baseAddress, data.count, &opened, &count, $0) }
        guard let opened else { throw PageFault(.corrupt, "libtiff cannot open it") }
        handle = opened
        directoryCount = Int(count)
    }

    deinit {
        tiff_codec_close(handle)
    }

    /// The directories one after the other; to be called `directoryCount` times.
    func readNext() throws(PageFault) -> tiff_page {
        var page = tiff_page()
        try PageFault.check { tiff_codec_read_next(handle, &page, $0) }
        return page
    }

    /// Decodes a page to upright RGB on white, of exactly the size that its header gives.
    func decode(_ page: tiff_page, into pixels: UnsafeMutableRawBufferPointer) throws(PageFault) {
        let target = pixels.bindMemory(to: UInt8.self)
        try PageFault.check { message in
            withUnsafePointer(to: page) { tiff_codec_decode(handle, $0, target.baseAddress, target.count, message) }
        }
    }
}
