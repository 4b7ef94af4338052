/// The inside of a JSON string, byte by byte: well-formed UTF-8 (Unicode table 3-7) and escapes (RFC 8259, section 7)
/// without lone surrogates and control characters.
enum StringAutomaton {
    /// Between two code points; all other states are inside one.
    static let boundary: UInt8 = 0
    static let dead: UInt8 = 0xFF
    static let end: UInt8 = 0xFE
    private static let stateCount = 20

    /// The next state at `state * 256 + byte`. Coming back to `boundary` completes one code point.
    static let transitions: [UInt8] = makeTransitions()

    /// Fewest bytes from each state to the end of its code point.
    static let remaining: [Int] = [0, 1, 2, 3, 2, 2, 3, 3, 1, 4, 3, 3, 2, 1, 8, 7, 6, 5, 4, 3]

    /// The byte from each state towards the end of its code point; at the boundary, what fills up short strings.
    static let canonicalBytes: [UInt8] =
        [UInt8(ascii: "-"), 0x80, 0x80, 0x80, 0xA0, 0x80, 0x90, 0x80] + Array("n0002d00\\udc".utf8)

    /// Code points in `bytes` if they are whole and need no escape in a JSON string; otherwise nil.
    static func plainLength(_ bytes: ArraySlice<UInt8>) -> Int? {
        var state = boundary
        var length = 0
        for byte in bytes {
            guard byte != UInt8(ascii: "\\") else { return nil }
            state = transitions[Int(state) << 8 | Int(byte)]
            if state == boundary { length += 1 } else if state >= end { return nil }
        }
        return state == boundary ? length : nil
    }

    private static func makeTransitions() -> [UInt8] {
        var table = [UInt8](repeating: dead, count: stateCount << 8)
        func set(_ state: Int, _ bytes: ClosedRange<UInt8>, _ next: UInt8) {
            for byte in bytes { table[state << 8 | Int(byte)] = next }
        }
        func setHex(_ state: Int, _ next: UInt8) {
            set(state, UInt8(ascii: "0")...UInt8(ascii: "9"), next)
            set(state, UInt8(ascii: "a")...UInt8(ascii: "f"), next)
            set(state, UInt8(ascii: "A")...UInt8(ascii: "F"), next)
        }
        func setOne(_ state: Int, _ characters: String, _ next: UInt8) {
            for byte in characters.utf8 { table[state << 8 | Int(byte)] = next }
        }
        set(0, 0x20...0x7F, boundary)
        setOne(0, "\"", end)
        setOne(0, "\\", 8)
        set(0, 0xC2...0xDF, 1)
        set(0, 0xE1...0xEF, 2)
        set(0, 0xE0...0xE0, 4)
        set(0, 0xED...0xED, 5)
        set(0, 0xF0...0xF0, 6)
        set(0, 0xF1...0xF3, 3)
        set(0, 0xF4...0xF4, 7)
        // 1, 2, 3: so many continuation bytes to come. 4 to 7: the second byte after E0, ED, F0, F4.
        set(1, 0x80...0xBF, boundary)
        set(2, 0x80...0xBF, 1)
        set(3, 0x80...0xBF, 2)
        set(4, 0xA0...0xBF, 1)
        set(5, 0x80...0x9F, 1)
        set(6, 0x90...0xBF, 2)
        set(7, 0x80...0x8F, 2)
        // 8: after the backslash. 9 to 13: the four digits of \u, where 11 follows a D, which may begin a surrogate.
        setOne(8, "\"\\/bfnrt", boundary)
        setOne(8, "u", 9)
        setHex(9, 10)
        setOne(9, "dD", 11)
        setHex(10, 12)
        set(11, UInt8(ascii: "0")...UInt8(ascii: "7"), 12)
        setOne(11, "89abAB", 14)
        setHex(12, 13)
        setHex(13, boundary)
        // 14, 15: the last digits of a high surrogate. 16 to 19: the \uDC.. that must follow, which ends as 12 and 13.
        setHex(14, 15)
        setHex(15, 16)
        setOne(16, "\\", 17)
        setOne(17, "u", 18)
        setOne(18, "dD", 19)
        setOne(19, "cdefCDEF", 12)
        return table
    }
}
