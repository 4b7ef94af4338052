/// A key with its value, as it stands in the metadata of a GGUF file.
public struct GGUFKeyValue: Sendable, Equatable {
    public let key: String
    /// The number of the value's type, and the value.
    let bytes: [UInt8]

    private init(_ key: String, _ type: GGUFValueType, _ value: [UInt8]) {
        self.key = key
        bytes = littleEndian(type.rawValue) + value
    }

    /// An array of values that are encoded already.
    private init(_ key: String, arrayOf type: GGUFValueType, count: Int, _ values: [UInt8]) {
        self.init(key, .array, littleEndian(type.rawValue) + littleEndian(UInt64(count)) + values)
    }

    public static func uint32(_ key: String, _ value: UInt32) -> GGUFKeyValue {
        .init(key, .uint32, littleEndian(value))
    }

    public static func float32(_ key: String, _ value: Float) -> GGUFKeyValue {
        .init(key, .float32, littleEndian(value.bitPattern))
    }

    public static func bool(_ key: String, _ value: Bool) -> GGUFKeyValue { .init(key, .bool, [value ? 1 : 0]) }

    public static func string(_ key: String, _ value: String) -> GGUFKeyValue { .init(key, .string, encoded(value)) }

    public static func int32s(_ key: String, _ values: [Int32]) -> GGUFKeyValue {
        .init(key, arrayOf: .int32, count: values.count, values.flatMap(littleEndian))
    }

    public static func float32s(_ key: String, _ values: [Float]) -> GGUFKeyValue {
        .init(key, arrayOf: .float32, count: values.count, values.flatMap { littleEndian($0.bitPattern) })
    }

    public static func strings(_ key: String, _ values: some Collection<String>) -> GGUFKeyValue {
        var bytes: [UInt8] = []
        for value in values { bytes += encoded(value) }
        return .init(key, arrayOf: .string, count: values.count, bytes)
    }

    /// The value that another file has under a key, of the same type.
    ///
    /// Nil for what no model needs: arrays of arrays, and numbers beyond those of `Int`.
    ///
    /// - Throws: `GGUFError.missingKey`, or `.metadata` for strings that are not UTF-8.
    public static func copy(of key: String, in metadata: GGUFMetadata) throws(GGUFError) -> GGUFKeyValue? {
        guard let name = metadata.typeName(key) else { throw .missingKey(path: metadata.file.path, key: key) }
        // "uint32", or "an array of 3 uint32"
        let isArray = name.hasPrefix("an array of ")
        guard let type = GGUFValueType(named: name.split(separator: " ").last ?? ""), type != .array else { return nil }
        if isArray {
            switch type {
            case .string: return try strings(key, metadata.strings(key))
            case .float32, .float64:
                let values = try metadata.floats(key)
                return .init(key, arrayOf: type, count: values.count, values.flatMap(type.encoded))
            case .bool:
                let values = try metadata.bools(key)
                return .init(key, arrayOf: type, count: values.count, values.map { $0 ? 1 : 0 })
            default:
                let values = try metadata.integers(key)
                return .init(key, arrayOf: type, count: values.count, values.flatMap(type.encoded))
            }
        }
        switch type {
        case .string: return try string(key, metadata.string(key))
        case .float32, .float64: return try .init(key, type, type.encoded(metadata.float(key)))
        case .bool: return try bool(key, metadata.bool(key))
        default: return (try? metadata.integer(key)).map { .init(key, type, type.encoded($0)) }
        }
    }

    static func encoded(_ text: String) -> [UInt8] { littleEndian(UInt64(text.utf8.count)) + Array(text.utf8) }
}

extension GGUFValueType {
    fileprivate init?(named name: Substring) {
        guard
            let type = (0...UInt32(12)).lazy.compactMap(GGUFValueType.init(rawValue:)).first(where: { $0.name == name })
        else { return nil }
        self = type
    }

    /// A whole number in as many bytes as the type has.
    fileprivate func encoded(_ value: Int) -> [UInt8] {
        Array(littleEndian(UInt64(bitPattern: Int64(value))).prefix(byteCount ?? 8))
    }

    fileprivate func encoded(_ value: Double) -> [UInt8] {
        self == .float64 ? littleEndian(value.bitPattern) : littleEndian(Float(value).bitPattern)
    }
}

/// The bytes of a whole number, lowest first.
func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
