import CImageCodecs

extension Raster {
    /// The picture as an 8-bit RGB PNG, on white where it has alpha; nil where memory is refused.
    public func pngBytes() -> [UInt8]? {
        let opaque = compositedOnWhite()
        var encoded: [UInt8] = []
        var message = [CChar](repeating: 0, count: Int(CODEC_MESSAGE_SIZE))
        let status = opaque.pixels.withUnsafeBufferPointer { pixels in
            withUnsafeMutablePointer(to: &encoded) { target in
                png_codec_encode(
                    pixels.baseAddress, UInt32(clamping: width), UInt32(clamping: height),
                    { context, bytes, count in
                        context?.assumingMemoryBound(to: [UInt8].self).pointee
                            .append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
                        return 1
                    }, target, &message)
            }
        }
        return status == CODEC_OK ? encoded : nil
    }
}
