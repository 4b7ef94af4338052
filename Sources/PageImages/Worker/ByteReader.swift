/// Takes numbers and texts from a message that the other side may have forged: nil where it ends early or a value is
/// none.
struct ByteReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: some Sequence<UInt8>) {
        rest = ArraySlice(bytes)
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func read<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type = Number.self) -> Number? {
        let size = MemoryLayout<Number>.size
        guard rest.count >= size else { return nil }
        var number: Number = 0
        for (index, byte) in rest.prefix(size).enumerated() { number |= Number(byte) << Number(8 * index) }
        rest = rest.dropFirst(size)
        return number
    }

    /// A number that fits into `range`.
    mutating func readInt(in range: ClosedRange<Int> = 0...Int(UInt32.max)) -> Int? {
        guard let number: UInt64 = read(), let value = Int(exactly: number), range.contains(value) else { return nil }
        return value
    }

    /// A number that is finite.
    mutating func readDouble() -> Double? {
        guard let pattern: UInt64 = read() else { return nil }
        let number = Double(bitPattern: pattern)
        return number.isFinite ? number : nil
    }

    mutating func readBool() -> Bool? {
        guard let byte: UInt8 = read(), byte <= 1 else { return nil }
        return byte == 1
    }

    /// A text of at most `limit` bytes; bytes that are no UTF-8 become replacement characters.
    mutating func readText(limit: Int) -> String? {
        guard let length: UInt32 = read(), length <= limit, rest.count >= Int(length) else { return nil }
        defer { rest = rest.dropFirst(Int(length)) }
        return String(decoding: rest.prefix(Int(length)), as: UTF8.self)
    }
}
