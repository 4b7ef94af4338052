/// The bytes of a GGUF file, right or wrong, put together piece by piece.
struct GGUFBytes {
    /// Numbers of value types.
    static let uint32: UInt32 = 4
    static let string: UInt32 = 8
    static let array: UInt32 = 9

    var magic = Array("GGUF".utf8)
    var version: UInt32 = 3
    /// Instead of the true numbers.
    var tensorCount: UInt64?
    var keyCount: UInt64?
    var alignment = 32
    var data: [UInt8] = []
    private var metadata: [[UInt8]] = []
    private var tensors: [[UInt8]] = []

    mutating func add(_ key: String, type: UInt32, _ value: [UInt8]) {
        metadata.append(Self.text(key) + Self.number(type) + value)
    }

    mutating func add(_ key: String, _ value: UInt32) { add(key, type: Self.uint32, Self.number(value)) }
    mutating func add(_ key: String, _ value: String) { add(key, type: Self.string, Self.text(value)) }

    mutating func add(_ key: String, _ values: [String]) {
        add(key, type: Self.array, Self.arrayHead(Self.string, values.count) + values.flatMap(Self.text))
    }

    /// A tensor with its innermost extent first and a type's number.
    mutating func addTensor(_ name: String, _ extents: [UInt64], type: UInt32 = 0, offset: UInt64 = 0) {
        tensors.append(
            Self.text(name) + Self.number(UInt32(extents.count)) + extents.flatMap(Self.number) + Self.number(type)
                + Self.number(offset))
    }

    var bytes: [UInt8] {
        var bytes = magic + Self.number(version)
        bytes += Self.number(tensorCount ?? UInt64(tensors.count)) + Self.number(keyCount ?? UInt64(metadata.count))
        bytes += metadata.joined()
        bytes += tensors.joined()
        if !tensors.isEmpty { bytes += [UInt8](repeating: 0, count: (alignment - bytes.count % alignment) % alignment) }
        return bytes + data
    }

    static func number(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    static func text(_ value: String) -> [UInt8] { number(UInt64(value.utf8.count)) + Array(value.utf8) }

    static func arrayHead(_ type: UInt32, _ count: some BinaryInteger) -> [UInt8] {
        number(type) + number(UInt64(count))
    }

    /// A small file with a value of every type and two tensors, F32 (2, 3) and Q8_0 (1, 32).
    static func sample() -> GGUFBytes {
        var file = GGUFBytes()
        file.add("general.architecture", "llama")
        file.add("a.uint8", type: 0, [200])
        file.add("a.int8", type: 1, [0xFE])
        file.add("a.uint16", type: 2, number(UInt16(60_000)))
        file.add("a.int16", type: 3, number(Int16(-300)))
        file.add("a.uint32", 4_000_000_000)
        file.add("a.int32", type: 5, number(Int32(-70_000)))
        file.add("a.float32", type: 6, number(Float(0.25).bitPattern))
        file.add("a.bool", type: 7, [1])
        file.add("a.uint64", type: 10, number(UInt64.max))
        file.add("a.int64", type: 11, number(Int64.min))
        file.add("a.float64", type: 12, number((-1.5).bitPattern))
        file.add("b.strings", ["", "a", "Ġé", "three"])
        file.add("b.integers", type: array, arrayHead(3, 2) + number(Int16(-1)) + number(Int16(7)))
        file.add("b.floats", type: array, arrayHead(6, 2) + number(Float(1.5).bitPattern) + number(Float(2).bitPattern))
        file.add("b.bools", type: array, arrayHead(7, 3) + [0, 1, 0])
        file.add("b.empty", type: array, arrayHead(string, 0))
        file.add(
            "b.nested", type: array,
            arrayHead(array, 2) + arrayHead(0, 3) + [1, 2, 3] + arrayHead(string, 1) + text("x"))
        file.addTensor("f", [3, 2])
        file.addTensor("q", [32], type: 8, offset: 32)
        file.data = [1, 2, 3, 4, 5, 6].flatMap { number(Float($0).bitPattern) } + [UInt8](repeating: 0, count: 8)
        file.data += [0x00, 0x3C] + (0..<32).map { UInt8(bitPattern: $0 - 16) }
        return file
    }
}
