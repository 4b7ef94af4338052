/// Appends numbers and texts to a message, little-endian.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func write(_ number: Double) {
        write(number.bitPattern)
    }

    mutating func write(_ flag: Bool) {
        write(UInt8(flag ? 1 : 0))
    }

    /// UTF-8 behind its length; cut after `limit` bytes.
    mutating func write(_ text: String, limit: Int) {
        let part = text.utf8.prefix(limit)
        write(UInt32(part.count))
        bytes.append(contentsOf: part)
    }
}
