/// Types of metadata, with the numbers that stand for them in a file.
enum GGUFValueType: UInt32 {
    case uint8, int8, uint16, int16, uint32, int32, float32, bool, string, array, uint64, int64, float64

    var name: String { "\(self)" }

    /// Bytes of a value; nil where that depends on the value.
    var byteCount: Int? {
        switch self {
        case .uint8, .int8, .bool: 1
        case .uint16, .int16: 2
        case .uint32, .int32, .float32: 4
        case .uint64, .int64, .float64: 8
        case .string, .array: nil
        }
    }

    /// Bytes that a value takes at least: a string its length, an array the type and number of its elements.
    var leastByteCount: Int { byteCount ?? (self == .string ? 8 : 12) }

    /// The whole number at a place of a file; nil if the type is another or the number is no `Int`.
    func integer(_ bytes: UnsafeRawPointer) -> Int? {
        func load<Number: FixedWidthInteger>(_ type: Number.Type) -> Int? {
            Int(exactly: Number(littleEndian: bytes.loadUnaligned(as: type)))
        }
        return switch self {
        case .uint8: load(UInt8.self)
        case .int8: load(Int8.self)
        case .uint16: load(UInt16.self)
        case .int16: load(Int16.self)
        case .uint32: load(UInt32.self)
        case .int32: load(Int32.self)
        case .uint64: load(UInt64.self)
        case .int64: load(Int64.self)
        case .float32, .float64, .bool, .string, .array: nil
        }
    }

    /// The floating-point number at a place of a file; nil if the type is another.
    func float(_ bytes: UnsafeRawPointer) -> Double? {
        switch self {
        case .float32: Double(Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))))
        case .float64: Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)))
        default: nil
        }
    }

    /// True or false at a place of a file; nil if the type is another or the byte neither 0 nor 1.
    func bool(_ bytes: UnsafeRawPointer) -> Bool? {
        let byte = bytes.loadUnaligned(as: UInt8.self)
        return self == .bool && byte <= 1 ? byte == 1 : nil
    }
}
