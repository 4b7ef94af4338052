/// The bytes of a number's text as columns of a transition table, in the order of the bytes.
enum NumberSymbol {
    static let count = 16
    static let plus = 0
    static let minus = 2
    static let point = 3
    /// `e` and `E` are one symbol.
    static let exponent = 15
    static let digits = 5..<15

    /// The column of `byte`; nil if no number contains it.
    @inline(__always)
    static func column(of byte: UInt8) -> Int? {
        let offset = byte &- UInt8(ascii: "+")
        if offset < 15 { return Int(offset) }
        return byte | 0x20 == UInt8(ascii: "e") ? exponent : nil
    }

    static func byte(of column: Int) -> UInt8 {
        column == exponent ? UInt8(ascii: "e") : UInt8(ascii: "+") &+ UInt8(truncatingIfNeeded: column)
    }

    /// The digit of a column in `digits`.
    @inline(__always)
    static func digit(of column: Int) -> Int { column - digits.lowerBound }
}
