/// The bytes of one code point inside a JSON string: at most six.
struct CanonicalBytes: RandomAccessCollection, Sendable {
    private let packed: UInt64
    let endIndex: Int

    var startIndex: Int { 0 }

    subscript(position: Int) -> UInt8 { UInt8(truncatingIfNeeded: packed >> UInt64(position * 8)) }

    private init(_ packed: UInt64, count: Int) {
        self.packed = packed
        endIndex = count
    }

    /// The one spelling of `scalar`: escaped if it is a quote, a backslash or below U+0020, otherwise UTF-8.
    init(of scalar: UInt32) {
        if let letter = Self.shortEscape(of: scalar) {
            self.init(UInt64(UInt8(ascii: "\\")) | UInt64(letter) << 8, count: 2)
        } else if scalar < 0x20 {
            // The low digit, in lower case, is the last byte of \u00xx.
            let digit = UInt64(scalar & 15)
            let low = digit < 10 ? 0x30 + digit : 0x57 + digit
            self.init(0x3030_755C | UInt64(0x30 + scalar >> 4) << 32 | low << 40, count: 6)
        } else {
            self.init(utf8: scalar)
        }
    }

    /// As UTF-8, whatever the scalar.
    init(utf8 scalar: UInt32) {
        let scalar = UInt64(scalar)
        func tail(_ shift: UInt64) -> UInt64 { 0x80 | scalar >> shift & 0x3F }
        switch scalar {
        case ..<0x80: self.init(scalar, count: 1)
        case ..<0x800: self.init(0xC0 | scalar >> 6 | tail(0) << 8, count: 2)
        case ..<0x10000: self.init(0xE0 | scalar >> 12 | tail(6) << 8 | tail(0) << 16, count: 3)
        default: self.init(0xF0 | scalar >> 18 & 7 | tail(12) << 8 | tail(6) << 16 | tail(0) << 24, count: 4)
        }
    }

    /// The number of bytes of `scalar`.
    static func count(of scalar: UInt32) -> Int {
        switch scalar {
        case 0x22, 0x5C: 2
        case ..<0x20: shortEscape(of: scalar) == nil ? 6 : 2
        case ..<0x80: 1
        case ..<0x800: 2
        case ..<0x10000: 3
        default: 4
        }
    }

    /// The letter behind the backslash, where RFC 8259 has one and the spelling uses it.
    static func shortEscape(of scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x22, 0x5C: UInt8(scalar)
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }
}
