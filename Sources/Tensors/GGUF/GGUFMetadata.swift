/// What a GGUF file says about the model: values by keys such as "llama.block_count".
///
/// Values are read from the mapped file when they are asked for.
/// Every accessor throws `.missingKey` if the key is absent, `.metadata` if it holds something else.
public struct GGUFMetadata: Sendable {
    /// All keys, in the order of the file.
    public let keys: [String]
    let file: MemoryMappedFile
    private let values: [String: GGUFValue]

    init(keys: [String], values: [String: GGUFValue], file: MemoryMappedFile) {
        self.keys = keys
        self.values = values
        self.file = file
    }

    public func contains(_ key: String) -> Bool { values[key] != nil }

    /// The type of a value as GGUF names it, such as "uint32" or "an array of 3 float32"; nil for an absent key.
    public func typeName(_ key: String) -> String? { values[key]?.typeName }

    /// A whole number of any width, signed or not.
    public func integer(_ key: String) throws(GGUFError) -> Int {
        try read(key, as: "a whole number") { value, bytes in value.type.integer(bytes) }
    }

    /// A floating-point number of either width.
    public func float(_ key: String) throws(GGUFError) -> Double {
        try read(key, as: "a floating-point number") { value, bytes in value.type.float(bytes) }
    }

    public func bool(_ key: String) throws(GGUFError) -> Bool {
        try read(key, as: "true or false") { value, bytes in value.type.bool(bytes) }
    }

    public func string(_ key: String) throws(GGUFError) -> String {
        try read(key, as: "a string of UTF-8") { value, _ in value.type == .string ? file.string(value.place) : nil }
    }

    public func integers(_ key: String) throws(GGUFError) -> [Int] {
        try read(key, as: "an array of whole numbers") { value, bytes in
            elements(value, bytes) { type, bytes in type.integer(bytes) }
        }
    }

    public func floats(_ key: String) throws(GGUFError) -> [Double] {
        try read(key, as: "an array of floating-point numbers") { value, bytes in
            elements(value, bytes) { type, bytes in type.float(bytes) }
        }
    }

    public func bools(_ key: String) throws(GGUFError) -> [Bool] {
        try read(key, as: "an array of true and false") { value, bytes in
            elements(value, bytes) { type, bytes in type.bool(bytes) }
        }
    }

    public func strings(_ key: String) throws(GGUFError) -> GGUFStrings {
        try read(key, as: "an array of strings of UTF-8") { value, _ in
            guard let (type, count) = value.elements, type == .string else { return nil }
            return GGUFStrings(value, count: count, file: file)
        }
    }

    /// What `accessor` gives for a key, or nil if it is absent: `try metadata.ifPresent(key, metadata.integer)`.
    public func ifPresent<Value>(
        _ key: String, _ accessor: (String) throws(GGUFError) -> Value
    ) throws(GGUFError) -> Value? {
        contains(key) ? try accessor(key) : nil
    }

    private func read<Value>(
        _ key: String, as expected: String, _ convert: (GGUFValue, UnsafeRawPointer) -> Value?
    ) throws(GGUFError) -> Value {
        guard let value = values[key] else { throw .missingKey(path: file.path, key: key) }
        guard let result = convert(value, file.bytes + value.place.lowerBound) else {
            throw .metadata(path: file.path, key: key, expected: expected, found: found(value))
        }
        return result
    }

    /// All elements of an array; nil if it is none, or `convert` gives nil for one of them.
    private func elements<Element>(
        _ value: GGUFValue, _ bytes: UnsafeRawPointer, _ convert: (GGUFValueType, UnsafeRawPointer) -> Element?
    ) -> [Element]? {
        guard let (type, count) = value.elements, let size = type.byteCount else { return nil }
        var result: [Element] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            guard let element = convert(type, bytes + index * size) else { return nil }
            result.append(element)
        }
        return result
    }

    /// The type, and the number that did not fit where it is one.
    private func found(_ value: GGUFValue) -> String {
        let bytes = file.bytes + value.place.lowerBound
        if let integer = value.type.integer(bytes) { return "\(value.typeName) \(integer)" }
        if let float = value.type.float(bytes) { return "\(value.typeName) \(float)" }
        return value.typeName
    }
}
