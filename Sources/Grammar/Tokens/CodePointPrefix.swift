/// The beginning of a code point as canonical JSON strings spell it: UTF-8 (Unicode, table 3-7) or one escape, which
/// is `\"`, `\\`, `\b`, `\f`, `\n`, `\r`, `\t`, and `\u00xx` in lower case for the other control characters.
struct CodePointPrefix: Hashable, Sendable {
    enum Step: Hashable {
        case dead
        case inside(CodePointPrefix)
        case scalar(UInt32)
        /// The quote that closes the string.
        case quote
    }

    /// 1 to 3: continuation bytes to come; `value` has the code point's bits so far. 4: inside the escape `value`.
    private let kind: UInt32
    private let value: UInt32

    private static let escape: UInt32 = 4
    private static let backslash = CodePointPrefix(kind: escape, value: 0)
    /// Bytes from each escape to the end of its shortest code point: `\`, `\u`, `\u0`, `\u00`, `\u000`, `\u001`.
    private static let escapeRemaining: InlineArray<6, Int> = [1, 4, 3, 2, 1, 1]

    private init(kind: UInt32, value: UInt32) {
        self.kind = kind
        self.value = value
    }

    /// In 24 bits; never below 2^21, so that code points and prefixes share them.
    var bits: UInt32 { kind << 21 | value }
    init(bits: UInt32) { self.init(kind: bits >> 21, value: bits & 0x1F_FFFF) }

    var isEscape: Bool { kind == Self.escape }

    /// Fewest bytes that complete a code point.
    var remaining: Int { isEscape ? Self.escapeRemaining[Int(value)] : Int(kind) }

    /// Bytes of an escape that have been read; nil in UTF-8.
    var escapeLength: Int? { isEscape ? min(Int(value) + 1, 5) : nil }

    /// The step of `byte` between two code points.
    static func first(_ byte: UInt8) -> Step {
        let bits = UInt32(byte)
        return switch byte {
        case UInt8(ascii: "\""): .quote
        case UInt8(ascii: "\\"): .inside(backslash)
        case 0x20...0x7F: .scalar(bits)
        case 0xC2...0xDF: .inside(CodePointPrefix(kind: 1, value: (bits & 0x1F) << 6))
        case 0xE0...0xEF: .inside(CodePointPrefix(kind: 2, value: (bits & 0x0F) << 12))
        case 0xF0...0xF4: .inside(CodePointPrefix(kind: 3, value: (bits & 0x07) << 18))
        default: .dead
        }
    }

    /// The step of `byte` after this prefix.
    func next(_ byte: UInt8) -> Step {
        if isEscape { return nextOfEscape(byte) }
        guard byte & 0xC0 == 0x80 else { return .dead }
        let value = value | UInt32(byte & 0x3F) << (6 * (kind - 1))
        return switch (kind, value) {
        case (1, _): .scalar(value)
        // Overlong forms, surrogates, and what is beyond U+10FFFF.
        case (2, ..<0x800), (2, 0xD800..<0xE000), (3, ..<0x1_0000), (3, 0x11_0000...): .dead
        default: .inside(CodePointPrefix(kind: kind - 1, value: value))
        }
    }

    private func nextOfEscape(_ byte: UInt8) -> Step {
        func inside(_ escape: UInt32) -> Step { .inside(CodePointPrefix(kind: Self.escape, value: escape)) }
        switch (value, byte) {
        case (0, UInt8(ascii: "\"")), (0, UInt8(ascii: "\\")): return .scalar(UInt32(byte))
        case (0, UInt8(ascii: "b")): return .scalar(0x08)
        case (0, UInt8(ascii: "t")): return .scalar(0x09)
        case (0, UInt8(ascii: "n")): return .scalar(0x0A)
        case (0, UInt8(ascii: "f")): return .scalar(0x0C)
        case (0, UInt8(ascii: "r")): return .scalar(0x0D)
        case (0, UInt8(ascii: "u")): return inside(1)
        case (1, UInt8(ascii: "0")): return inside(2)
        case (2, UInt8(ascii: "0")): return inside(3)
        case (3, UInt8(ascii: "0")): return inside(4)
        case (3, UInt8(ascii: "1")): return inside(5)
        case (4, UInt8(ascii: "0")...UInt8(ascii: "7")), (5, UInt8(ascii: "0")...UInt8(ascii: "9")):
            return .scalar((value - 4) << 4 + UInt32(byte - UInt8(ascii: "0")))
        case (4, UInt8(ascii: "b")), (4, UInt8(ascii: "e")...UInt8(ascii: "f")),
            (5, UInt8(ascii: "a")...UInt8(ascii: "f")):
            return .scalar((value - 4) << 4 + UInt32(byte - UInt8(ascii: "a")) + 10)
        default: return .dead
        }
    }

    /// Whether `body` holds for one of the at most three ranges of the code points that the prefix can become.
    @inline(__always)
    func containsRange(where body: (ClosedRange<UInt32>) -> Bool) -> Bool {
        if isEscape {
            return switch value {
            case 0: body(0...0x1F) || body(0x22...0x22) || body(0x5C...0x5C)
            case 4: body(0...0x07) || body(0x0B...0x0B) || body(0x0E...0x0F)
            case 5: body(0x10...0x1F)
            default: body(0...0x07) || body(0x0B...0x0B) || body(0x0E...0x1F)
            }
        }
        let last = value | (1 << (6 * kind) - 1)
        return switch (kind, value) {
        case (2, 0): body(0x800...last)
        case (2, 0xD000): body(value...0xD7FF)
        case (3, 0): body(0x1_0000...last)
        case (3, 0x10_0000): body(value...0x10_FFFF)
        default: body(value...last)
        }
    }
}
