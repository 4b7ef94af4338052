import CImageCodecs

/// PNG or JPEG decoding from memory.
enum PictureCodec {
    case png
    case jpeg

    /// What the file tells of the picture, before anything is allocated for pixels.
    func header(of bytes: UnsafeRawBufferPointer) throws(PageFault) -> codec_header {
        let read = self == .png ? png_codec_read_header : jpeg_codec_read_header
        let data = bytes.bindMemory(to: UInt8.self)
        var header = codec_header()
        try PageFault.check { read(data.baseAddress, data.count, &header, $0) }
        return header
    }

    /// Decodes to upright RGB on white, of exactly the size that the header gives.
    func decode(_ bytes: UnsafeRawBufferPointer, into pixels: UnsafeMutableRawBufferPointer) throws(PageFault) {
        let decode = self == .png ? png_codec_decode : jpeg_codec_decode
        let data = bytes.bindMemory(to: UInt8.self), target = pixels.bindMemory(to: UInt8.self)
        try PageFault.check { decode(data.baseAddress, data.count, target.baseAddress, target.count, $0) }
    }
}
