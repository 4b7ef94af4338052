import CImageCodecs

extension PageFault {
    /// Calls a codec with a buffer for its words, and throws what it reports.
    static func check(_ codec: (UnsafeMutablePointer<CChar>?) -> codec_status) throws(PageFault) {
        var text = [CChar](repeating: 0, count: Int(CODEC_MESSAGE_SIZE))
        let status = text.withUnsafeMutableBufferPointer { codec($0.baseAddress) }
        guard status != CODEC_OK else { return }
        let message = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let code: Code =
            switch status {
            case CODEC_TRUNCATED: .truncated
            case CODEC_UNSUPPORTED: .unsupported
            case CODEC_NO_MEMORY: .outOfMemory
            default: .corrupt
            }
        throw PageFault(code, message)
    }
}
