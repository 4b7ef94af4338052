/// Reads text of a fixed layout byte by byte.
struct ByteScanner {
    let bytes: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)[...]
        position = 0
    }

    var isAtEnd: Bool { position == bytes.endIndex }
    var next: UInt8? { isAtEnd ? nil : bytes[position] }

    /// Takes the byte if it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Takes exactly `count` digits; nil if there are fewer.
    mutating func takeNumber(digits count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = next, digit.isDigit else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
            position += 1
        }
        return value
    }

    /// Takes as many digits as there are; false if there is none.
    mutating func takeDigits() -> Bool {
        let start = position
        while let digit = next, digit.isDigit { position += 1 }
        return position > start
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    var isHexadecimalDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20) }
}
