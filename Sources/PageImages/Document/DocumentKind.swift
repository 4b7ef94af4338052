/// The document formats that can be read.
public enum DocumentKind: String, Sendable, Equatable, CaseIterable {
    case pdf = "PDF"
    case png = "PNG"
    case jpeg = "JPEG"
    case tiff = "TIFF"

    /// All of them, for messages.
    static let names = "PDF, PNG, JPEG or TIFF"

    /// The kind that the first bytes announce, or nil; file names play no part.
    ///
    /// PNG: the half of its signature that transfers as text leave alone. JPEG: start-of-image and the next marker's
    /// first byte. TIFF: either byte order, and BigTIFF. PDF: `%PDF-` within the first 1024 bytes, as readers accept it
    /// (ISO 32000-1, annex H, note 13).
    init?(startOf bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if Self.tiffSignatures.contains(where: { bytes.starts(with: $0) }) {
            self = .tiff
        } else if bytes.firstRange(ofASCII: "%PDF-", within: 0..<min(bytes.count, 1024)) != nil {
            self = .pdf
        } else {
            return nil
        }
    }

    private static let tiffSignatures: [[UInt8]] = [
        [0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A], [0x49, 0x49, 0x2B, 0], [0x4D, 0x4D, 0, 0x2B],
    ]
}
