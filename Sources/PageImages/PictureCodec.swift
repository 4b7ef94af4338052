import CImageCodecs

/// PNG or JPEG decoding from memory.
enum PictureCodec {
    case png
    case jpeg

    /// Why a picture could not be decoded.
    struct Failure: Error {
        let status: codec_status
        let message: String
    }

    /// What the header says, before anything is allocated for pixels.
    func header(of bytes: [UInt8]) throws(Failure) -> codec_header {
        var header = codec_header()
        try check { message in
            bytes.withUnsafeBufferPointer { data in
                switch self {
                case .png: png_codec_read_header(data.baseAddress, data.count, &header, message)
                case .jpeg: jpeg_codec_read_header(data.baseAddress, data.count, &header, message)
                }
            }
        }
        return header
    }

    /// All pixels, (height, width, channels), of a picture whose header was read from the same bytes.
    func pixels(of bytes: [UInt8], header: codec_header) throws(Failure) -> [UInt8] {
        let count = Int(header.width) * Int(header.height) * Int(header.channels)
        var failure: Failure?
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(Failure) {
                try check { message in
                    bytes.withUnsafeBufferPointer { data in
                        switch self {
                        case .png:
                            png_codec_decode(data.baseAddress, data.count, buffer.baseAddress, count, message)
                        case .jpeg:
                            jpeg_codec_decode(data.baseAddress, data.count, buffer.baseAddress, count, message)
                        }
                    }
                }
                initialized = count
            } catch {
                failure = error
                initialized = 0
            }
        }
        if let failure { throw failure }
        return pixels
    }

    private func check(_ body: (UnsafeMutablePointer<CChar>?) -> codec_status) throws(Failure) {
        var text = [CChar](repeating: 0, count: Int(CODEC_MESSAGE_SIZE))
        let status = text.withUnsafeMutableBufferPointer { body($0.baseAddress) }
        guard status != CODEC_OK else { return }
        let message = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        throw Failure(status: status, message: message)
    }
}
