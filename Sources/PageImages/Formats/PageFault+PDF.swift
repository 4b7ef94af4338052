import CPoppler

extension PageFault {
    /// Throws what the C call reports; `body` gets room for its message.
    static func checkPDF(_ body: (UnsafeMutablePointer<CChar>) -> pdf_status) throws(PageFault) {
        let (status, message) = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PDF_MESSAGE_SIZE)) {
            buffer -> (pdf_status, String) in
            buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress else { return (PDF_NO_MEMORY, "") }
            let status = body(start)
            return (status, status == PDF_OK ? "" : String(cString: start))
        }
        switch status {
        case PDF_OK: return
        case PDF_ENCRYPTED: throw PageFault(.encrypted, "it needs a password")
        case PDF_NO_MEMORY: throw PageFault(.outOfMemory, message)
        default: throw PageFault(.corrupt, message)
        }
    }
}
