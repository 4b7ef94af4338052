/// How the code points of a string are written.
enum StringSpelling: Sendable {
    /// Between the quotes of canonical JSON: UTF-8, and escapes where there must be some.
    case quoted
    /// As the text itself: UTF-8 alone.
    case plain

    /// The bytes of a code point.
    func bytes(of scalar: UInt32) -> CanonicalBytes {
        switch self {
        case .quoted: CanonicalBytes(of: scalar)
        case .plain: CanonicalBytes(utf8: scalar)
        }
    }

    func byteCount(of scalar: UInt32) -> Int {
        switch self {
        case .quoted: CanonicalBytes.count(of: scalar)
        case .plain: bytes(of: scalar).count
        }
    }

    /// The step of `byte` between two code points.
    func first(_ byte: UInt8) -> CodePointPrefix.Step {
        if self == .plain, byte < 0x80 { return .scalar(UInt32(byte)) }
        return CodePointPrefix.first(byte)
    }
}
